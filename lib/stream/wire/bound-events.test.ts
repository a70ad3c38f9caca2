import { describe, expect, it } from "vitest";

import { DEEPEST_JSON, MOST_PARTS } from "@/lib/stream/turn/bounds";
import type { StreamEvent } from "@/lib/stream/turn/event";
import type { Json } from "@/lib/stream/turn/json";

import { openEventBounds } from "./bound-events";

function nestedJson(levels: number): Json {
  let value: Json = [];
  for (let level = 1; level < levels; level += 1) value = { in: value };
  return value;
}

const replay = (depth: number): StreamEvent => ({ type: "replay", id: "r", item: nestedJson(depth) });
const unknown = (id: string, json: Json): StreamEvent => ({ type: "unknown-part", id, name: "future", json });
const pass = (events: readonly StreamEvent[]): readonly (StreamEvent | null)[] =>
  events.map(openEventBounds());

describe("the guard of a step's bounds", () => {
  it("keeps replay data of every depth that can be saved", () => {
    expect(pass([replay(1), replay(DEEPEST_JSON)])).toEqual([replay(1), replay(DEEPEST_JSON)]);
  });

  it("leaves replay data out that is nested too deep to save, and says so once", () => {
    expect(pass([replay(DEEPEST_JSON + 1), replay(5_000)])).toEqual([
      {
        type: "warning",
        warning: {
          code: "json-refused",
          message:
            "The server sent data to send back that Vitrine can't save: it is nested deeper than 128 levels. It was left out.",
        },
      },
      null,
    ]);
  });

  it("leaves replay data out that an exported file may not hold", () => {
    const item = JSON.parse('{"a":[{"__proto__":{}}]}');
    expect(pass([{ type: "replay", id: "r", item }])).toMatchObject([
      { type: "warning", warning: { code: "json-refused" } },
    ]);
  });

  it("ends the step at the part that could not be saved", () => {
    const starts = Array.from({ length: MOST_PARTS + 1 }, (_none, index): StreamEvent => ({
      type: index % 2 === 0 ? "reasoning-start" : "text-start",
      id: String(index),
    }));
    const passed = pass(starts);
    expect(passed.slice(0, MOST_PARTS)).toEqual(starts.slice(0, MOST_PARTS));
    expect(passed.slice(MOST_PARTS)).toMatchObject([{ type: "step-fail", error: { code: "LIMIT" } }]);
  });

  it("keeps an unknown item that is nested too deep as text", () => {
    const deep = nestedJson(DEEPEST_JSON + 1);
    expect(pass([unknown("u", nestedJson(DEEPEST_JSON)), unknown("u", deep)])).toEqual([
      unknown("u", nestedJson(DEEPEST_JSON)),
      unknown("u", JSON.stringify(deep)),
    ]);
  });

  it("counts an unknown item once, however often it is sent", () => {
    const many = Array.from({ length: MOST_PARTS }, (_none, index) => unknown(String(index), null));
    const passed = pass([...many, unknown("0", null), unknown(String(MOST_PARTS), null)]);
    expect(passed.slice(0, -1)).toEqual([...many, unknown("0", null)]);
    expect(passed.at(-1)).toMatchObject({ type: "step-fail", error: { code: "LIMIT" } });
  });
});
