/** Nothing that says something is lost: it is in the turn, or a warning names the field or the event that held it. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { anthropicSse, foldAnthropic } from "@/lib/providers/__fixtures__/fold-anthropic";
import { foldText } from "@/lib/providers/__fixtures__/fold-chat";
import { foldGemini, geminiSse } from "@/lib/providers/__fixtures__/fold-gemini";
import { foldResponses, responsesSse } from "@/lib/providers/__fixtures__/fold-responses";
import { sse } from "@/lib/providers/__fixtures__/fold-wire";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import type { Step } from "@/lib/stream/turn/turn";

const MARKER = "MARKER";

/** A value with the marker somewhere in it. */
const { marked } = fc.letrec<{ marked: Json }>((tie) => ({
  marked: fc.oneof(
    { depthSize: "small" },
    fc.constant<Json>(MARKER),
    fc.array(tie("marked"), { minLength: 1, maxLength: 2 }),
    fc.record({ inner: tie("marked") }),
  ),
}));
const name = fc.stringMatching(/^zz_[a-z]{1,6}$/);

/** Where the marker may stand: a path of keys and indexes in one of the events of an answer. */
type ObjectPath = { readonly event: number; readonly path: readonly (string | number)[] };

/** Fields that hold what a model says, in any dialect. */
const TELLING: ReadonlySet<string> = new Set(
  (
    "choices delta content reasoning_content tool_calls function name arguments item summary text response output " +
    "message content_block thinking candidates parts functionCall"
  ).split(" "),
);

/** Every field of these events that holds what a model says. */
function answerFields(events: readonly JsonObject[]): readonly (ObjectPath & { readonly key: string })[] {
  return objectPaths(events).flatMap(({ event, path }) => {
    const holder = path.reduce<Json>((value, key) => valueAt(value, key), events[event] ?? null);
    return isObject(holder)
      ? Object.keys(holder)
          .filter((key) => TELLING.has(key))
          .map((key) => ({ event, path, key }))
      : [];
  });
}

function valueAt(value: Json, key: string | number): Json {
  if (typeof key === "number") return Array.isArray(value) ? (value[key] ?? null) : null;
  return isObject(value) ? (value[key] ?? null) : null;
}

/** Every object in these events. */
function objectPaths(events: readonly JsonObject[]): readonly ObjectPath[] {
  const paths: ObjectPath[] = [];
  const walk = (value: Json, event: number, path: readonly (string | number)[]): void => {
    if (Array.isArray(value)) value.forEach((item: Json, at) => walk(item, event, [...path, at]));
    if (!isObject(value)) return;
    paths.push({ event, path });
    for (const [key, item] of Object.entries(value)) if (!isFree(key)) walk(item, event, [...path, key]);
  };
  events.forEach((each, event) => walk(each, event, []));
  return paths;
}

/** Values that are shown as they stand, or that are counts and settings whose fields nobody has to know. */
function isFree(key: string): boolean {
  return ["usage", "usageMetadata", "args", "input", "action", "safetyRatings"].includes(key);
}

function put(value: Json, path: readonly (string | number)[], key: string, item: Json): Json {
  const [first, ...rest] = path;
  if (first === undefined) return isObject(value) ? { ...value, [key]: item } : value;
  if (Array.isArray(value))
    return value.map((each: Json, at) => (at === first ? put(each, rest, key, item) : each));
  if (!isObject(value) || typeof first !== "string") return value;
  return { ...value, [first]: put(value[first] ?? null, rest, key, item) };
}

function isShown(step: Step, field: string): boolean {
  if (JSON.stringify(step.parts).includes(MARKER)) return true;
  return step.warnings.some(({ message }) => message.includes(field) || message.includes(MARKER));
}

type Wire = {
  readonly dialect: string;
  readonly events: readonly JsonObject[];
  readonly fold: (events: readonly JsonObject[]) => Step;
  /** A whole item, block or part that is not known, with this content, at its place in the answer. */
  readonly wrap: (type: string, content: Json) => readonly JsonObject[];
  /** An event that is not known. */
  readonly event: (type: string, content: Json) => JsonObject;
};

const responsesItems: readonly JsonObject[] = [
  { type: "reasoning", id: "r", summary: [{ type: "summary_text", text: "Hm." }] },
  { type: "message", id: "m", role: "assistant", content: [{ type: "output_text", text: "Hi" }] },
  { type: "function_call", id: "f", call_id: "c1", name: "add", arguments: "{}" },
  { type: "custom_tool_call", id: "c", call_id: "c2", name: "sql", input: "x" },
  { type: "web_search_call", id: "w", action: { type: "search", query: "q" } },
];

const chatChunk = (delta: JsonObject, finish: string | null = null): JsonObject => ({
  id: "c",
  choices: [{ index: 0, delta, finish_reason: finish }],
});

const WIRES: readonly Wire[] = [
  {
    dialect: "chat completions",
    events: [
      chatChunk({ reasoning_content: "Hm." }),
      chatChunk({ content: "Hi" }),
      chatChunk({ tool_calls: [{ index: 0, id: "t", function: { name: "add", arguments: "{}" } }] }),
      chatChunk({}, "tool_calls"),
    ],
    fold: (events) => foldText(sse(...events, "data: [DONE]\n\n")),
    wrap: (type, content) => [chatChunk({ content: [{ type, content }] })],
    event: (type, content) => ({ [type]: content }),
  },
  {
    dialect: "Responses",
    events: [
      { type: "response.created", response: { id: "resp", model: "m" } },
      ...responsesItems.flatMap((item, outputIndex): JsonObject[] => [
        {
          type: "response.output_item.added",
          output_index: outputIndex,
          item: { type: item["type"] ?? "", id: item["id"] ?? "" },
        },
        { type: "response.output_item.done", output_index: outputIndex, item },
      ]),
      { type: "response.output_text.delta", item_id: "m", output_index: 1, content_index: 0, delta: "" },
      { type: "response.completed", response: { id: "resp", status: "completed", output: responsesItems } },
    ],
    fold: (events) => foldResponses(responsesSse(...events)),
    wrap: (type, content) => [
      { type: "response.output_item.done", output_index: 9, item: { type, id: "x", content } },
    ],
    event: (type, content) => ({ type: `response.${type}.delta`, delta: content }),
  },
  {
    dialect: "Anthropic",
    events: [
      {
        type: "message_start",
        message: { id: "a", type: "message", role: "assistant", model: "m", content: [] },
      },
      { type: "content_block_start", index: 0, content_block: { type: "thinking", thinking: "" } },
      { type: "content_block_delta", index: 0, delta: { type: "thinking_delta", thinking: "Hm." } },
      { type: "content_block_stop", index: 0 },
      { type: "content_block_start", index: 1, content_block: { type: "text", text: "" } },
      { type: "content_block_delta", index: 1, delta: { type: "text_delta", text: "Hi" } },
      { type: "content_block_stop", index: 1 },
      {
        type: "content_block_start",
        index: 2,
        content_block: { type: "tool_use", id: "t", name: "add", input: {} },
      },
      { type: "content_block_stop", index: 2 },
      { type: "message_delta", delta: { stop_reason: "tool_use" } },
      { type: "message_stop" },
    ],
    fold: (events) => foldAnthropic(anthropicSse(...events)),
    wrap: (type, content) => [
      { type: "content_block_start", index: 9, content_block: { type, content } },
      { type: "content_block_stop", index: 9 },
    ],
    event: (type, content) => ({ type, content }),
  },
  {
    dialect: "Gemini",
    events: [
      {
        responseId: "g",
        candidates: [{ content: { role: "model", parts: [{ text: "Hm.", thought: true }] } }],
      },
      { candidates: [{ content: { role: "model", parts: [{ text: "Hi" }] } }] },
      {
        candidates: [
          {
            content: { parts: [{ functionCall: { name: "add", args: {} } }] },
            finishReason: "STOP",
            index: 0,
          },
        ],
      },
    ],
    fold: (events) => foldGemini(geminiSse(...events)),
    wrap: (type, content) => [{ candidates: [{ content: { parts: [{ [type]: content }] } }] }],
    event: (type, content) => ({ [type]: content }),
  },
];

describe.each(WIRES)("an answer in the $dialect dialect", ({ events, fold, wrap, event }) => {
  const at = fc.nat(events.length - 1);
  const without = fold(events);

  it("raises no note by itself", () => {
    expect(without.warnings).toEqual([]);
    expect(without.status.state).toBe("done");
  });

  it("shows or names whatever stands in an unknown field", () => {
    fc.assert(
      fc.property(fc.constantFrom(...objectPaths(events)), name, marked, (holder, key, value) => {
        const changed = events.map((each, index) => {
          const next = index === holder.event ? put(each, holder.path, key, value) : each;
          return isObject(next) ? next : each;
        });
        expect(isShown(fold(changed), key)).toBe(true);
      }),
    );
  });

  it("shows or names whatever stands in a field of its own, also in a form that no server sends", () => {
    fc.assert(
      fc.property(fc.constantFrom(...answerFields(events)), marked, (field, value) => {
        const changed = events.map((each, index) => {
          const next = index === field.event ? put(each, field.path, field.key, value) : each;
          return isObject(next) ? next : each;
        });
        expect(isShown(fold(changed), field.key)).toBe(true);
      }),
    );
  });

  it("shows whatever stands in an unknown item, block or part", () => {
    fc.assert(
      fc.property(at, name, marked, (index, type, value) => {
        const step = fold(events.toSpliced(index, 0, ...wrap(type, value)));
        expect(JSON.stringify(step.parts)).toContain(MARKER);
      }),
    );
  });

  it("names an unknown event, with what it holds", () => {
    fc.assert(
      fc.property(at, name, marked, (index, type, value) => {
        const step = fold(events.toSpliced(index, 0, event(type, value)));
        expect(isShown(step, type)).toBe(true);
      }),
    );
  });
});
