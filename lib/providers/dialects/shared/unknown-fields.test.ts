import { describe, expect, it } from "vitest";

import type { Json, JsonObject } from "@/lib/stream/turn/json";

import { openEventQueue } from "./event-queue";
import { knownFields, openUnknownFields, holdsSomething } from "./unknown-fields";

const KNOWN = knownFields("content:text|list role");

function messages(...objects: readonly JsonObject[]): readonly string[] {
  const queue = openEventQueue();
  const unknown = openUnknownFields(queue);
  for (const object of objects) unknown.name("delta", object, KNOWN);
  unknown.end();
  return queue.take().map((event) => (event.type === "warning" ? event.warning.message : event.type));
}

describe("fields that are not known", () => {
  it("are named once, with what they hold", () => {
    const delta = { role: "assistant", content: "Hi", smell: { of: "roses" } };
    expect(messages(delta, delta)).toEqual([
      'The answer has an unknown field that is not shown: delta.smell = {"of":"roses"}',
    ]);
  });

  it("are not named where they hold nothing", () => {
    expect(messages({ a: null, b: "", c: [], d: { e: [null, { f: "" }] }, g: false, h: 0 })).toEqual([]);
  });

  it("are named as well where they are known in another form only", () => {
    expect(messages({ content: "a" }, { content: [] }, { content: ["a"] }, { content: null })).toEqual([]);
    expect(messages({ content: { a: "b" } })).toEqual([
      'The answer has an unknown field that is not shown: delta.content = {"a":"b"}',
    ]);
  });

  it("are cut where they are long", () => {
    const [message = ""] = messages({ [`k${"k".repeat(500)}`]: "v".repeat(5_000) });
    expect(message.length).toBeLessThan(350);
  });

  it("that hold text in pieces are shown with all of it at the end", () => {
    expect(messages({ secret: "Hel" }, { secret: "lo" }, { secret: "" }, { secret: "!" })).toEqual([
      'The answer has an unknown field that is not shown: delta.secret = "Hel"',
      "The unknown field delta.secret came 3 times. All of it: Hello!",
    ]);
    expect(messages({ secret: "a".repeat(300) }, { secret: "b".repeat(5_000) }).at(-1)).toHaveLength(457);
  });

  it("that hold other objects later are counted at the end, and numbers are not", () => {
    expect(messages({ smell: { of: "roses" }, n: 1 }, { smell: { of: "tar" }, n: 2 })).toEqual([
      'The answer has an unknown field that is not shown: delta.smell = {"of":"roses"}',
      "The answer has an unknown field that is not shown: delta.n = 1",
      "The unknown field delta.smell came 2 times with different values. The inspector shows all of them.",
    ]);
  });

  it("are named up to thirty", () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`f${String(index)}`, 1]));
    const said = messages(many);
    expect(said).toHaveLength(31);
    expect(said.at(-1)).toBe("The answer has more unknown fields.");
  });
});

it("the search for content finds a word at any depth", () => {
  let deep: Json = "word";
  for (let level = 0; level < 50_000; level += 1) deep = [deep];
  expect(holdsSomething(deep)).toBe(true);
});
