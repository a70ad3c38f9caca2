/**
 * A stream for an answer whose stream nobody recorded: chat completions, cut into pieces by Vitrine. What holds it says
 * that it was made, in a header and in a note.
 */
import type { Json } from "@/lib/stream/turn/json";
import type { Exchange, HeaderLine } from "@/lib/tape/exchange";
import { toBytes } from "@/lib/tape/formats/body-bytes";

/** A part of an answer, in its order. */
export type MadePart =
  | { readonly kind: "reasoning"; readonly text: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "call"; readonly id: string | null; readonly name: string; readonly input: string };

export type MadeReply = {
  readonly id: string | null;
  readonly model: string;
  readonly parts: readonly MadePart[];
  readonly finish: string | null;
  readonly usage: Json;
};

/** The header that says so. */
export const MADE_FROM = "x-vitrine-made-from";

/** Stands in the answer's headers wherever the exchange goes: its stream was made from this. */
export function madeHeader(from: string): HeaderLine {
  return [MADE_FROM, from];
}

/** The events of a reply as text; `pieces`: how texts and arguments are cut. The last event ends the stream. */
export function replyFrames(reply: MadeReply, cut: (text: string) => readonly string[]): readonly string[] {
  const { id, model, parts, finish, usage } = reply;
  let call = -1;
  const deltas = parts.flatMap((part): readonly Json[] => {
    if (part.kind === "text") return cut(part.text).map((content) => ({ content }));
    if (part.kind === "reasoning") return cut(part.text).map((text) => ({ reasoning_content: text }));
    call += 1;
    const index = call;
    const head = { index, id: part.id, type: "function", function: { name: part.name, arguments: "" } };
    const rest = cut(part.input).map((text) => ({ index, function: { arguments: text } }));
    return [head, ...rest].map((each) => ({ tool_calls: [each] }));
  });
  const chunk = (delta: Json, finish_reason: string | null, more: { readonly usage?: Json } = {}) =>
    frame(
      JSON.stringify({
        ...(id === null ? {} : { id }),
        object: "chat.completion.chunk",
        model,
        choices: [{ index: 0, delta, finish_reason }],
        ...more,
      }),
    );
  return [
    ...deltas.map((delta) => chunk(delta, null)),
    chunk({}, finish ?? (call >= 0 ? "tool_calls" : "stop"), usage === null ? {} : { usage }),
    frame("[DONE]"),
  ];
}

function frame(data: string): string {
  return `data: ${data}\n\n`;
}

/** Cuts a text into pieces of this many characters; no character is cut in two. */
export function piecesOf(size: number): (text: string) => readonly string[] {
  return (text) => {
    const pieces: string[] = [];
    for (let from = 0; from < text.length;) {
      let to = Math.min(text.length, from + Math.max(1, size));
      const code = text.charCodeAt(to);
      if (to < text.length && code >= 0xdc00 && code <= 0xdfff) to += 1;
      pieces.push(text.slice(from, to));
      from = to;
    }
    return pieces;
  };
}

/** Cuts a text before its words, as a model's pieces about are, or before every so many of them. */
export function wordsOf(many = 1): (text: string) => readonly string[] {
  return (text) => {
    const words = text.match(/\s*\S{1,24}|\s+$/gu) ?? [];
    if (many === 1) return words;
    return Array.from({ length: Math.ceil(words.length / many) }, (_piece, index) =>
      words.slice(index * many, (index + 1) * many).join(""),
    );
  };
}

/** An exchange around frames, one read each, at these times; `endUs` is when the stream closed. */
export function madeExchange(options: {
  readonly from: string;
  readonly requestBody: Json;
  readonly frames: readonly string[];
  readonly times: readonly number[];
  readonly timing: Exchange["timing"];
}): Exchange {
  const { frames, times, timing, from } = options;
  const lastUs = times.at(-1) ?? 0;
  return {
    method: "POST",
    url: "",
    requestHeaders: [["content-type", "application/json"]],
    requestBody: JSON.stringify(options.requestBody),
    startedAt: null,
    status: 200,
    statusText: "OK",
    headers: [["content-type", "text/event-stream"], madeHeader(from)],
    headUs: null,
    chunks: frames.map((text, index) => ({ us: times[index] ?? lastUs, bytes: toBytes(text) })),
    timing,
    end: { us: lastUs, how: "closed" },
  };
}
