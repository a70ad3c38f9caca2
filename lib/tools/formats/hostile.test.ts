import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { JsonObject } from "@/lib/stream/turn/json";

import { EMPTY } from "./__fixtures__/read-fixture";
import { readTools } from "./read-tools";

/** Nothing was found, and this is why. */
async function why(text: string): Promise<string> {
  const { found, skipped, notes } = await readTools(text, EMPTY);
  expect(found).toEqual([]);
  return [...notes, ...skipped.map((each) => each.why)].join(" ");
}

describe("what would hang or fill the memory is refused in words", () => {
  it.each<[string, () => string, RegExp]>([
    [
      "a text of nine million characters",
      () => `"${"a".repeat(9_000_000)}"`,
      /^The text is 9 million characters long\. At most 8 million/,
    ],
    ["brackets a hundred thousand deep", () => "[".repeat(100_000) + "]".repeat(100_000), /levels deep/],
    ["objects 300 deep", () => `${'{"tools":'.repeat(300)}1${"}".repeat(300)}`, /more than 200 levels deep/],
    [
      "a schema 150 deep",
      () => `{"name": "a", "parameters": ${'{"type":"object","not":'.repeat(150)}{}${"}".repeat(150)}}`,
      /at most 64 levels deep/,
    ],
    ["two million values", () => `[${"1,".repeat(2_000_000)}1]`, /holds more than 1,000,000 values/],
    ["YAML whose aliases double", () => aliases(30), /Excessive alias count/],
    ["YAML that holds itself", () => "a: &a\n  - *a\n", /levels deep/],
    ["YAML brackets a hundred thousand deep", () => `a: ${"[".repeat(100_000)}`, /more than 200 levels deep/],
    // At the end of its stack V8 may end the process instead of throwing.
    [
      "YAML braces a hundred thousand deep",
      () => `a: ${"{a: ".repeat(100_000)}`,
      /more than 200 levels deep/,
    ],
    ["YAML keys a hundred thousand deep", () => "? ".repeat(100_000), /more than 200 levels deep/],
    ["YAML lists a hundred thousand deep", () => "- ? ".repeat(100_000), /more than 200 levels deep/],
    ["two YAML documents", () => "name: a\n---\nname: b\n", /more than one YAML document/],
    [
      "YAML of two million characters",
      () => `a:\n${"- b\n".repeat(500_000)}`,
      /As YAML at most 1\.5 million/,
    ],
  ])("%s", async (_what, text, expected) => {
    expect(await why(text())).toMatch(expected);
  });
});

function aliases(levels: number): string {
  const lines = ["a0: &a0 [x, x]"];
  for (let level = 1; level < levels; level += 1) {
    const before = `*a${String(level - 1)}`;
    lines.push(`a${String(level)}: &a${String(level)} [${before}, ${before}]`);
  }
  return lines.join("\n");
}

describe("keys that are words of JavaScript", () => {
  it("name no tool's fields", async () => {
    expect(await why('{"__proto__": {"name": "a", "parameters": {}}}')).toMatch(/^There are no tools in it/);
    expect(await why('{"constructor": {"prototype": {"name": "a"}}}')).toMatch(/^There are no tools in it/);
    expect(await why('{"tools": {"__proto__": []}}')).not.toBe("");
    expect(
      await why('{"name": "a", "parameters": {"type": "object", "properties": {"__proto__": {}}}}'),
    ).toContain('A property cannot be named "__proto__".');
    expect(await why('{"openapi": "3.0.0", "paths": {"__proto__": {"constructor": {}}}}')).toBe(
      "The document has no operations.",
    );
  });

  it("pollute nothing", async () => {
    const texts = [
      '{"format": "vitrine-tools", "tools": [{"name": "a", "binding": {"kind": "ask", "__proto__": {"polluted": 1}}}]}',
      '{"openapi": "3.0.0", "paths": {"/a": {"get": {"parameters": [{"in": "query", "name": "__proto__"}]}}}}',
      `curl 'https://a.com/?__proto__=1&constructor=2'`,
      "__proto__: &a {polluted: 1}\nname: a\nparameters: {type: object, <<: *a}",
    ];
    for (const text of texts) await readTools(text, EMPTY);
    const fresh: JsonObject = {};
    expect([fresh["polluted"], Object.hasOwn(Object.prototype, "polluted")]).toEqual([undefined, false]);
  });
});

it("a reference to itself is an error of the schema, not a loop", async () => {
  const circle = { $defs: { a: { $ref: "#/$defs/a" } }, $ref: "#/$defs/a", title: "a" };
  const { found, skipped } = await readTools(JSON.stringify(circle), EMPTY);
  expect(found.length + skipped.length).toBe(1);
});

it("2,000 tools are found, and of more it is said", async () => {
  const list = Array.from({ length: 2_100 }, (_, index) => ({ name: `t${String(index)}` }));
  const { found, skipped } = await readTools(JSON.stringify(list), EMPTY);
  expect([found.length, skipped.length, skipped[0]?.why]).toEqual([
    2_000,
    100,
    "More than 2,000 tools are not read at once.",
  ]);
});

it("any JSON is read without a throw, and what is found fits a session", async () => {
  const key = fc.constantFrom(
    "name",
    "tools",
    "parameters",
    "function",
    "type",
    "openapi",
    "paths",
    "/a",
    "get",
    "input_schema",
    "functionDeclarations",
    "properties",
    "$ref",
    "requestBody",
    "content",
    "application/json",
    "schema",
    "binding",
    "title",
  );
  const leaf = fc.constantFrom<unknown>("a", "object", "3.0.0", "OBJECT", "#/a", 1, null, true);
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "medium" },
      leaf,
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(key, tie("value"), { maxKeys: 4 }),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(value, async (json) => {
      const { found, skipped, notes } = await readTools(JSON.stringify(json), EMPTY);
      expect(found.every(({ tool }) => tool.name !== "" && tool.approval === null)).toBe(true);
      expect(found.length + skipped.length + notes.length).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});
