/** For tests of the Gemini dialect: short ways to write its chunks, and the step they fold to. */

import { openGemini } from "@/lib/providers/dialects/gemini/reader";
import type { TimedEvent } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import type { Step } from "@/lib/stream/turn/turn";

import { foldWire, readWire, type WireFoldOptions } from "./fold-wire";

/** The events of one answer, in order. */
export function readGeminiBytes(bytes: Uint8Array, options: WireFoldOptions = {}): readonly TimedEvent[] {
  return readWire(openGemini(), bytes, options);
}

export function foldGemini(stream: string, options: WireFoldOptions = {}): Step {
  return foldWire(openGemini(), stream, options);
}

/** An answer that came whole, as JSON. */
export function foldGeminiBody(body: Json, options: WireFoldOptions = {}): Step {
  const text = JSON.stringify(body, null, 2);
  return foldGemini(text, { contentType: "application/json; charset=UTF-8", isStreamed: false, ...options });
}

/** A stream of these chunks, with the line ends of the real one. A string is sent as it stands. */
export function geminiSse(...chunks: readonly (JsonObject | string)[]): string {
  return chunks
    .map((each) => (typeof each === "string" ? each : `data: ${JSON.stringify(each)}\r\n\r\n`))
    .join("");
}

/** A chunk with these parts; `more` goes into its candidate. */
export function chunk(parts: readonly Json[], more: JsonObject = {}): JsonObject {
  return { candidates: [{ content: { parts, role: "model" }, ...more, index: 0 }] };
}

/** The last chunk of an answer, without payload. */
export function finish(reason: string, more: JsonObject = {}): JsonObject {
  return { candidates: [{ content: { role: "model" }, finishReason: reason, ...more, index: 0 }] };
}

export function textPart(text: string, signature?: string): JsonObject {
  return signature === undefined ? { text } : { text, thoughtSignature: signature };
}

export function think(text: string): JsonObject {
  return { text, thought: true };
}

export function call(name: Json, args: Json, more: { id?: Json; signature?: string } = {}): JsonObject {
  const { id, signature } = more;
  return {
    functionCall: { name, args, ...(id === undefined ? {} : { id }) },
    ...(signature === undefined ? {} : { thoughtSignature: signature }),
  };
}

/** The replay data of each part, in order. */
export function replays(step: Step): readonly (readonly Json[])[] {
  return step.parts.map((part) => part.replay);
}
