import { describe, expect, it } from "vitest";

import { plainSetup } from "@/lib/providers/plain-setup";
import { laneId } from "@/lib/session/store/ids";
import type { LaneView } from "@/lib/session/store/lane-view";
import type { SettingKey } from "@/lib/session/store/session";
import type { ToolBinding } from "@/lib/tools/tool";

import { answerInLane, enableEverywhere, enableInLane, enableOnly } from "./tool-patches";

const setup = plainSetup({ provider: "llamacpp", model: "m" });

function lane(id: string, tools: readonly string[], ...own: SettingKey[]): LaneView {
  return { id: laneId(id), name: id, setup: { ...setup, tools }, own: new Set(own) };
}

it("a change in one lane reaches the lanes linked to it, and lanes of their own one by one", () => {
  const lanes = [lane("a", ["x"]), lane("b", ["x"]), lane("c", [], "tools"), lane("d", ["y"], "tools")];
  expect(enableEverywhere(lanes, ["y"], true)).toEqual([
    { lane: "a", tools: ["x", "y"], unlink: false },
    { lane: "c", tools: ["y"], unlink: false },
  ]);
});

it("a set in place of what is on reaches every lane and breaks no link", () => {
  const lanes = [lane("a", ["x"]), lane("b", ["x"]), lane("c", ["y"], "tools")];
  expect(enableOnly(lanes, ["z"])).toEqual([
    { lane: "a", tools: ["z"], unlink: false },
    { lane: "c", tools: ["z"], unlink: false },
  ]);
});

it("a change in one lane alone breaks the link", () => {
  const lanes = [lane("a", ["x"]), lane("b", ["x"])];
  expect(enableInLane(lanes, lane("b", ["x"]), ["x"], false)).toEqual([
    { lane: "b", tools: [], unlink: true },
  ]);
});

it("a change has no link to break with a single lane or a lane of its own", () => {
  const single = lane("a", []);
  const own = lane("b", [], "tools");
  expect(enableInLane([single], single, ["x"], true)).toEqual([{ lane: "a", tools: ["x"], unlink: false }]);
  expect(enableInLane([single, own], own, ["x"], true)).toEqual([{ lane: "b", tools: ["x"], unlink: false }]);
});

const mock: ToolBinding = {
  kind: "mock",
  delayMs: 0,
  mock: { by: "fixed", result: { output: "sunny", isError: false } },
};

function answering(id: string, bindings: Record<string, ToolBinding>, isOwn: boolean): LaneView {
  return { id: laneId(id), name: id, setup: { ...setup, bindings }, own: new Set(isOwn ? ["bindings"] : []) };
}

describe("a lane's own answer", () => {
  it("leaves the answers of the other lanes and tools as they are", () => {
    const shared = { search: mock };
    const lanes = [answering("1", shared, false), answering("2", shared, false)] as const;
    expect(answerInLane(lanes, lanes[1], "weather", { kind: "ask" })).toEqual({
      lane: "2",
      bindings: { search: mock, weather: { kind: "ask" } },
      link: "unlink",
    });
  });

  it("is taken back to what the others have, and linked with them again", () => {
    const lanes = [answering("1", {}, false), answering("2", { weather: mock }, true)] as const;
    expect(answerInLane(lanes, lanes[1], "weather", null)).toEqual({ lane: "2", bindings: {}, link: "link" });
  });

  it("needs no link where there is one lane", () => {
    const lanes = [answering("1", { weather: mock }, false)] as const;
    expect(answerInLane(lanes, lanes[0], "weather", null)).toEqual({ lane: "1", bindings: {}, link: "keep" });
  });
});
