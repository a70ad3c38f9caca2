import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";

import {
  buildCall,
  buildReasoning,
  buildStep,
  buildText,
  buildUsage,
} from "@/lib/stream/turn/__fixtures__/build-step";
import { buildComparison, buildTurn } from "@/lib/tape/formats/__fixtures__/build-comparison";
import type { Comparison } from "@/lib/tape/formats/turns/comparison";

import { writeOtlp } from "./write-otlp";

/**
 * The checks below are written from the facts of these public documents, as of November 2026:
 * - OTLP 1.x, JSON encoding (opentelemetry.io/docs/specs/otlp): ids in hex, 64-bit integers as decimal text, enums as
 *   numbers, lowerCamelCase keys, and the shape of opentelemetry/proto/trace/v1/trace.proto.
 * - OpenTelemetry GenAI conventions v0.1.0 (github.com/open-telemetry/semantic-conventions-genai): docs/gen-ai/
 *   gen-ai-spans.md for names, requirement levels and types of attributes; model/gen-ai/gen-ai-{input,output}-messages.json,
 *   gen-ai-system-instructions.json and gen-ai-tool-definitions.json for their JSON.
 * - OpenInference (github.com/Arize-ai/openinference, spec/semantic_conventions.md as of 2026-08-21): span kinds, flattened
 *   lists, types.
 */
const valueSchema = z.union([
  z.strictObject({ stringValue: z.string() }),
  z.strictObject({ intValue: z.string().regex(/^-?\d+$/u) }),
  z.strictObject({ doubleValue: z.number() }),
  z.strictObject({ boolValue: z.boolean() }),
  z.strictObject({
    arrayValue: z.strictObject({ values: z.array(z.strictObject({ stringValue: z.string() })) }),
  }),
]);
const attributesSchema = z.array(z.strictObject({ key: z.string().min(1), value: valueSchema }));
const nano = z.string().regex(/^\d{19}$/u);
const spanSchema = z.strictObject({
  traceId: z.string().regex(/^(?!0{32})[0-9a-f]{32}$/u),
  spanId: z.string().regex(/^(?!0{16})[0-9a-f]{16}$/u),
  parentSpanId: z.string().regex(/^(?:[0-9a-f]{16})?$/u),
  name: z.string().min(1),
  kind: z.int().min(1).max(5),
  startTimeUnixNano: nano,
  endTimeUnixNano: nano,
  attributes: attributesSchema,
  status: z.strictObject({ code: z.int().min(0).max(2), message: z.string().optional() }),
});
const fileSchema = z.strictObject({
  resourceSpans: z.array(
    z.strictObject({
      resource: z.strictObject({ attributes: attributesSchema }),
      scopeSpans: z.array(
        z.strictObject({
          scope: z.strictObject({ name: z.string(), version: z.string(), attributes: attributesSchema }),
          spans: z.array(spanSchema),
        }),
      ),
    }),
  ),
});

const id = z.string().nullish();
const partSchema = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("text"), content: z.string() }),
  z.looseObject({ type: z.literal("reasoning"), content: z.string() }),
  z.looseObject({ type: z.literal("tool_call"), id, name: z.string(), arguments: z.unknown() }),
  z.looseObject({ type: z.literal("tool_call_response"), id, response: z.unknown() }),
  z.looseObject({
    type: z.literal("server_tool_call"),
    id,
    name: z.string(),
    server_tool_call: z.looseObject({ type: z.string() }),
  }),
  z.looseObject({ type: z.literal("blob"), modality: z.string(), mime_type: id, content: z.base64() }),
]);
const messagesSchema = z.array(
  z.looseObject({ role: z.enum(["system", "user", "assistant", "tool"]), parts: z.array(partSchema) }),
);
const instructionsSchema = z.array(z.looseObject({ type: z.literal("text"), content: z.string() }));
const toolsSchema = z.array(
  z.looseObject({
    type: z.literal("function"),
    name: z.string(),
    description: z.string().nullish(),
    parameters: z.looseObject({}).nullish(),
  }),
);

type Value = "string" | "int" | "double" | "boolean" | "strings" | z.ZodType;

/** Attributes with their type in the conventions; a schema is for JSON text. */
const TYPES: Readonly<Record<string, Value>> = {
  "gen_ai.operation.name": "string",
  "gen_ai.provider.name": "string",
  "gen_ai.agent.name": "string",
  "gen_ai.conversation.id": "string",
  "gen_ai.output.type": "string",
  "gen_ai.request.model": "string",
  "gen_ai.request.stream": "boolean",
  "gen_ai.request.max_tokens": "int",
  "gen_ai.request.temperature": "double",
  "gen_ai.request.top_p": "double",
  "gen_ai.request.top_k": "int",
  "gen_ai.request.seed": "int",
  "gen_ai.request.frequency_penalty": "double",
  "gen_ai.request.presence_penalty": "double",
  "gen_ai.request.stop_sequences": "strings",
  "gen_ai.response.id": "string",
  "gen_ai.response.model": "string",
  "gen_ai.response.finish_reasons": "strings",
  "gen_ai.response.time_to_first_chunk": "double",
  "gen_ai.usage.input_tokens": "int",
  "gen_ai.usage.output_tokens": "int",
  "gen_ai.usage.cache_read.input_tokens": "int",
  "gen_ai.usage.reasoning.output_tokens": "int",
  "gen_ai.system_instructions": instructionsSchema,
  "gen_ai.input.messages": messagesSchema,
  "gen_ai.output.messages": messagesSchema,
  "gen_ai.tool.definitions": toolsSchema,
  "gen_ai.tool.name": "string",
  "gen_ai.tool.type": "string",
  "gen_ai.tool.call.id": "string",
  "gen_ai.tool.call.arguments": "string",
  "gen_ai.tool.call.result": "string",
  "server.address": "string",
  "server.port": "int",
  "error.type": "string",
  "openinference.span.kind": "string",
  "session.id": "string",
  "input.value": "string",
  "input.mime_type": "string",
  "output.value": "string",
  "output.mime_type": "string",
  "llm.model_name": "string",
  "llm.provider": "string",
  "llm.invocation_parameters": z.looseObject({}),
  "llm.token_count.prompt": "int",
  "llm.token_count.completion": "int",
  "llm.token_count.total": "int",
  "llm.token_count.prompt_details.cache_read": "int",
  "llm.token_count.completion_details.reasoning": "int",
  "llm.cost.total": "double",
  "tool.name": "string",
};

/** Flattened lists of OpenInference. */
const FLAT =
  /^(?:llm\.(?:input|output)_messages\.\d+\.message\.(?:role|content|tool_call_id|contents\.\d+\.message_content\.(?:type|text|image\.image\.url)|tool_calls\.\d+\.tool_call\.(?:id|function\.name|function\.arguments))|llm\.tools\.\d+\.tool\.json_schema)$/u;

type Span = z.infer<typeof spanSchema>;

function check(type: Value, value: z.infer<typeof valueSchema>): boolean {
  if (typeof type !== "string")
    return "stringValue" in value && type.safeParse(JSON.parse(value.stringValue)).success;
  const key = {
    string: "stringValue",
    int: "intValue",
    double: "doubleValue",
    boolean: "boolValue",
    strings: "arrayValue",
  };
  return key[type] in value;
}

/** Attributes that the conventions do not have, or have with another type. */
function oddAttributes({ attributes }: Span): readonly string[] {
  return attributes.flatMap(({ key, value }) => {
    const type = TYPES[key] ?? (FLAT.test(key) ? "string" : null);
    return type !== null && check(type, value) ? [] : [`${key}: ${JSON.stringify(value).slice(0, 100)}`];
  });
}

function spansOf(comparison: Comparison): readonly Span[] {
  const file = fileSchema.parse(JSON.parse(writeOtlp(comparison, "0.2.0").content));
  return file.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}

function valuesOf({ attributes }: Span): Readonly<Record<string, unknown>> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}

/** What every span must have, by its operation. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  invoke_agent: ["gen_ai.provider.name"],
  chat: ["gen_ai.provider.name", "gen_ai.request.model"],
  execute_tool: ["gen_ai.tool.name"],
};
const KINDS: Readonly<Record<string, string>> = { invoke_agent: "AGENT", chat: "LLM", execute_tool: "TOOL" };

function checkSpans(spans: readonly Span[]): void {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  expect(ids.size).toBe(spans.length);
  for (const span of spans) {
    expect(oddAttributes(span)).toEqual([]);
    expect(new Set(span.attributes.map(({ key }) => key)).size).toBe(span.attributes.length);
    const values = valuesOf(span);
    const operation = String(values["gen_ai.operation.name"]);
    expect(Object.keys(values)).toEqual(
      expect.arrayContaining([...(REQUIRED[operation] ?? ["unknown operation"])]),
    );
    expect(values["openinference.span.kind"]).toBe(KINDS[operation]);
    expect(BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano)).toBe(true);
    if (span.parentSpanId !== "") expect(ids).toContain(span.parentSpanId);
    // An error has its type, and a port goes with an address.
    if (span.status.code === 2 && operation !== "invoke_agent") expect(values["error.type"]).toBeDefined();
    expect("server.address" in values).toBe("server.port" in values);
  }
}

describe("a comparison as OTLP", () => {
  const spans = spansOf(buildComparison());

  it("has a trace for each turn, with a span for each step and each tool that ran", () => {
    expect(spans.map(({ name }) => name)).toEqual([
      "invoke_agent smollm2-135m",
      "chat smollm2-135m",
      "execute_tool weather",
      "chat smollm2-135m",
      "invoke_agent smollm2-135m",
      "chat smollm2-135m",
      "invoke_agent gpt-6",
      "chat gpt-6",
    ]);
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(3);
  });

  it("fits the conventions of OpenTelemetry and of OpenInference", () => {
    checkSpans(spans);
  });

  it("has a step's request, answer and numbers in both vocabularies", () => {
    const [, chat] = spans;
    expect(chat && valuesOf(chat)).toMatchObject({
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "llamacpp",
      "gen_ai.request.model": "smollm2-135m",
      "gen_ai.request.max_tokens": "200",
      "gen_ai.request.temperature": 0.2,
      "gen_ai.request.top_k": "40",
      "gen_ai.request.seed": "7",
      "gen_ai.response.id": "chatcmpl-1",
      "gen_ai.response.model": "smollm2-135m-q8",
      "gen_ai.response.time_to_first_chunk": 0.3,
      "gen_ai.usage.input_tokens": "50",
      "gen_ai.usage.output_tokens": "20",
      "gen_ai.usage.reasoning.output_tokens": "8",
      "gen_ai.usage.cache_read.input_tokens": "30",
      "server.address": "127.0.0.1",
      "llm.token_count.total": "70",
      "llm.input_messages.0.message.role": "system",
      "llm.input_messages.0.message.content": "Be short.",
      "llm.input_messages.1.message.content": "What is the weather in Florence?",
      "llm.output_messages.0.message.contents.0.message_content.type": "reasoning",
      "llm.output_messages.0.message.contents.0.message_content.text": "I need to look up Florence.",
      "llm.output_messages.0.message.tool_calls.0.tool_call.function.name": "weather",
    });
    expect(chat && [chat.startTimeUnixNano, chat.endTimeUnixNano]).toEqual([
      "1764000000000000000",
      "1764000001000000000",
    ]);
  });

  it("gives the next step the call and its result", () => {
    const last = spans[3];
    const messages: unknown = JSON.parse(String(last && valuesOf(last)["gen_ai.input.messages"]));
    expect(messages).toEqual([
      { role: "user", parts: [{ type: "text", content: "What is the weather in Florence?" }] },
      {
        role: "assistant",
        parts: [
          { type: "reasoning", content: "I need to look up Florence." },
          { type: "tool_call", id: "call_a", name: "weather", arguments: { location: "Florence" } },
        ],
      },
      { role: "tool", parts: [{ type: "tool_call_response", id: "call_a", response: '{"degrees":22}' }] },
    ]);
  });

  it("claims no time to the first chunk, and says what its times are worth, where they were made up", () => {
    const made = buildStep({
      request: { ...buildStep().request, hasMadeTimes: true },
      firstTokenAt: 20,
      endedAt: 30,
    });
    const { content, losses } = writeOtlp(
      buildComparison({ rows: [[buildTurn({ createdAt: 0, turn: { steps: [made] } })]] }),
      "1",
    );
    expect(content).not.toContain("time_to_first_chunk");
    expect(losses).toContain("Spans require times: those of a recording without times were made up.");
    expect(losses).toContain("Spans require dates: 1970 stands where they are not known.");
    expect(writeOtlp(buildComparison(), "1").losses.join(" ")).not.toMatch(/made up|1970/u);
  });

  it("is the same trace when it is exported again, and another one for another turn", () => {
    expect(spansOf(buildComparison())).toEqual(spans);
  });
});

const sentence = fc.string({ unit: "binary", maxLength: 12 });

it("whatever stands in a turn, its spans fit the conventions", () => {
  fc.assert(
    fc.property(
      fc.array(sentence, { minLength: 4, maxLength: 4 }),
      fc.array(fc.option(fc.nat(), { nil: null }), { minLength: 5, maxLength: 5 }),
      fc.array(fc.double({ noNaN: true, min: 0, max: 1e6 }), { minLength: 3, maxLength: 3 }),
      (
        [a = "", b = "", c = "", d = ""],
        [input = null, output = null, total = null, reasoning = null, cached = null],
        [from = 0, took = 0, cost = 0],
      ) => {
        const call = buildCall({
          name: a,
          input: b,
          callId: c === "" ? null : c,
          status: {
            state: "answered",
            args: { valid: true, value: {} },
            result: { output: d, isError: input === null, origin: { by: "typed" } },
            at: from + took,
            ranFrom: from,
          },
        });
        const step = buildStep({
          startedAt: from,
          sentAt: from,
          endedAt: from + took,
          costUsd: cost,
          usage: buildUsage({ input, output, total, reasoning, cached }),
          parts: [buildReasoning({ text: a }), buildText({ text: b }), call],
        });
        const samplers = { temperature: took, top_k: from, stop: [a], seed: b };
        const turn = buildTurn({ prompt: d, turn: { steps: [step] } });
        checkSpans(
          spansOf(
            buildComparison({
              name: c,
              lanes: [{ label: d }],
              rows: [[{ ...turn, setup: { ...turn.setup, samplers, system: a } }]],
            }),
          ),
        );
      },
    ),
  );
});
