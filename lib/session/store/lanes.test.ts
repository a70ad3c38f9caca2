import { describe, expect, it } from "vitest";

import { firstSession } from "./first-session";
import { laneId, sessionId } from "./ids";
import {
  addLane,
  changeSetup,
  closeLane,
  differingSettings,
  effectiveSetup,
  insertLaneAfter,
  isLinked,
  lanesReached,
  MAX_LANES,
  moveLane,
  restoreLane,
  linkTo,
  setLinked,
  SETTING_KEYS,
  setWidths,
} from "./lanes";
import type { Session } from "./session";

const [a, b, c] = [laneId("a"), laneId("b"), laneId("c")];
const session: Session = firstSession({
  id: sessionId("s"),
  lanes: [a, b],
  now: 0,
  found: { provider: "llamacpp", model: "tiny" },
});
const idsOf = ({ lanes }: Session) => lanes.map((lane) => lane.id);

function efforts(after: Session) {
  return after.lanes.map((lane) => effectiveSetup(after, lane.id).effort);
}

describe("settings", () => {
  it("of a lane are the shared ones with its own on top", () => {
    expect(effectiveSetup(session, a)).toEqual({ ...session.shared, effort: "low" });
    expect(effectiveSetup(session, c)).toEqual(session.shared);
  });

  it("that are linked change for all lanes, others for one", () => {
    const changed = changeSetup(session, a, { effort: "medium", system: "Be brief" });
    expect(effectiveSetup(changed, a)).toMatchObject({ effort: "medium", system: "Be brief" });
    expect(effectiveSetup(changed, b)).toMatchObject({ effort: "high", system: "Be brief" });
  });

  it("of one lane reach as many lanes as share them", () => {
    expect([lanesReached(session, a, "system"), lanesReached(session, a, "effort")]).toEqual([2, 1]);
    const unlinked = setLinked(session, a, "system", false);
    expect([lanesReached(unlinked, a, "system"), lanesReached(unlinked, b, "system")]).toEqual([1, 1]);
  });

  it("keep their value when their link breaks, and take the shared one when it is restored", () => {
    const unlinked = changeSetup(setLinked(session, a, "system", false), b, { system: "Shared" });
    expect(effectiveSetup(unlinked, a).system).toBe("");
    expect(effectiveSetup(setLinked(unlinked, a, "system", true), a).system).toBe("Shared");
  });

  it("never get a value that no lane shows when a link is restored", () => {
    // Lane a shows low and lane b high, each its own; nobody shows the shared value.
    expect(setLinked(session, a, "effort", true)).toEqual(linkTo(session, a, "effort", a));
    const everywhere = linkTo(session, a, "effort", a);
    expect(everywhere.lanes.map((lane) => [effectiveSetup(everywhere, lane.id).effort, lane.own])).toEqual([
      ["low", {}],
      ["low", {}],
    ]);
    const theirs = linkTo(session, a, "effort", b);
    expect(theirs.lanes.map((lane) => [effectiveSetup(theirs, lane.id).effort, lane.own])).toEqual([
      ["high", {}],
      ["high", {}],
    ]);
  });

  it("join the lanes that share a value, and copy one that a lane has for itself beside them", () => {
    const three = addLane(session, c);
    const joined = linkTo(three, a, "effort", c);
    expect([efforts(joined), isLinked(joined, a, "effort"), isLinked(joined, b, "effort")]).toEqual([
      [session.shared.effort, "high", session.shared.effort],
      true,
      false,
    ]);
    const copied = linkTo(three, a, "effort", b);
    expect([efforts(copied), isLinked(copied, a, "effort"), isLinked(copied, b, "effort")]).toEqual([
      ["high", "high", session.shared.effort],
      false,
      false,
    ]);
  });

  it("link provider, endpoint and model as one choice", () => {
    const unlinked = setLinked(session, a, "model", false);
    expect(isLinked(unlinked, a, "provider")).toBe(false);
    const moved = changeSetup(unlinked, a, { provider: "groq", endpoint: null, model: "kimi" });
    expect(effectiveSetup(moved, b)).toMatchObject({ provider: "llamacpp", model: "tiny" });
    const linked = setLinked(moved, a, "endpoint", true);
    expect(effectiveSetup(linked, a)).toEqual(effectiveSetup(session, a));
  });

  it("keep a dialect that the new provider speaks too, and leave one behind that it does not", () => {
    const spoken = changeSetup(setLinked(session, a, "model", false), a, {
      provider: "openai",
      dialect: "responses",
    });
    expect(effectiveSetup(spoken, a).dialect).toBe("responses");
    expect(effectiveSetup(spoken, b).dialect).toBeNull();
    const azure = changeSetup(spoken, a, { provider: "azure", model: "mine" });
    expect(effectiveSetup(azure, a)).toMatchObject({ provider: "azure", dialect: "responses" });
    const groq = changeSetup(azure, a, { provider: "groq" });
    expect(effectiveSetup(groq, a)).toMatchObject({ provider: "groq", dialect: null });
  });

  it("that differ are named once, in their order", () => {
    const changed = changeSetup(setLinked(session, a, "samplers", false), a, { samplers: { top_k: 1 } });
    expect(differingSettings(changed)).toEqual(["effort", "samplers"]);
  });

  it("are all named in the order that lanes show them", () => {
    expect(SETTING_KEYS.toSorted()).toEqual(Object.keys(session.shared).toSorted());
  });
});

describe("lanes", () => {
  it("are added at the end, up to the limit", () => {
    let full = session;
    for (let index = 0; index < 20; index += 1) full = addLane(full, laneId(`new-${index}`));
    expect(full.lanes).toHaveLength(MAX_LANES);
    expect(insertLaneAfter(full, a, { id: c, own: {}, leaf: null, width: 1 })).toBe(full);
  });

  it("move by any number of places and stay at the edge", () => {
    const three = addLane(session, c);
    expect(idsOf(moveLane(three, a, 2))).toEqual([b, c, a]);
    expect(idsOf(moveLane(three, c, -2))).toEqual([c, a, b]);
    expect(moveLane(three, b, 2)).toBe(three);
    expect(idsOf(moveLane(session, a, 1))).toEqual([b, a]);
    expect(moveLane(session, a, -1)).toBe(session);
    expect(moveLane(session, b, 1)).toBe(session);
  });

  it("come back where they stood; the last one cannot be closed", () => {
    const { session: one, closed } = closeLane(session, a);
    expect(idsOf(one)).toEqual([b]);
    expect(closeLane(one, b)).toEqual({ session: one, closed: null });
    expect(closed && restoreLane(one, closed)).toEqual(session);
  });

  it("are named by the model they showed when they were closed", () => {
    expect(closeLane(changeSetup(session, a, { model: "other" }), a).closed?.model).toBe("other");
    expect(closeLane(session, b).closed?.model).toBe("tiny");
  });

  it("keep their width where none that makes sense is given", () => {
    expect(setWidths(session, [2, Number.NaN]).lanes.map((lane) => lane.width)).toEqual([2, 1]);
    expect(setWidths(session, [0]).lanes.map((lane) => lane.width)).toEqual([1, 1]);
  });
});
