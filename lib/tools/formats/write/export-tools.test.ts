import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { JsonObject } from "@/lib/stream/turn/json";
import { EMPTY, readFixture } from "@/lib/tools/formats/__fixtures__/read-fixture";
import type { ToolFormat } from "@/lib/tools/formats/format";
import { readTools } from "@/lib/tools/formats/read-tools";
import { NEW_TOOL_CHOICES, type ToolBinding, type ToolDefinition } from "@/lib/tools/tool";

import { exportTools } from "./export-tools";

const name = fc.stringMatching(/^[A-Za-z]\w{0,20}$/);
const text = fc.string({ maxLength: 20 });

const leaf: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record({ type: fc.constantFrom("string", "integer", "number", "boolean") }),
  fc.record({ type: fc.constant("string"), description: text }),
  fc.record({ type: fc.constant(["string", "null"]), enum: fc.constant(["a", null]) }),
  fc.record({ anyOf: fc.constant([{ type: "integer", minimum: 0 }, { type: "null" }]) }),
);
const { schema } = fc.letrec<{ schema: JsonObject; object: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { depthSize: "small" },
    leaf,
    tie("object"),
    fc.record({ type: fc.constant("array"), items: tie("schema") }),
  ),
  object: fc.dictionary(name, tie("schema"), { maxKeys: 3 }).map((properties): JsonObject => ({
    type: "object",
    properties,
    required: Object.keys(properties).slice(0, 1),
  })),
}));
const parameters = fc
  .dictionary(name, schema, { maxKeys: 4 })
  .map((properties): JsonObject => ({ type: "object", properties, additionalProperties: false }));

const binding: fc.Arbitrary<ToolBinding> = fc.oneof(
  fc.constant({ kind: "ask" } as const),
  fc.record({ kind: fc.constant("page" as const), name: fc.constant("add") }),
  fc.record({
    kind: fc.constant("mock" as const),
    delayMs: fc.nat(),
    mock: fc.record({
      by: fc.constant("fixed" as const),
      result: fc.record({ output: text, isError: fc.boolean() }),
    }),
  }),
  fc.record({
    kind: fc.constant("javascript" as const),
    code: text,
    timeoutMs: fc.integer({ min: 1 }),
    isStateful: fc.boolean(),
  }),
);

const tools = fc.uniqueArray(
  fc.record({
    name,
    description: text,
    parameters,
    strict: fc.constantFrom(null, true, false),
    exampleResult: fc.option(text),
    binding,
    sharing: fc.constantFrom("shared" as const, "each" as const),
  }),
  { selector: (tool) => tool.name, minLength: 1, maxLength: 4 },
);
type Parts = Omit<ToolDefinition, "id" | "approval">;

async function again(
  list: readonly ToolDefinition[],
  format: ToolFormat,
): Promise<readonly ToolDefinition[]> {
  const { found, skipped, notes } = await readTools(exportTools(list, format).text, EMPTY);
  expect({ skipped, notes }).toEqual({ skipped: [], notes: [] });
  return found.map(({ tool }, index) => withId(tool, index));
}

function withId(part: Parts, index: number): ToolDefinition {
  return { ...part, id: String(index), approval: null };
}

/** What each format holds of a tool; the rest is as a new tool has it. */
const HELD: Readonly<
  Record<Exclude<ToolFormat, "curl" | "openapi">, (tool: ToolDefinition) => ToolDefinition>
> = {
  vitrine: (tool) => tool,
  "openai-chat": (tool) => ({ ...tool, ...NEW_TOOL_CHOICES }),
  "openai-responses": (tool) => ({ ...tool, ...NEW_TOOL_CHOICES, strict: tool.strict ?? false }),
  anthropic: (tool) => ({ ...tool, ...NEW_TOOL_CHOICES }),
  gemini: (tool) => ({ ...tool, ...NEW_TOOL_CHOICES, strict: null }),
  bedrock: (tool) => ({ ...tool, ...NEW_TOOL_CHOICES, strict: null }),
  mcp: (tool) => ({ ...tool, ...NEW_TOOL_CHOICES, strict: null }),
  "json-schema": (tool) => ({ ...tool, ...NEW_TOOL_CHOICES, strict: null }),
};

describe("tools that are written and read again are equal, in all that the format holds", () => {
  it.each([
    "vitrine",
    "openai-chat",
    "openai-responses",
    "anthropic",
    "gemini",
    "bedrock",
    "mcp",
    "json-schema",
  ] as const)("%s", async (format) => {
    await fc.assert(
      fc.asyncProperty(tools, async (parts) => {
        const list = parts.map(withId);
        expect(await again(list, format)).toEqual(list.map(HELD[format]));
      }),
    );
  });

  it("openapi: what a document gave", async () => {
    const { found } = await readFixture("restaurant.openapi.yaml");
    // A body that refers to itself, and a parameter that was renamed, have no second way back.
    const kept = found.map(({ tool }) => tool).filter((tool) => !("$defs" in tool.parameters));

    expect(await again(kept, "openapi")).toEqual(kept.map(withId));
  });

  it("curl: the request, but not what it can't hold", async () => {
    const { found } = await readFixture("curl.txt");
    const list = found.map(({ tool }) => tool);
    const { text: written, notes } = exportTools(list, "curl");
    const read = await readTools(written, EMPTY);
    expect(read.found.map(({ tool }) => tool.binding)).toEqual(list.map((tool) => tool.binding));
    expect(notes).toEqual(["A curl command holds no types, descriptions or names."]);
  });
});

const LOOKUP: ToolDefinition = {
  ...NEW_TOOL_CHOICES,
  id: "1",
  name: "lookup",
  description: "",
  parameters: { type: "object", properties: {} },
  strict: true,
  exampleResult: "7",
  approval: "none",
  binding: {
    kind: "http",
    request: {
      method: "GET",
      url: "https://a.com/x",
      headers: [{ name: "Authorization", value: "Bearer s3cret" }],
      body: null,
    },
  },
};

it("what a format can't hold is named", () => {
  expect(exportTools([LOOKUP], "gemini").notes).toEqual([
    "What answers their calls (HTTP) is not in this format: lookup.",
    "The example result is not in this format: lookup.",
    "Strict is not in this format: lookup.",
  ]);
  expect(exportTools([{ ...LOOKUP, strict: null }], "openai-responses").notes[0]).toBe(
    "Strict is written as false, because the Responses API turns it on where it is left out: lookup.",
  );
  const asked = { ...LOOKUP, binding: { kind: "ask" } as const };
  expect([exportTools([asked], "curl"), exportTools([asked], "openapi").notes]).toEqual([
    { text: "", notes: ["lookup is left out: it sends no request."] },
    ["lookup is left out: it sends no request."],
  ]);
});

it("no approval and no key is written, in any format", () => {
  const formats = [
    "vitrine",
    "openai-chat",
    "openai-responses",
    "anthropic",
    "gemini",
    "mcp",
    "json-schema",
    "openapi",
    "curl",
  ] as const;
  const texts = formats.map((format) => exportTools([LOOKUP], format).text);
  expect(texts.filter((written) => written.includes("s3cret") || written.includes("approval"))).toEqual([]);
  expect(texts[0]).toContain("{{secret:A_COM_TOKEN}}");
});

it.each([
  ["in the query", { url: "https://a.com/x?q=1&api_key=s3cret&n={{n}}" }],
  ["before the host", { url: "https://me:s3cret@a.com/x" }],
  ["in a JSON body", { method: "POST", body: '{"q": "{{q}}", "access_token": "s3cret"}' }],
  [
    "in a form",
    {
      method: "POST",
      body: "q={{q}}&password=s3cret",
      headers: [{ name: "Content-Type", value: "application/x-www-form-urlencoded" }],
    },
  ],
] as const)("a key %s is not written, and what takes its place is said", (_where, part) => {
  if (LOOKUP.binding.kind !== "http") expect.unreachable();
  const request = { ...LOOKUP.binding.request, headers: [], ...part };
  const tool: ToolDefinition = { ...LOOKUP, binding: { kind: "http", request } };
  for (const format of ["vitrine", "openapi", "curl"] as const) {
    const { text: written, notes } = exportTools([tool], format);
    expect(written).not.toContain("s3cret");
    // An OpenAPI document has no place for most of these, and leaves the tool out.
    if (format !== "openapi")
      expect([written, ...notes].join(" ")).toMatch(/secret:A_COM_.* was taken out\./su);
  }
});

it("the sets of a file are kept", async () => {
  const sets = [{ name: "Shop", tools: ["lookup"] }];
  const read = await readTools(exportTools([LOOKUP], "vitrine", sets).text, EMPTY);
  expect([read.format, read.sets]).toEqual(["vitrine", sets]);
});

it("an OpenAPI document leaves out what it can't say, and says so", () => {
  const { notes } = exportTools(
    [
      odd("a", "https://a.com/?q=x-{{b}}", null),
      odd("b", "https://{{host}}/", null),
      odd("c", "https://a.com/", "text"),
      odd("d", "https://a.com/", '{"a": 1}'),
      odd("e", "https://a.com/", '"{{a}}"', { $defs: {} }),
      odd("f", "https://a.com/f", null),
      odd("g", "https://a.com/f", null),
    ],
    "openapi",
  );
  expect(notes).toEqual([
    'a is left out: "q=x-{{b}}" of its address is not one argument.',
    "b is left out: its address is not a server and a path.",
    "c is left out: its body is not JSON.",
    "d is left out: its body holds more than one argument in a place.",
    "e is left out: its schema refers to itself.",
    "g is left out: another tool has the same path and method.",
  ]);
});

/** A tool that sends a request, named by its id. */
function odd(id: string, url: string, body: string | null, more: JsonObject = {}): ToolDefinition {
  return {
    ...LOOKUP,
    id,
    name: id,
    parameters: { ...LOOKUP.parameters, ...more },
    binding: { kind: "http", request: { method: "POST", url, headers: [], body } },
  };
}
