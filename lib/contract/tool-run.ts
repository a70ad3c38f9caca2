/**
 * `POST /api/tools/…`: tools that the server runs for the page. A run is started and then asked for its events until it
 * is done: it holds none of the browser's few connections while it works or waits for a person's answer.
 */
import * as z from "zod/mini";

import type { JsonObject } from "@/lib/stream/turn/json";

import { jsonObjectSchema, jsonSchema } from "./json-schema";
import { serverBindingSchema } from "./tool-binding";

const text = z.string();
/** Random, and chosen by the page: whoever knows it may ask for the run. */
const runId = z.string().check(z.regex(/^[\da-f-]{32,40}$/));

const questionSchema = z.object({
  id: text,
  from: text,
  message: text,
  form: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("fields"), schema: jsonObjectSchema }),
    z.object({ kind: z.literal("url"), url: text }),
  ]),
});

/** An event of a tool that the server runs: `ToolRunEvent` of `lib/tools/tool-run`. The last one is `end` or `fail`. */
const eventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("progress"), text }),
  z.object({ type: z.literal("ask"), question: z.nullable(questionSchema) }),
  z.object({
    type: z.literal("end"),
    result: z.object({
      output: text,
      isError: z.boolean(),
      origin: z.discriminatedUnion("by", [
        z.object({ by: z.literal("http"), status: z.number() }),
        z.object({ by: z.literal("mcp"), server: text, tool: text }),
      ]),
      received: z.exactOptional(jsonSchema),
    }),
  }),
  z.object({
    type: z.literal("fail"),
    message: text,
    reason: z.exactOptional(z.literal("tool-changed")),
  }),
]);

/** What happened since the last time it was asked. `next`: what to ask from. `isDone`: nothing more will come. */
const eventsReply = z.object({
  run: runId,
  events: z.array(eventSchema),
  next: z.number(),
  isDone: z.boolean(),
});

/** The request and the reply of each call, by the last part of its path. */
export const TOOL_CALLS = {
  /** Starts a run; replies with what happened within a moment. Started again with the same id, it is not run again. */
  start: {
    request: z.strictObject({ run: runId, binding: serverBindingSchema, args: jsonObjectSchema }),
    reply: eventsReply,
  },
  /** Events from `from` on; waits up to a second for one. A run that nobody asks for within a minute is stopped. */
  events: {
    request: z.strictObject({ run: runId, from: z.int().check(z.nonnegative()) }),
    reply: eventsReply,
  },
  /** A person's answer to what a running tool asked. */
  answer: {
    request: z.strictObject({
      run: runId,
      question: text,
      action: z.enum(["accept", "decline", "cancel"]),
      /** The filled-in fields; null unless accepted. */
      content: z.nullable(jsonObjectSchema),
    }),
    reply: z.object({ ok: z.boolean() }),
  },
  stop: { request: z.strictObject({ run: runId }), reply: z.object({ ok: z.boolean() }) },
  /** The secrets that a tool may name: no value, and not where each may go. */
  secrets: { request: z.strictObject({}), reply: z.object({ names: z.array(text) }) },
};

/** What a person answers to a question of a tool. `content`: the filled-in fields; null unless accepted. */
export type QuestionAnswer = {
  readonly action: "accept" | "decline" | "cancel";
  readonly content: JsonObject | null;
};

/** The id of a run's nth question. It leads back to the run. */
export function questionId(run: string, count: number): string {
  return `${run}/${count}`;
}

/** The run that asked a question. */
export function runOfQuestion(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf("/")));
}
