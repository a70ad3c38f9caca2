import { describe, expect, it } from "vitest";

import type { JsonObject } from "@/lib/stream/turn/json";
import { sampleTools } from "@/lib/tools/samples";
import type { ToolDefinition } from "@/lib/tools/tool";

import { checkTool } from "./check-tool";

function tool(changes: Partial<ToolDefinition> = {}): ToolDefinition {
  return {
    id: "t",
    name: "t",
    description: "",
    parameters: { type: "object" },
    strict: null,
    exampleResult: null,
    binding: { kind: "ask" },
    approval: null,
    sharing: "shared",
    ...changes,
  };
}

function problems(parameters: JsonObject): readonly string[] {
  return checkTool(tool({ parameters }), []).map(({ path, message }) => `${path}: ${message}`);
}

it("the check finds nothing wrong with the samples", () => {
  expect(sampleTools.flatMap((sample) => checkTool(sample, sampleTools))).toEqual([]);
});

describe("a name", () => {
  it("is needed, and has no control characters", () => {
    const names = ["", "a\nb", "get weather", "a.b", "x".repeat(65)].map((name) =>
      checkTool(tool({ name }), []),
    );
    const control = "A name can't contain line breaks, tabs or other control characters.";
    expect(names).toEqual([
      [{ path: "/name", message: "A tool needs a name." }],
      [{ path: "/name", message: control }],
      [],
      [],
      [],
    ]);
  });

  it("is no other tool's, though it is its own", () => {
    const same = tool({ id: "other" });
    expect(checkTool(tool(), [tool()])).toEqual([]);
    expect(checkTool(tool(), [same])).toEqual([
      { path: "/name", message: "Another tool already has the name t." },
    ]);
  });
});

describe("a schema", () => {
  it("describes an object, or leaves open what it describes", () => {
    const message = '/parameters/type: Arguments must be an object: set the type to "object".';
    expect(problems({ type: "string" })).toEqual([message]);
    expect(problems({ type: ["string", "null"] })).toEqual([message]);
    expect(problems({ $ref: "#/$defs/a", $defs: { a: { type: "array" } } })).toEqual([message]);
    expect(problems({})).toEqual([]);
    expect(problems({ type: ["object", "null"] })).toEqual([]);
    expect(problems({ $ref: "#/$defs/a", $defs: { a: { type: "object" } } })).toEqual([]);
  });

  it("is checked at every depth, with the path of what is wrong", () => {
    expect(
      problems({
        type: "object",
        properties: {
          "a/b": { type: "banana" },
          list: { type: "array", items: { type: ["string", 3] }, minItems: -1 },
          text: { type: "string", pattern: "(", maxLength: "9" },
          union: { anyOf: [] },
          one: { enum: [] },
          number: { minimum: "0" },
          broken: 5,
          any: true,
        },
        required: ["list", "gone"],
      }),
    ).toEqual([
      '/parameters/required/1: gone is required but not in "properties".',
      '/parameters/properties/a~1b/type: "banana" is not a type. Types are string, number, integer, boolean, object, array, null.',
      '/parameters/properties/list/minItems: "minItems" must be a whole number, 0 or more.',
      '/parameters/properties/text/maxLength: "maxLength" must be a whole number, 0 or more.',
      expect.stringMatching(/^\/parameters\/properties\/text\/pattern: Invalid regular expression/),
      '/parameters/properties/union/anyOf: "anyOf" must be a list of at least one item.',
      '/parameters/properties/one/enum: "enum" must be a list of at least one item.',
      '/parameters/properties/number/minimum: "minimum" must be a number.',
      "/parameters/properties/broken: A schema must be an object, true or false.",
      '/parameters/properties/list/items/type: ["string",3] is not a type. Types are string, number, integer, boolean, object, array, null.',
    ]);
  });

  it("has properties and required in their right shapes", () => {
    expect(problems({ type: "object", properties: [], required: "a" })).toEqual([
      '/parameters/properties: "properties" must be an object with a schema per name.',
      '/parameters/required: "required" must be a list of property names.',
    ]);
    const polluted: JsonObject = JSON.parse(
      '{"type":"object","properties":{"\\u005f_proto__":{"type":"string"}}}',
    );
    expect(problems(polluted)).toEqual(['/parameters/properties: A property cannot be named "__proto__".']);
  });

  it("refers only to what is in it", () => {
    const schema = {
      type: "object",
      $defs: { "a b": { type: "string" }, named: { $anchor: "here" } },
      properties: {
        self: { $ref: "#" },
        good: { $ref: "#/$defs/a%20b" },
        anchor: { $ref: "#here" },
        dangling: { $ref: "#/$defs/none" },
        torn: { $ref: "#/$defs/%" },
        remote: { $ref: "https://example.com/schema" },
      },
    };
    expect(problems(schema)).toEqual([
      "/parameters/properties/dangling/$ref: #/$defs/none does not exist.",
      "/parameters/properties/torn/$ref: #/$defs/% does not exist.",
      "/parameters/properties/remote/$ref: A reference must point into this schema: #/$defs/…",
    ]);
  });

  it("nests to a bound", () => {
    let schema: JsonObject = { type: "string" };
    for (let depth = 0; depth < 500; depth += 1) schema = { type: "array", items: schema };
    expect(problems({ type: "object", properties: { deep: schema } })).toEqual([
      expect.stringMatching(/: Schemas can be at most 64 levels deep\.$/),
    ]);
  });
});
