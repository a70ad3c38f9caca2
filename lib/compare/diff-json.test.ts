import * as fc from "fast-check";
import { expect, it } from "vitest";

import type { Json } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";

import { diffJson, type JsonChange, type JsonPath, pathInWords } from "./diff-json";

/** The first value with the changes made to it: replaced, then removed from the end, then added from the beginning. */
function applied(value: Json, found: readonly JsonChange[]): Json {
  let made = value;
  for (const change of found)
    if (change.kind === "changed") made = edited(made, change.path, () => [change.to]);
  for (const change of found.toReversed())
    if (change.kind === "removed") made = edited(made, change.path, () => []);
  for (const change of found)
    if (change.kind === "added")
      made = edited(made, change.path, (old) => (old === undefined ? [change.to] : [change.to, old]));
  return made;
}

/** The value with other ones in the place of one. `old` is undefined where an object has no such key. */
function edited(
  value: Json | undefined,
  path: JsonPath,
  by: (old: Json | undefined) => readonly Json[],
): Json {
  const [key, ...rest] = path;
  if (key === undefined) return by(value)[0] ?? null;
  if (Array.isArray(value) && typeof key === "number") {
    const put = rest.length === 0 ? by(value[key]) : [edited(value[key], rest, by)];
    return [...value.slice(0, key), ...put, ...value.slice(key + 1)];
  }
  const entries = isObject(value) ? Object.entries(value) : [];
  const old = entries.find(([name]) => name === key)?.[1];
  const [put] = rest.length === 0 ? by(old) : [edited(old, rest, by)];
  const others = entries.filter(([name]) => name !== key);
  return Object.fromEntries(put === undefined ? others : [...others, [String(key), put]]);
}

/** Small values, so that two of them often have something in common. */
const small = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<Json>(1, 2, "a", true, null),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(fc.constantFrom("role", "name", "a", "b"), tie("value"), { maxKeys: 3 }),
  ),
})).value;

it("the changes made to the first value give the second", () => {
  fc.assert(
    fc.property(fc.oneof(small, fc.jsonValue()), fc.oneof(small, fc.jsonValue()), (a, b) => {
      const [one, other] = [plain(a), plain(b)];
      expect(applied(one, diffJson(one, other))).toEqual(other);
    }),
  );
});

it("a value does not differ from itself, whatever the order of its keys", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const object = plain(value);
      expect(diffJson(object, Object.fromEntries(Object.entries(object ?? {}).toReversed()))).toEqual([]);
    }),
  );
});

const tool = (name: string, description: string): Json => ({
  type: "function",
  function: { name, description },
});

it("a tool that was put in front moves no other tool", () => {
  const before = { tools: [tool("weather", "Weather"), tool("search", "Search")] };
  const after = { tools: [tool("clock", "Time"), tool("weather", "The weather"), tool("search", "Search")] };
  expect(diffJson(before, after).map(({ kind, path }) => `${kind} ${pathInWords(path)}`)).toEqual([
    "added tools[0]",
    "changed tools[0].function.description",
  ]);
  const same = { tools: [tool("clock", "Time"), ...before.tools] };
  expect(diffJson(before, same)).toEqual([{ kind: "added", path: ["tools", 0], to: tool("clock", "Time") }]);
});

const body = (content: string) => ({
  model: "m",
  messages: [
    { role: "system", content: "Be short." },
    { role: "user", content },
  ],
});

it("messages of one role are compared inside", () => {
  expect(diffJson(body("Hi"), body("Hello"))).toEqual([
    { kind: "changed", path: ["messages", 1, "content"], from: "Hi", to: "Hello" },
  ]);
});

it("keys that look like parts of an object do not reach its prototype", () => {
  const hostile: Json = JSON.parse('{"__proto__":{"a":1},"toString":2}');
  expect(diffJson({}, hostile).map(({ path }) => path)).toEqual([["__proto__"], ["toString"]]);
});

it.each([
  [[], ""],
  [["messages", 2, "content"], "messages[2].content"],
  [["a b", "c"], '["a b"].c'],
])("the path %j is written %s", (path, words) => {
  expect(pathInWords(path)).toBe(words);
});

/** Without -0 and without a prototype: as it is read from JSON text. */
function plain(value: unknown): Json {
  const read: Json = JSON.parse(JSON.stringify(value));
  return read;
}
