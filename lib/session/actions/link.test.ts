import { expect, it } from "vitest";

import { laneId, sessionId } from "@/lib/session/store/ids";
import { changeSetup, effectiveSetup } from "@/lib/session/store/lanes";

import { readLink, sessionOfLink } from "./link";

function open(search: string) {
  const link = readLink(search);
  if (link === null) throw new Error(search);
  let made = 0;
  const lane = () => laneId(`lane-${String((made += 1))}`);
  return sessionOfLink(link, { id: sessionId("s"), lane, now: 0, found: null });
}

const search = "?lane=openai/gpt-5&lane=groq/moonshotai/kimi-k2&prompt=Hi";

it("a link opens lanes in their providers' usual dialect", () => {
  const { session, notices } = open(search);
  const setups = session.lanes.map(({ id }) => effectiveSetup(session, id));
  expect(setups.map(({ provider, model, dialect }) => [provider, model, dialect])).toEqual([
    ["openai", "gpt-5", null],
    ["groq", "moonshotai/kimi-k2", null],
  ]);
  expect(notices).toEqual(new Map());
  expect(session.draft).toBe("Hi");
});

it("a link gives each lane a dialect of its own, as it does its model", () => {
  const { session } = open("?lane=openai/gpt-5&lane=openai/gpt-5");
  const [first] = session.lanes;
  const changed = first === undefined ? session : changeSetup(session, first.id, { dialect: "responses" });
  expect(changed.lanes.map(({ id }) => effectiveSetup(changed, id).dialect)).toEqual(["responses", null]);
});
