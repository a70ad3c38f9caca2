/** For tests of any dialect: what the page makes of an upstream's bytes, from the wire to the folded step. */

import type { TimedEvent } from "@/lib/stream/turn/event";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { streamedText } from "@/lib/stream/turn/streamed-text";
import type { Part, Step } from "@/lib/stream/turn/turn";
import { openWire } from "@/lib/stream/wire/wire";
import type { DialectReader } from "@/lib/stream/wire/wire-body";

export type WireFoldOptions = {
  readonly contentType?: string;
  readonly status?: number;
  readonly isStreamed?: boolean;
  /** Bytes per read; each read happens 1 ms after the last. */
  readonly size?: number;
};

const START: TimedEvent = {
  at: 0,
  event: {
    type: "step-start",
    stepId: "step",
    request: { provider: "test", dialect: "chat-completions", model: "asked-for", endpoint: null },
  },
};

/** The events of one answer, in order. */
export function readWire(
  reader: DialectReader,
  bytes: Uint8Array,
  options: WireFoldOptions = {},
): readonly TimedEvent[] {
  const { contentType = "text/event-stream", status = 200, isStreamed = true } = options;
  const wire = openWire({
    reader,
    head: { status, contentType, requestId: null, connectMs: null, headersMs: 1 },
    isStreamed,
  });
  const size = options.size ?? Math.max(1, bytes.length);
  const events: TimedEvent[] = [];
  let at = 0;
  for (let from = 0; from < bytes.length; from += size) {
    at += 1;
    events.push(...wire.push(bytes.subarray(from, from + size), at));
  }
  return [...events, ...wire.end(at + 1)];
}

/** The step that these events fold to. */
export function foldEvents(events: readonly TimedEvent[]): Step {
  const turn = [START, ...events].reduce(fold, emptyTurn());
  const [step] = turn.steps;
  if (step === undefined) throw new Error("A started turn has a step.");
  return step;
}

/** The step that this answer folds to. */
export function foldWire(reader: DialectReader, text: string, options: WireFoldOptions = {}): Step {
  return foldEvents(readWire(reader, new TextEncoder().encode(text), options));
}

/** A stream of these chunks. A string is sent as it stands, such as `: comment\n\n`. */
export function sse(...chunks: readonly (JsonObject | string)[]): string {
  return chunks
    .map((chunk) => (typeof chunk === "string" ? chunk : `data: ${JSON.stringify(chunk)}\n\n`))
    .join("");
}

/** A part in one line: what it is, what it says, and for calls how far they came. */
export type BriefPart =
  | readonly ["reasoning" | "text", string]
  | readonly ["image", string]
  | readonly ["unknown", name: string, json: Json]
  | readonly ["call" | "provider-call", id: string | null, name: string, input: string, state: string];

export type BriefStep = {
  readonly state: Step["status"]["state"];
  readonly parts: readonly BriefPart[];
  readonly finish: Step["finish"];
};

export function brief(step: Step): BriefStep {
  return { state: step.status.state, parts: briefParts(step), finish: step.finish };
}

export function briefParts(step: Step): readonly BriefPart[] {
  return step.parts.map(briefPart);
}

function briefPart(part: Part): BriefPart {
  if (part.type === "provider-call")
    return [part.type, part.callId, part.name, part.input, part.status.state];
  if (part.type === "unknown") return [part.type, part.name, part.json];
  if (part.type === "image") {
    const { image } = part;
    return [part.type, image.kind === "data" ? `${image.mediaType} ${image.base64}` : image.reason];
  }
  if (part.type !== "tool-call") return [part.type, part.text];
  const { status } = part;
  const state = status.state === "awaiting-result" && !status.args.valid ? "invalid" : status.state;
  return ["call", part.callId, part.name, part.input, state];
}

/** Characters of all parts that a person could read. */
export function shownLength(step: Step): number {
  return step.parts.reduce((sum, part) => sum + streamedText(part).length, 0);
}

export function warningCodes(step: Step): readonly string[] {
  return step.warnings.map((warning) => warning.code);
}
