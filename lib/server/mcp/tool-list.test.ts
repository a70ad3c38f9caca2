import { describe, expect, it } from "vitest";

import { splitTools } from "./tool-list";

const withSchema = (inputSchema: object) => [
  { name: "tool", inputSchema: { type: "object", ...inputSchema } },
];

function why(inputSchema: object, checkHeaders = true): string | undefined {
  return splitTools(withSchema(inputSchema), new Set(), checkHeaders).leftOut[0]?.why;
}

const header = (type: string, name: unknown = "Region") => ({ type, "x-mcp-header": name });

describe("a tool whose arguments travel in headers", () => {
  it.each([
    ["a string", { properties: { a: header("string") } }],
    ["an integer", { properties: { a: header("integer") } }],
    [
      "a boolean inside an object",
      { properties: { a: { type: "object", properties: { b: header("boolean") } } } },
    ],
    ["the word as the name of an argument", { properties: { "x-mcp-header": { type: "string" } } }],
    ["the word as data", { properties: { a: { type: "object", default: { "x-mcp-header": 5 } } } }],
  ])("is kept with %s", (_title, schema) => {
    expect(why(schema)).toBeUndefined();
  });

  it.each([
    ["a number", { properties: { a: header("number") } }, `"a" is not a string, an integer or a boolean`],
    ["an object", { properties: { a: header("object") } }, `"a" is not a string, an integer or a boolean`],
    ["an empty name", { properties: { a: header("string", "") } }, `"a" names no usable header`],
    [
      "a name with a line break",
      { properties: { a: header("string", "a\r\nb") } },
      `"a" names no usable header`,
    ],
    ["a name that is no text", { properties: { a: header("string", 5) } }, `"a" names no usable header`],
    [
      "one name twice",
      { properties: { a: header("string"), b: header("string", "region") } },
      "the header region is named twice",
    ],
    [
      "it in the items of a list",
      { properties: { a: { type: "array", items: header("string") } } },
      `it stands at "a<items>", where no argument of its own is`,
    ],
    [
      "it in one of several choices",
      { anyOf: [{ properties: { a: header("string") } }] },
      `it stands at "<anyOf><0>.a", where no argument of its own is`,
    ],
    ["it on all arguments", header("object"), "it stands at the arguments, where no argument of its own is"],
  ])("is left out with %s", (_title, schema, reason) => {
    expect(why(schema)).toBe(`its x-mcp-header is not valid: ${reason}`);
    expect(why(schema, false)).toBeUndefined();
  });
});

it("the first thousand tools of a server are kept, over all pages", () => {
  const seen = new Set<string>();
  expect(splitTools(page(0), seen, true).kept).toHaveLength(600);
  const second = splitTools(page(600), seen, true);
  expect(second.kept).toHaveLength(400);
  expect(second.leftOut[0]).toEqual({
    name: "tool-1000",
    why: "Vitrine lists the first 1,000 tools of a server",
  });
});

function page(from: number): readonly object[] {
  return Array.from({ length: 600 }, (_, index) => ({
    name: `tool-${from + index}`,
    inputSchema: { type: "object" },
  }));
}
