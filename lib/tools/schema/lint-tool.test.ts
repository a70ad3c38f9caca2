import { describe, expect, it } from "vitest";

import type { JsonObject } from "@/lib/stream/turn/json";
import { sampleTools } from "@/lib/tools/samples";

import { lintTool } from "./lint-tool";

function lint(parameters: JsonObject) {
  const tool = {
    id: "t",
    name: "t",
    description: "",
    parameters,
    strict: null,
    exampleResult: null,
    binding: { kind: "ask" as const },
    approval: null,
    sharing: "shared" as const,
  };
  const { strict, grammar } = lintTool(tool);
  const lines = ({ findings }: typeof strict) => findings.map(({ path, message }) => `${path}: ${message}`);
  return { strict: lines(strict), grammar: lines(grammar) };
}

it("the lint finds the samples ready for llama.cpp, and for strict mode where nothing is optional", () => {
  const ready = sampleTools.map((tool) => [
    tool.name,
    lintTool(tool).strict.ready,
    lintTool(tool).grammar.ready,
  ]);
  expect(ready).toEqual([
    ["weather", true, true],
    ["search", false, true],
    ["calculator", true, true],
    ["add", true, true],
    ["multiply", true, true],
    ["calendar", false, true],
    ["order_status", true, true],
    ["translate", true, true],
  ]);
});

describe("strict mode", () => {
  it("wants every property required and every object closed, at every depth", () => {
    expect(
      lint({
        type: "object",
        properties: { a: { type: ["object", "null"] }, b: { type: "string" } },
        required: ["a"],
      }).strict,
    ).toEqual([
      '/parameters/properties/b: b must be in "required". To make it optional, allow null.',
      '/parameters: An object needs "additionalProperties": false.',
      '/parameters/properties/a: An object needs "additionalProperties": false.',
    ]);
  });

  it("does not take these keywords, nor anyOf for the whole", () => {
    expect(
      lint({
        type: "object",
        anyOf: [{ type: "object", additionalProperties: false }],
        allOf: [{ type: "string" }],
        minProperties: 1,
        additionalProperties: false,
      }).strict,
    ).toEqual([
      "/parameters/anyOf: The arguments themselves can't be anyOf.",
      "/parameters/allOf: Strict mode does not support allOf.",
      "/parameters/minProperties: Strict mode does not support minProperties.",
    ]);
  });

  it("has bounds on values and depth", () => {
    const many = { enum: Array.from({ length: 1001 }, (_, index) => index) };
    let deep: JsonObject = many;
    for (let depth = 0; depth < 10; depth += 1) deep = { type: "array", items: deep };
    const schema = { type: "object", properties: { deep }, required: ["deep"], additionalProperties: false };
    expect(lint(schema).strict).toEqual([
      "/parameters: Strict mode allows at most 1000 enum values.",
      expect.stringMatching(/Strict mode allows at most 10 levels\.$/),
    ]);
  });
});

describe("llama.cpp's grammar", () => {
  it("says what would not be enforced, and where", () => {
    expect(
      lint({
        type: "object",
        properties: {
          count: { type: "integer", minimum: 1 },
          share: { type: "number", maximum: 1 },
          open: { type: "string", pattern: "^[a-z]+" },
          closed: { type: "string", pattern: "^[a-z]+$", format: "date" },
          mail: { type: "string", format: "email", maxLength: 5000 },
          pair: { type: "array", prefixItems: [{ type: "string" }], uniqueItems: true },
          both: { properties: {}, oneOf: [{ type: "object" }] },
          remote: { $ref: "https://example.com/a" },
          named: { $ref: "#/$defs/outer" },
        },
        $defs: { outer: { $ref: "#/$defs/inner" }, inner: { type: "string" } },
        not: { required: ["a"] },
      }).grammar,
    ).toEqual([
      "/parameters/not: llama.cpp does not enforce not.",
      "/parameters/properties/share/maximum: llama.cpp enforces maximum only for integers.",
      "/parameters/properties/open/pattern: llama.cpp enforces a pattern only when it starts with ^ and ends with $.",
      "/parameters/properties/mail/format: llama.cpp does not enforce the format email.",
      "/parameters/properties/mail/maxLength: maxLength above 1000 makes the grammar slow or invalid.",
      "/parameters/properties/pair/uniqueItems: llama.cpp does not enforce uniqueItems.",
      "/parameters/properties/pair/prefixItems: llama.cpp does not handle prefixItems correctly.",
      "/parameters/properties/both/oneOf: llama.cpp uses either properties or oneOf in a schema, not both.",
      "/parameters/properties/remote/$ref: llama.cpp accepts only references that start with #/.",
      "/parameters/$defs/outer/$ref: llama.cpp may lose a reference inside a referenced schema.",
    ]);
  });
});
