/** Short ways to look at what was read, for tests. */
import { bindDialect } from "@/lib/providers/dialects/bind-dialect";
import { chatQuirks } from "@/lib/providers/presets/chat-quirks";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";
import type { Part } from "@/lib/stream/turn/turn";
import { openWire } from "@/lib/stream/wire/wire";
import type { Exchange } from "@/lib/tape/exchange";
import { bodyOf } from "@/lib/tape/formats/body-bytes";
import type { ReadFile } from "@/lib/tape/formats/found";
import { contentTypeOf } from "@/lib/tape/formats/judge-exchange";

/** The exchanges of a file that must be readable. */
export function exchangesOf(read: ReadFile): readonly Exchange[] {
  if (!read.ok) throw new Error(read.reason);
  return read.exchanges.map(({ exchange }) => exchange);
}

/** The first exchange of a file that must have one. */
export function firstOf(read: ReadFile): Exchange {
  const [first] = exchangesOf(read);
  if (first === undefined) throw new Error("The file has no exchange.");
  return first;
}

/** Bodies with one character for each byte, so that a difference can be seen. */
export function bodiesOf(exchanges: readonly Exchange[]): readonly string[] {
  const latin = new TextDecoder("latin1");
  return exchanges.map((exchange) => latin.decode(bodyOf(exchange)));
}

/** A body as text. */
export function textOf(exchange: Exchange): string {
  return new TextDecoder().decode(bodyOf(exchange));
}

/** Thoughts, texts and calls of the answer in chat completions, each as one line. */
export function saidIn(exchange: Exchange): readonly string[] {
  const { dialect, quirks } = { dialect: "chat-completions" as const, quirks: chatQuirks() };
  const reader = bindDialect({ dialect, quirks }).open("auto");
  const head = {
    status: exchange.status,
    contentType: contentTypeOf(exchange),
    requestId: null,
    connectMs: null,
    headersMs: 0,
  };
  const wire = openWire({ reader, head, isStreamed: head.contentType === "text/event-stream" });
  const request = { provider: "", dialect, model: "", endpoint: null };
  const start = fold(emptyTurn(), { at: 0, event: { type: "step-start", stepId: "step", request } });
  const events = [
    ...exchange.chunks.flatMap(({ us, bytes }) => wire.push(bytes, us / 1000)),
    ...wire.end((exchange.end?.us ?? 0) / 1000),
  ];
  return events.reduce(fold, start).steps.flatMap((step) => step.parts.map(lineOf));
}

function lineOf(part: Part): string {
  switch (part.type) {
    case "reasoning":
      return `thought: ${part.text}`;
    case "text":
      return `text: ${part.text}`;
    case "tool-call":
      return `call ${part.callId ?? "–"}: ${part.name}(${part.input})`;
    case "provider-call":
    case "image":
    case "unknown":
      return part.type;
  }
}
