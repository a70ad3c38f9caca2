/**
 * Reads fixtures of aimock (github.com/CopilotKit/aimock): what a mock answers to a matching request, with recorded times
 * where there are any. Pure.
 */
import * as z from "zod/mini";

import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, isList, isObject } from "@/lib/stream/turn/json-read";
import type { Exchange } from "@/lib/tape/exchange";
import { toBytes } from "@/lib/tape/formats/body-bytes";
import { checkedJson } from "@/lib/tape/formats/checked-json";
import {
  type FoundExchange,
  LONGEST_US,
  MOST_EXCHANGES,
  type Notes,
  openNotes,
  type ReadFile,
  refuse,
} from "@/lib/tape/formats/found";
import { told } from "@/lib/tape/formats/lenient";
import {
  madeExchange,
  madeHeader,
  type MadePart,
  piecesOf,
  replyFrames,
} from "@/lib/tape/formats/scripted/made-reply";

const json = z.optional(z.unknown());
const callSchema = z.object({ name: z.string(), arguments: json, id: told(z.string()) });
const blockSchema = z.union([
  z.object({ type: z.literal("text"), text: z.string() }),
  z.object({ type: z.literal("toolCall"), name: z.string(), arguments: json, id: told(z.string()) }),
]);
const answerSchema = z.object({
  content: json,
  reasoning: told(z.string()),
  toolCalls: z.optional(z.array(callSchema)),
  blocks: z.optional(z.array(blockSchema)),
  id: told(z.string()),
  model: told(z.string()),
  finishReason: told(z.string()),
});

type Answer = z.infer<typeof answerSchema>;

const FROM = "aimock fixture";

/** One exchange for each fixture, or why there are none. Never throws. */
export function readAimock(text: string): ReadFile {
  const read = checkedJson(text, "The fixture file");
  if (!read.ok) return read;
  const whole = asObject(read.value);
  const fixtures = whole?.["fixtures"];
  if (!isList(fixtures)) return refuse('This is not a file of aimock: it has no list of "fixtures".');
  if (fixtures.length > MOST_EXCHANGES)
    return refuse(`The file has more than ${MOST_EXCHANGES.toLocaleString("en-US")} fixtures.`);
  const notes = openNotes();
  if (fixtures.length > 0)
    notes.add(
      "A fixture holds what a mock answers, not what crossed the wire: the streams and requests were made by Vitrine.",
    );
  const exchanges: FoundExchange[] = [];
  for (const [index, value] of fixtures.entries()) {
    const fixture = asObject(value);
    const found =
      fixture === null
        ? `Fixture ${String(index + 1)} is not an object.`
        : readFixture(fixture, index, notes);
    if (typeof found === "string") return refuse(found);
    exchanges.push(found);
  }
  return { ok: true, exchanges, notes: notes.all() };
}

function readFixture(fixture: JsonObject, index: number, notes: Notes): FoundExchange | string {
  const place = `Fixture ${String(index + 1)}`;
  const response = asObject(fixture["response"]);
  if (response === null) return `${place} has no response.`;
  const requestBody = requestOf(asObject(fixture["match"]));
  if (isObject(response["error"])) return failed(response, requestBody);
  const kind = OTHER_KINDS.find((key) => response[key] !== undefined);
  if (kind !== undefined)
    return other(
      response,
      requestBody,
      `${place} answers with ${WORDS[kind]}, which is no answer of a chat.`,
    );
  const parsed = answerSchema.safeParse(response);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `${place} is broken at response.${(issue?.path ?? []).map(String).join(".")}: ${issue?.message ?? ""}.`;
  }
  const parts = partsOf(parsed.data);
  if (parts.length === 0 && typeof response["content"] !== "string")
    return `${place} has a response that Vitrine doesn't know.`;
  noteIgnored(fixture, place, notes);
  return {
    exchange: streamed(fixture, parsed.data, parts, { requestBody, usage: usageOf(response), place, notes }),
    refusal: null,
  };
}

/** What a fixture may answer that is no answer of a chat. */
const OTHER_KINDS = ["embedding", "image", "images", "audio", "transcription", "video", "json"] as const;
const WORDS: Readonly<Record<(typeof OTHER_KINDS)[number], string>> = {
  embedding: "an embedding",
  image: "an image",
  images: "images",
  audio: "audio",
  transcription: "a transcription",
  video: "a video",
  json: "JSON of another API",
};

function requestOf(match: JsonObject | null): Json {
  const words = match?.["userMessage"] ?? match?.["inputText"];
  const system = match?.["systemMessage"];
  return {
    model: typeof match?.["model"] === "string" ? match["model"] : "aimock",
    stream: true,
    messages: [
      ...(typeof system === "string" ? [{ role: "system", content: system }] : []),
      { role: "user", content: typeof words === "string" ? words : "" },
    ],
  };
}

function inOnePiece(body: Json, status: number, requestBody: Json): Exchange {
  return {
    method: "POST",
    url: "",
    requestHeaders: [["content-type", "application/json"]],
    requestBody: JSON.stringify(requestBody),
    startedAt: null,
    status,
    statusText: "",
    headers: [["content-type", "application/json"], madeHeader(FROM)],
    headUs: null,
    chunks: [{ us: 0, bytes: toBytes(JSON.stringify(body)) }],
    timing: "missing",
    end: { us: 0, how: "closed" },
  };
}

function failed(response: JsonObject, requestBody: Json): FoundExchange {
  const status = response["status"];
  const isStatus = typeof status === "number" && Number.isInteger(status) && status >= 400 && status <= 599;
  return {
    exchange: inOnePiece({ error: response["error"] ?? null }, isStatus ? status : 500, requestBody),
    refusal: null,
  };
}

function other(response: JsonObject, requestBody: Json, refusal: string): FoundExchange {
  return { exchange: inOnePiece(response, 200, requestBody), refusal };
}

function partsOf({ content, reasoning, toolCalls, blocks }: Answer): readonly MadePart[] {
  const thought: readonly MadePart[] = reasoning ? [{ kind: "reasoning", text: reasoning }] : [];
  if (blocks !== undefined)
    return [
      ...thought,
      ...blocks.map((block): MadePart =>
        block.type === "text" ? { kind: "text", text: block.text } : callOf(block),
      ),
    ];
  const text =
    typeof content === "string" || content === undefined || content === null
      ? content
      : JSON.stringify(content);
  return [...thought, ...(text ? [{ kind: "text", text } as const] : []), ...(toolCalls ?? []).map(callOf)];
}

function callOf({ id, name, ...call }: z.infer<typeof callSchema>): MadePart {
  // The loader of aimock writes objects as text, too.
  const input = typeof call.arguments === "string" ? call.arguments : (JSON.stringify(call.arguments) ?? "");
  return { kind: "call", id: id ?? null, name, input };
}

function usageOf(response: JsonObject): Json {
  return response["usage"] ?? null;
}

/** What of a fixture is for the mock alone. */
const IGNORED = ["latency", "disconnectAfterMs", "truncateAfterChunks", "replaySpeed", "chaos"] as const;

function noteIgnored(fixture: JsonObject, place: string, notes: Notes): void {
  const names = IGNORED.filter((name) => fixture[name] !== undefined && fixture[name] !== null);
  if (names.length > 0) notes.add(`${place}: ${names.join(", ")} is for the mock alone and is left out.`);
}

const CHUNK_CHARS = 20;
const MOST_PIECES = 20_000;
/** µs between pieces where nothing was recorded. */
const GAP_US = 20_000;

type Made = {
  readonly requestBody: Json;
  readonly usage: Json;
  readonly place: string;
  readonly notes: Notes;
};

function streamed(
  fixture: JsonObject,
  answer: Answer,
  parts: readonly MadePart[],
  { requestBody, usage, place, notes }: Made,
): Exchange {
  const gaps = readGaps(fixture, place, notes);
  const chars = parts.reduce((sum, part) => sum + (part.kind === "call" ? part.input : part.text).length, 0);
  // One piece for each time that was recorded; otherwise pieces as the mock cuts them.
  const pieces = gaps.isMeasured ? Math.max(1, gaps.us.length - 2) : chars / chunkChars(fixture);
  const size = Math.ceil(chars / Math.min(Math.max(1, pieces), MOST_PIECES));
  const frames = replyFrames(
    {
      id: answer.id ?? null,
      model: answer.model ?? "aimock",
      parts,
      finish: answer.finishReason ?? null,
      usage,
    },
    piecesOf(size),
  );
  const times: number[] = [];
  let us = 0;
  for (const index of frames.keys()) {
    us = Math.min(us + (gaps.us[index] ?? gaps.rest), LONGEST_US);
    times.push(us);
  }
  return madeExchange({
    from: FROM,
    requestBody,
    frames,
    times,
    timing: gaps.isMeasured ? "measured" : "missing",
  });
}

function chunkChars(fixture: JsonObject): number {
  const size = fixture["chunkSize"];
  return typeof size === "number" && size >= 1 && size <= 1e6 ? Math.floor(size) : CHUNK_CHARS;
}

type Gaps = {
  /** µs before each event, as far as they are known. */
  readonly us: readonly number[];
  /** µs before each further one. */
  readonly rest: number;
  readonly isMeasured: boolean;
};

/** A profile counts before what was recorded, as the mock has it; times that cannot be are dropped, as the mock does. */
function readGaps(fixture: JsonObject, place: string, notes: Notes): Gaps {
  const profile = asObject(fixture["streamingProfile"]);
  if (profile !== null) {
    notes.add(`${place}: the times are those of its streaming profile, which nobody measured.`);
    const perSecond = amount(profile["tps"]);
    const gap = perSecond === null || perSecond === 0 ? GAP_US : 1e6 / perSecond;
    return {
      us: [(amount(profile["ttft"]) ?? 0) * 1000].map(Math.round),
      rest: Math.round(gap),
      isMeasured: false,
    };
  }
  const recorded = asObject(fixture["recordedTimings"]);
  if (recorded === null) {
    notes.add(`${place}: no times were recorded; it is replayed evenly.`);
    return { us: [], rest: GAP_US, isMeasured: false };
  }
  const list = recorded["interChunkDelaysMs"];
  const delays = isList(list) ? list.map(amount) : [];
  const sane = delays.filter((delay) => delay !== null);
  if (sane.length < delays.length) notes.add(`${place}: times that are not numbers from 0 on are left out.`);
  const us = [amount(recorded["ttftMs"]) ?? 0, ...sane].map((ms) => Math.round(ms * 1000));
  return { us: us.slice(0, MOST_PIECES), rest: 0, isMeasured: true };
}

function amount(value: Json | undefined): number | null {
  return typeof value === "number" && Number.isFinite(value) && value >= 0
    ? Math.min(value, LONGEST_US / 1000)
    : null;
}
