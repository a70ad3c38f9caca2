import type { DialectId } from "@/lib/providers/dialect-id";
import { openAnthropic } from "@/lib/providers/dialects/anthropic/reader";
import { openChatCompletions } from "@/lib/providers/dialects/chat/reader";
import { openGemini } from "@/lib/providers/dialects/gemini/reader";
import { openResponses } from "@/lib/providers/dialects/responses/reader";
import { chatQuirks } from "@/lib/providers/presets/chat-quirks";
import { responsesQuirks } from "@/lib/providers/presets/responses-quirks";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";
import { isObject, parseJson, textAt } from "@/lib/stream/turn/json-read";
import type { Step, Turn } from "@/lib/stream/turn/turn";
import { declaredKind } from "@/lib/stream/wire/sniff-body";
import { openWire } from "@/lib/stream/wire/wire";
import type { DialectReader } from "@/lib/stream/wire/wire-body";

import { describeStep } from "./describe-step";
import type { RecordedExchange } from "./recording";

/** Bytes per read. The answer must not depend on it. */
const READS = [1, 7, 4096];

/** A recording does not say which preset made it; the reader finds each server's shapes by itself. */
const QUIRKS = chatQuirks({ effortShape: "none" });

export type FoldedExchange =
  | { readonly kind: "folded"; readonly line: string }
  | { readonly kind: "unsupported"; readonly dialect: string }
  /** Two ways to cut the same bytes gave two answers: a bug of ours. */
  | { readonly kind: "unstable"; readonly message: string };

/** One exchange through the product's own wire, dialect and fold, as one line of JSON. */
export function foldExchange(file: string, exchange: RecordedExchange): FoldedExchange {
  const dialect = exchange.dialect === null ? "unknown" : NAMES[exchange.dialect];
  const open = READERS[dialect];
  if (open === undefined) return { kind: "unsupported", dialect };
  const lines = READS.map((size) => describe(file, exchange, { dialect, reader: open(), size }));
  const [line = ""] = lines;
  const odd = lines.findIndex((other) => other !== line);
  if (odd === -1) return { kind: "folded", line };
  return {
    kind: "unstable",
    message: `reads of ${String(READS[0])} and ${String(READS[odd])} bytes differ:\n${line}\n${lines[odd] ?? ""}`,
  };
}

/** A reader for each wire format, by the name that the expectations give it. */
const READERS: { readonly [dialect: string]: (() => DialectReader) | undefined } = {
  chat: () => openChatCompletions({ quirks: QUIRKS }),
  anthropic: openAnthropic,
  gemini: openGemini,
  responses: () => openResponses({ quirks: responsesQuirks() }),
};

type Reading = { readonly dialect: string; readonly reader: DialectReader; readonly size: number };

/** What the expectations call each wire format. */
const NAMES: { readonly [D in DialectId]: string } = {
  "chat-completions": "chat",
  anthropic: "anthropic",
  gemini: "gemini",
  responses: "responses",
};

function describe(file: string, exchange: RecordedExchange, reading: Reading): string {
  const step = foldBytes(exchange, reading).steps[0];
  if (step === undefined) throw new Error("A turn that was started has a step.");
  const stream = declaredKind(exchange.contentType) === "sse";
  const row = {
    file,
    index: exchange.index,
    dialect: reading.dialect,
    stream,
    status: exchange.status,
    model_requested: requestedModel(exchange),
    ...describeStep(step),
  };
  // One line, with a blank after each colon and comma. Line breaks inside strings are escaped by then.
  return JSON.stringify(row, null, 1).replaceAll(/,\n */g, ", ").replaceAll(/\n */g, "");
}

function foldBytes(exchange: RecordedExchange, { dialect, reader, size }: Reading): Turn {
  const { status, contentType, body } = exchange;
  const head = { status, contentType, requestId: null, connectMs: null, headersMs: 0 };
  const wire = openWire({ reader, head, isStreamed: declaredKind(contentType) === "sse" });
  const request: Step["request"] = {
    provider: "",
    dialect,
    model: requestedModel(exchange) ?? "",
    endpoint: null,
  };
  let turn = fold(emptyTurn(), { at: 0, event: { type: "step-start", stepId: "step", request } });
  const take = (events: ReturnType<typeof wire.end>): void => {
    for (const event of events) turn = fold(turn, event);
  };
  for (let from = 0; from < body.length; from += size) take(wire.push(body.subarray(from, from + size), 0));
  take(wire.end(0));
  return turn;
}

/** The requested model, from the body or, where providers put it there, the address. */
function requestedModel({ requestBody, url }: RecordedExchange): string | null {
  const request = parseJson(requestBody);
  const named = isObject(request) ? textAt(request, "model") : null;
  const { pathname } = URL.canParse(url) ? new URL(url) : { pathname: "" };
  const inAddress = /\/models?\/([^/:]+)(?::\w+|\/invoke[\w-]*)$/.exec(pathname)?.[1];
  return named ?? (inAddress === undefined ? null : decodeURIComponent(inAddress));
}
