import { transformJSONSchema } from "@anthropic-ai/sdk/lib/transform-json-schema";
import * as fc from "fast-check";
import { toStrictJsonSchema } from "openai/lib/transform";
import { describe, expect, it } from "vitest";

import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import { sampleTools } from "@/lib/tools/samples";
import { SCHEMA_FIXES } from "@/lib/tools/schema/fix/schema-fixes";
import { mapSchema } from "@/lib/tools/schema/map-schema";

import { schemas } from "./__fixtures__/schemas";
import type { LintTarget, LintVerdict } from "./lint";
import { countRequest, LINT_TARGETS, lintTool } from "./lint-tool";

function lint(parameters: JsonObject, target: LintTarget, name = "t") {
  return lintTool({ name, parameters }, target);
}

/** "pointer: message" of each problem. */
function problems(parameters: JsonObject, target: LintTarget, name = "t"): readonly string[] {
  return lint(parameters, target, name).problems.map(({ pointer, message }) => `${pointer}: ${message}`);
}

function property(x: Json): JsonObject {
  return { type: "object", properties: { x }, required: ["x"], additionalProperties: false };
}

it("the samples are ready for all, but where something is optional or bounded", () => {
  const verdicts = sampleTools.map((tool) => [
    tool.name,
    ...LINT_TARGETS.map((target) => lintTool(tool, target).verdict),
  ]);
  const byName = new Map(verdicts.map(([name, ...rest]) => [name, rest]));
  expect([byName.get("weather"), byName.get("add"), byName.get("search")]).toEqual<LintVerdict[][]>([
    ["ready", "ready", "ready", "ready"],
    ["ready", "ready", "ready", "ready"],
    ["refused", "refused", "ready", "ready"],
  ]);
});

describe("OpenAI's strict mode", () => {
  it("wants every property required and every object closed, at every depth", () => {
    expect(
      problems(
        {
          type: "object",
          properties: { a: { type: ["object", "null"] }, b: { type: "string" } },
          required: ["a"],
        },
        "openai-strict",
      ),
    ).toEqual([
      '/parameters/properties/b: b must be in "required". To make it optional, allow null.',
      '/parameters: An object needs "additionalProperties": false.',
      '/parameters/properties/a: An object needs "additionalProperties": false.',
    ]);
  });

  it("rejects unions of the whole, lists of schemas, schemas of any name and what it has no word for", () => {
    expect(
      problems(
        {
          type: "object",
          anyOf: [],
          minProperties: 1,
          required: ["gone"],
          properties: {},
          additionalProperties: { type: "string" },
          $defs: { a: { oneOf: [] }, b: { type: "array" }, c: { $ref: "#/$defs/a", minimum: 1 } },
        },
        "openai-strict",
        "a.b",
      ),
    ).toEqual([
      "/name: OpenAI allows 1 to 64 letters, digits, _ and - in a name.",
      "/parameters/anyOf: The arguments themselves can't be anyOf.",
      "/parameters/minProperties: Strict mode does not support minProperties.",
      '/parameters/required/0: gone is required but not in "properties".',
      "/parameters/additionalProperties: Strict mode accepts no properties of any name: list them, or use an array of names and values.",
      "/parameters/$defs/a/oneOf: Strict mode accepts anyOf, not oneOf.",
      '/parameters/$defs/b: An array needs "items".',
      "/parameters/$defs/c/minimum: Beside a reference minimum is not supported.",
    ]);
  });

  it("counts properties, levels, values and characters", () => {
    const values = Array.from({ length: 1_001 }, (_, index) => "v".repeat(16) + String(index));
    const { verdict, counters } = lint(property({ type: "string", enum: values }), "openai-strict");
    expect(verdict).toBe("refused");
    expect(counters.map(({ label, value, limit, isOver }) => [label, value, limit, isOver])).toEqual([
      ["properties", 1, 5_000, false],
      ["levels", 2, 10, false],
      ["enum values", 1_001, 1_000, true],
      ["characters of names and values", 18_911, 120_000, false],
      ["characters of a long enum", 18_910, 15_000, true],
    ]);
  });

  it("accepts, by OpenAI's own code, whatever the lint calls ready, as it is", () => {
    let ready = 0;
    fc.assert(
      fc.property(schemas, (schema) => {
        if (lint(schema, "openai-strict").verdict === "refused") return;
        ready += 1;
        expect(toStrictJsonSchema(structuredClone(schema))).toEqual(schema);
      }),
      { numRuns: 300 },
    );
    expect(ready).toBeGreaterThan(10);
  });

  it("is never refused by the lint for what OpenAI's own code makes", () => {
    fc.assert(
      fc.property(schemas, (schema) => {
        const strict = attempt(() => toStrictJsonSchema(structuredClone(schema)));
        if (strict === null) return;
        expect(lint(asJson(strict), "openai-strict").problems.map(({ message }) => message)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("Anthropic's strict mode", () => {
  it("leaves optional properties, and counts them over all strict tools", () => {
    const many: JsonObject = {
      type: "object",
      properties: Object.fromEntries(
        Array.from({ length: 18 }, (_, index) => [`p${String(index)}`, { type: "string" }]),
      ),
      additionalProperties: false,
    };
    expect(lint(many, "anthropic-strict")).toMatchObject({
      verdict: "ready",
      counters: [
        { label: "optional", value: 18, limit: 24, isOver: false },
        { label: "unions", value: 0, limit: 16 },
      ],
    });
    const [tool] = sampleTools;
    const tools =
      tool === undefined
        ? []
        : [true, true, false].map((strict) => Object.assign({}, tool, { strict, parameters: many }));
    expect(countRequest(tools)).toMatchObject([
      { label: "strict tools", value: 2 },
      { label: "optional", value: 36, isOver: true },
      {},
    ]);
  });

  it("rejects bounds, other formats and recursion, and only hints at a pattern", () => {
    expect(
      problems(
        {
          ...property({ type: "integer", minimum: 1 }),
          $defs: {
            a: { type: "string", format: "phone", pattern: "^a$" },
            b: { type: "array", minItems: 2, items: { $ref: "#/$defs/b" } },
          },
        },
        "anthropic-strict",
      ),
    ).toEqual([
      "/parameters/properties/x/minimum: Anthropic's strict mode rejects minimum.",
      "/parameters/$defs/a/pattern: Anthropic does not enforce pattern: its own code writes it into the description.",
      "/parameters/$defs/a/format: Anthropic's strict mode rejects the format phone.",
      "/parameters/$defs/b/minItems: Anthropic's strict mode accepts only 0 and 1 for minItems.",
      "/parameters/$defs/b/items/$ref: Anthropic's strict mode rejects schemas that refer to themselves.",
    ]);
  });

  it("finds ready exactly what Anthropic's own code leaves as it is", () => {
    let ready = 0;
    fc.assert(
      fc.property(schemas, (schema) => {
        const made = attempt(() => transformJSONSchema(structuredClone(schema)));
        const isSame = made !== null && same(asJson(made), literalsAlone(schema));
        const { verdict, problems: found } = lint(schema, "anthropic-strict");
        if (isSame) ready += 1;
        expect({ isSame, found }).toEqual({ isSame: found.length === 0, found });
        expect(verdict === "ready" || found.length > 0 || !isSame).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(ready).toBeGreaterThan(10);
  });
});

describe("Gemini", () => {
  it("has its own rules for names, and does not enforce all of a schema", () => {
    expect(
      problems(
        { type: "object", properties: { "a-b": { type: "string", maxLength: 3 }, c: { enum: [true] } } },
        "gemini",
        "9",
      ),
    ).toEqual([
      "/name: Gemini allows up to 64 letters, digits and _ . : - in a name, starting with a letter or _.",
      "/parameters/properties/a-b: Gemini's names of parameters are at most 64 letters, digits and _.",
      "/parameters/properties/a-b/maxLength: Gemini does not enforce maxLength.",
      "/parameters/properties/c/enum: Gemini enforces only texts and numbers in a list of values.",
    ]);
  });
});

describe("llama.cpp's grammar", () => {
  it("says what would not be enforced, and where", () => {
    expect(
      problems(
        {
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
        },
        "llama-grammar",
      ),
    ).toEqual([
      "/parameters/not: llama.cpp does not enforce not.",
      "/parameters/properties/share/maximum: llama.cpp enforces maximum only for integers.",
      "/parameters/properties/open/pattern: llama.cpp enforces a pattern only when it starts with ^ and ends with $.",
      "/parameters/properties/mail/format: llama.cpp does not enforce the format email.",
      "/parameters/properties/mail/maxLength: Above 1,999 llama.cpp does not enforce maxLength; builds before October 2026 reject it.",
      "/parameters/properties/pair/uniqueItems: llama.cpp does not enforce uniqueItems.",
      "/parameters/properties/pair/prefixItems: llama.cpp does not handle prefixItems correctly.",
      "/parameters/properties/both/oneOf: llama.cpp uses either properties or oneOf in a schema, not both.",
      "/parameters/properties/remote/$ref: llama.cpp fetches no schema: a reference must start with #/.",
      "/parameters/$defs/outer/$ref: llama.cpp may lose a reference inside a referenced schema.",
    ]);
  });

  it("counts repetitions, and rejects more than a grammar spells out", () => {
    const { verdict, counters } = lint(
      property({ type: "array", maxItems: 1_400, items: { type: "number" } }),
      "llama-grammar",
    );
    expect([verdict, counters[0]]).toEqual([
      "ready",
      { label: "repetitions", value: 1_400, limit: 2_000, isOver: false },
    ]);
    const verdicts = [
      { type: "string", minLength: 2_001 },
      { type: "array", items: { type: "string" }, maxItems: 2_000 },
      { type: "array", items: { type: "string" }, maxItems: 3_000 },
      { type: "string", minLength: 3, maxLength: 2 },
    ].map((x) => lint(property(x), "llama-grammar").verdict);
    expect(verdicts).toEqual(["refused", "refused", "works", "refused"]);
  });
});

it("a lint of any schema never throws, and what it points to is there", () => {
  const keyword = fc.constantFrom(
    "type",
    "properties",
    "required",
    "items",
    "$ref",
    "pattern",
    "anyOf",
    "enum",
    "oneOf",
    "a",
    "maxLength",
    "additionalProperties",
    "const",
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "medium" },
      fc.constantFrom<unknown>("object", "array", "#/a", "#", 1, null, true, "a"),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(keyword, tie("value"), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(keyword, value), (schema) => {
      const parameters = asJson(schema);
      for (const target of LINT_TARGETS) lint(parameters, target);
      for (const { apply } of Object.values(SCHEMA_FIXES)) apply(parameters);
    }),
    { numRuns: 300 },
  );
});

function attempt<T>(run: () => T): T | null {
  try {
    return run();
  } catch {
    return null;
  }
}

function asJson(value: unknown): JsonObject {
  const json: Json = JSON.parse(JSON.stringify(value));
  return isObject(json) ? json : {};
}

/** The order of keys means nothing. */
function same(left: Json, right: Json): boolean {
  return (
    attempt(() => expect(left).toEqual(right)) !== null || JSON.stringify(left) === JSON.stringify(right)
  );
}

/** Anthropic's own code drops the type beside a list of values, which says it already. */
function literalsAlone(schema: JsonObject): JsonObject {
  const inner = mapSchema(schema, (child) => (isObject(child) ? literalsAlone(child) : child));
  const { type: _type, ...rest } = inner;
  return inner["enum"] !== undefined || inner["const"] !== undefined ? rest : inner;
}
