/**
 * Reads conversations as OpenAI's chat API has them: JSON Lines of `{ messages, tools }`, as fine-tuning takes them, or one
 * such object or list of messages. Pure.
 */
import * as z from "zod/mini";

import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, isList } from "@/lib/stream/turn/json-read";
import type { Exchange } from "@/lib/tape/exchange";
import { checkedJson } from "@/lib/tape/formats/checked-json";
import { MOST_EXCHANGES, type Notes, openNotes, type ReadFile, refuse } from "@/lib/tape/formats/found";
import { told } from "@/lib/tape/formats/lenient";
import { madeExchange, type MadePart, replyFrames, wordsOf } from "@/lib/tape/formats/scripted/made-reply";

import { lintCalls } from "./lint-calls";

const messageSchema = z.looseObject({ role: z.string() });
const callSchema = z.object({
  id: told(z.string()),
  function: z.object({ name: z.string(), arguments: z.optional(z.unknown()) }),
});
const answerSchema = z.looseObject({
  content: z.optional(z.unknown()),
  reasoning_content: told(z.string()),
  reasoning: told(z.string()),
  refusal: told(z.string()),
  tool_calls: z.optional(z.nullable(z.array(callSchema))),
});

export const MESSAGES_FROM = "OpenAI messages";

/** Characters of all requests together: each holds all messages before it. */
const MOST_REQUEST_CHARS = 50_000_000;
/** Pieces of all answers together: each is an event, and a page that plays them holds all of them. */
const MOST_PIECES = 100_000;
/** Of a word with the space before it. */
const WORD_CHARACTERS = 6;
/** µs between pieces. */
const GAP_US = 20_000;

/** One exchange for each answer in each conversation, or why there are none, with the line. Never throws. */
export function readMessages(text: string): ReadFile {
  const rows = rowsOf(text);
  if (!rows.ok) return rows;
  const notes = openNotes();
  const exchanges: Exchange[] = [];
  const words = wordsPerPiece(rows.value);
  if (words > 1)
    notes.add(`The answers are so long together that the pieces of their streams have ${words} words each.`);
  const made: Made = { exchanges, notes, cut: wordsOf(words), charsLeft: MOST_REQUEST_CHARS };
  for (const { place, value } of rows.value) {
    const conversation = conversationOf(value);
    if (conversation === null)
      return refuse(`${place} has no list of messages. OpenAI's format is {"messages": […]} on each line.`);
    const problem = addConversation(conversation, place, made);
    if (problem !== null) return refuse(problem);
  }
  if (exchanges.length === 0) return refuse("The conversations have no answer of a model to replay.");
  notes.add(
    "The file holds conversations, not what crossed the wire: the streams were made by Vitrine and are replayed evenly.",
  );
  return {
    ok: true,
    exchanges: exchanges.map((exchange) => ({ exchange, refusal: null })),
    notes: notes.all(),
  };
}

type Row = { readonly place: string; readonly value: Json };

type Rows =
  | { readonly ok: true; readonly value: readonly Row[] }
  | { readonly ok: false; readonly reason: string };

/** The lines of the file; one JSON value over many lines is one row. */
function rowsOf(text: string): Rows {
  const whole = checkedJson(text, "The file");
  if (whole.ok) return { ok: true, value: [{ place: "The file", value: whole.value }] };
  const rows: Row[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/u, "")
    .split(/\r\n|\r|\n/u)
    .entries()) {
    if (line.trim() === "") continue;
    const place = `Line ${String(index + 1)}`;
    const read = checkedJson(line, place);
    if (!read.ok) return read;
    rows.push({ place, value: read.value });
  }
  return rows.length === 0 ? refuse("The file is empty.") : { ok: true, value: rows };
}

/** Words that a piece has, so that there are not too many pieces in all. */
function wordsPerPiece(rows: readonly Row[]): number {
  const answers = rows.flatMap(({ value }) => conversationOf(value)?.messages.filter(isAnswer) ?? []);
  const characters = answers.reduce((sum: number, answer) => sum + JSON.stringify(answer).length, 0);
  return Math.max(1, Math.ceil(characters / WORD_CHARACTERS / MOST_PIECES));
}

function isAnswer(message: Json): boolean {
  return asObject(message)?.["role"] === "assistant";
}

type Conversation = { readonly messages: readonly Json[]; readonly rest: JsonObject };

function conversationOf(value: Json): Conversation | null {
  if (isList(value)) return { messages: value, rest: {} };
  const whole = asObject(value);
  // A line of a batch file holds the request in its body.
  const row = asObject(whole?.["body"]) ?? whole;
  const messages = row?.["messages"];
  if (row === null || !isList(messages)) return null;
  const kept = ["model", "tools", "parallel_tool_calls"].flatMap((key) => {
    const field = row[key];
    return field === undefined ? [] : [[key, field] as const];
  });
  return { messages, rest: Object.fromEntries(kept) };
}

type Made = {
  readonly exchanges: Exchange[];
  readonly notes: Notes;
  /** Into the pieces of a stream. */
  readonly cut: (text: string) => readonly string[];
  /** Characters that further requests may have. */
  charsLeft: number;
};

/** Adds the exchanges of a conversation. What is wrong with it, or null. */
function addConversation({ messages, rest }: Conversation, place: string, made: Made): string | null {
  for (const [index, message] of messages.entries()) {
    const where = `${place}, message ${String(index + 1)}`;
    const parsed = messageSchema.safeParse(message);
    if (!parsed.success) return `${where} has no role.`;
    if (parsed.data.role !== "assistant") continue;
    const answer = answerSchema.safeParse(message);
    if (!answer.success) {
      const [issue] = answer.error.issues;
      return `${where} is broken at ${(issue?.path ?? []).map(String).join(".")}: ${issue?.message ?? ""}.`;
    }
    const at = { where, notes: made.notes, cut: made.cut };
    const exchange = madeAnswer(answer.data, messages.slice(0, index), rest, at);
    made.charsLeft -= exchange.requestBody.length;
    if (made.charsLeft < 0 || made.exchanges.length >= MOST_EXCHANGES)
      return `${where}: the conversations have more answers than Vitrine replays at once. Split the file.`;
    made.exchanges.push(exchange);
  }
  for (const problem of lintCalls(messages)) made.notes.add(`${place}: ${problem}`);
  return null;
}

type At = Pick<Made, "notes" | "cut"> & { readonly where: string };

function madeAnswer(
  answer: z.infer<typeof answerSchema>,
  before: readonly Json[],
  rest: JsonObject,
  at: At,
): Exchange {
  const model = rest["model"];
  const frames = replyFrames(
    {
      id: null,
      model: typeof model === "string" ? model : "unknown",
      parts: partsOf(answer, at),
      finish: null,
      usage: null,
    },
    at.cut,
  );
  return madeExchange({
    from: MESSAGES_FROM,
    requestBody: { ...rest, stream: true, messages: before },
    frames,
    times: frames.map((_frame, index) => (index + 1) * GAP_US),
    timing: "missing",
  });
}

function partsOf(answer: z.infer<typeof answerSchema>, { where, notes }: At): readonly MadePart[] {
  const thought = answer.reasoning_content ?? answer.reasoning ?? "";
  const text = textOf(answer.content, where, notes) + (answer.refusal ?? "");
  const calls = (answer.tool_calls ?? []).map((call): MadePart => {
    const input = call.function.arguments;
    if (typeof input !== "string")
      notes.add(`${where}: the arguments of a call must be a string; they are written as one.`);
    return {
      kind: "call",
      id: call.id ?? null,
      name: call.function.name,
      input: typeof input === "string" ? input : (JSON.stringify(input) ?? ""),
    };
  });
  return [
    ...(thought === "" ? [] : [{ kind: "reasoning", text: thought } as const]),
    ...(text === "" ? [] : [{ kind: "text", text } as const]),
    ...calls,
  ];
}

const partSchema = z.looseObject({ type: z.literal("text"), text: z.string() });

function textOf(content: unknown, where: string, notes: Notes): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .map((part) => {
      const text = partSchema.safeParse(part);
      if (!text.success) notes.add(`${where}: parts that are not text are left out.`);
      return text.success ? text.data.text : "";
    })
    .join("");
}
