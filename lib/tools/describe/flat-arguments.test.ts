import { describe, expect, it } from "vitest";

import { flatArguments, schemaOfFlat } from "./flat-arguments";

describe("a flat list of arguments", () => {
  it("and its schema say the same", () => {
    const list = [
      { name: "city", type: "string", description: "Such as Rome", required: true },
      { name: "days", type: "integer", description: "", required: false },
    ];
    const { schema, notes } = schemaOfFlat(list);
    expect(schema).toEqual({
      type: "object",
      properties: { city: { type: "string", description: "Such as Rome" }, days: { type: "integer" } },
      required: ["city"],
    });
    expect(notes).toEqual([]);
    expect(flatArguments(schema)).toEqual(list);
  });

  it("gives names that can stand, each once, and says so", () => {
    const one = { type: "string", description: "x", required: true };
    const { schema, notes } = schemaOfFlat([
      { name: "from city", ...one },
      { name: "to", ...one },
      { name: "to", ...one, type: "number" },
      { name: "tags", ...one, type: "array", required: false },
      "nothing",
    ]);
    expect(schema).toMatchObject({
      properties: {
        from_city: { type: "string" },
        to: { type: "string" },
        tags: { type: "array", items: { type: "string" } },
        value: {},
      },
      required: ["from_city", "to"],
    });
    expect(notes).toEqual([
      "The argument “from city” became from_city.",
      "The argument “” became value.",
      "The model named an argument more than once. The first is kept.",
    ]);
  });

  it.each([
    ["an enum", { type: "object", properties: { a: { type: "string", enum: ["x"] } } }],
    ["a list", { type: "object", properties: { a: { type: "array", items: {} } } }],
    ["definitions", { type: "object", properties: {}, $defs: {} }],
    ["no type", { properties: { a: { type: "string" } } }],
    ["a schema that is only true", { type: "object", properties: { a: true } }],
    [
      "nine properties",
      {
        type: "object",
        properties: Object.fromEntries("abcdefghi".split("").map((name) => [name, { type: "string" }])),
      },
    ],
  ])("can't hold %s", (_what, schema) => {
    expect(flatArguments(schema)).toBeNull();
  });
});
