/** What holds for every answer of Gemini's own API, not only for those that were seen. */
import * as fc from "fast-check";
import { expect, it } from "vitest";

import {
  call,
  chunk,
  finish,
  foldGemini,
  foldGeminiBody,
  geminiSse,
  readGeminiBytes,
  textPart,
  think,
} from "@/lib/providers/__fixtures__/fold-gemini";
import { type BriefPart, brief, briefParts, foldEvents } from "@/lib/providers/__fixtures__/fold-wire";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import type { Step } from "@/lib/stream/turn/turn";

const words = fc.oneof(
  fc.constantFrom(" ", "\n", "Olá", "🙂", "</think>", "[DONE]", "data: x"),
  fc.string({ maxLength: 6 }),
);

/** A part described independently, so that what it must fold to is known. */
type KnownPart =
  | { readonly kind: "text" | "reasoning"; readonly words: string; readonly signature?: string }
  | { readonly kind: "call"; readonly name: string; readonly value: Json };

const knownPart: fc.Arbitrary<KnownPart> = fc.oneof(
  fc.record({ kind: fc.constantFrom("text" as const, "reasoning" as const), words }),
  fc.record({ kind: fc.constant("text" as const), words, signature: fc.constant("SIG") }),
  fc.record({
    kind: fc.constant("call" as const),
    name: fc.constantFrom("add", "weather"),
    value: fc.oneof(fc.integer(), fc.string(), fc.constantFrom<Json>(null, [1, null], { x: "y" })),
  }),
);
const knownChunks = fc.array(fc.array(knownPart, { maxLength: 3 }), { maxLength: 6 });

function partOf(piece: KnownPart): JsonObject {
  if (piece.kind === "call") return call(piece.name, { value: piece.value });
  return piece.kind === "text" ? textPart(piece.words, piece.signature) : think(piece.words);
}

function answerOf(chunks: readonly (readonly KnownPart[])[]): JsonObject[] {
  return [...chunks.map((pieces) => chunk(pieces.map(partOf))), finish("STOP")];
}

function expectedParts(chunks: readonly (readonly KnownPart[])[]): readonly BriefPart[] {
  const parts: BriefPart[] = [];
  for (const piece of chunks.flat()) {
    const last = parts.at(-1);
    if (piece.kind === "call") {
      const input = JSON.stringify({ value: piece.value });
      parts.push(["call", null, piece.name, input, "awaiting-result"]);
    } else if (piece.words === "") {
      // Thoughts known only by a signature, before anything else.
      if (piece.signature !== undefined && last === undefined) parts.push(["reasoning", ""]);
    } else if (last?.[0] === piece.kind) parts[parts.length - 1] = [last[0], last[1] + piece.words];
    else parts.push([piece.kind, piece.words]);
  }
  return parts;
}

const grounded: JsonObject = {
  groundingMetadata: {
    webSearchQueries: ["q", 3],
    groundingChunks: [{ web: { uri: "https://a.example" } }, null, { web: {} }],
    groundingSupports: [
      { segment: { startIndex: 1, endIndex: 3 }, groundingChunkIndices: [0, 1, -1, "0"] },
      { segment: { startIndex: -1, endIndex: 1e9, text: "Olá" }, groundingChunkIndices: [0] },
      null,
    ],
  },
};

/** Anything a server might send, sense or not. */
const anyPart = fc.oneof(
  knownPart.map(partOf),
  fc.constantFrom<Json>(
    null,
    3,
    {},
    { text: 3, thoughtSignature: "S" },
    { thoughtSignature: "S" },
    { text: "", thought: true, thoughtSignature: "S" },
    { functionCall: {} },
    { functionCall: { name: 3, args: "x", id: "__proto__" }, thoughtSignature: "" },
    { executableCode: { code: "1", id: "a" } },
    { codeExecutionResult: { output: "1", id: "?" } },
    { toolCall: { toolType: "URL_CONTEXT", id: "b" } },
    { toolResponse: { id: "b" } },
    { inlineData: { mimeType: "image/png" } },
    { hologram: {} },
  ),
);
const anything = fc.oneof(
  fc.array(anyPart, { maxLength: 3 }).map((parts) => chunk(parts)),
  fc.constantFrom<JsonObject | string>(
    finish("STOP"),
    finish("MALFORMED_FUNCTION_CALL"),
    finish("SAFETY", { finishMessage: "m" }),
    chunk([], grounded),
    finish("STOP", grounded),
    { candidates: [], usageMetadata: { promptTokenCount: 1 } },
    { promptFeedback: { blockReason: "OTHER" } },
    { candidates: [{ index: "0" }, null] },
    { error: { code: 500, message: "no" } },
    ": comment\r\n\r\n",
    "data: {oops\r\n\r\n",
    "data: [{}, 3]\r\n\r\n",
    "event: mystery\r\ndata: {}\r\n\r\n",
    "data: [DONE]\r\n\r\n",
  ),
);

it("the reader makes the same step of any split of the bytes", () => {
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 12 }), fc.integer({ min: 1, max: 60 }), (chunks, size) => {
      const bytes = new TextEncoder().encode(geminiSse(...chunks));
      const step = (reads: number): Step =>
        foldEvents(readGeminiBytes(bytes, { size: reads }).map(({ event }) => ({ at: 0, event })));
      expect(step(size)).toEqual(step(bytes.length || 1));
    }),
  );
});

it("the reader ends every prefix of the chunks in exactly one way, and starts each part once, before its deltas", () => {
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 12 }), (chunks) => {
      const read = readGeminiBytes(new TextEncoder().encode(geminiSse(...chunks)));
      const started = new Set<string>();
      for (const { event } of read) {
        if (!("id" in event) || event.type === "response-start") continue;
        if (event.type.endsWith("-start")) expect(started.has(event.id)).toBe(false);
        if (/-start$|^(?:unknown-part|image)$/.test(event.type)) started.add(event.id);
        expect(started.has(event.id)).toBe(true);
      }
      expect(
        read.filter(({ event }) => event.type === "step-end" || event.type === "step-fail"),
      ).toHaveLength(1);
      expect(["done", "truncated", "failed"]).toContain(foldEvents(read).status.state);
    }),
  );
});

it("the reader loses and doubles no text, and keeps the order of parts, streamed or whole", () => {
  fc.assert(
    fc.property(knownChunks, (chunks) => {
      const expected = expectedParts(chunks);
      expect(briefParts(foldGemini(geminiSse(...answerOf(chunks))))).toEqual(expected);
      expect(briefParts(foldGeminiBody(answerOf(chunks)))).toEqual(expected);
      const whole = chunk(chunks.flat().map(partOf), { finishReason: "STOP" });
      expect(briefParts(foldGeminiBody(whole))).toEqual(expected);
    }),
  );
});

it("the reader keeps every signature", () => {
  fc.assert(
    fc.property(knownChunks, (chunks) => {
      const signed = chunks.flat().filter((piece) => "signature" in piece).length;
      const step = foldGemini(geminiSse(...answerOf(chunks)));
      expect(step.parts.flatMap(({ replay }) => replay)).toHaveLength(signed);
    }),
  );
});

it("the reader cites nothing outside the text, and nothing that is not in it", () => {
  const source = { web: { uri: "https://a.example", title: "a" } };
  const segment = fc.record(
    { startIndex: fc.nat(30), endIndex: fc.nat(30), text: words, partIndex: fc.nat(2) },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 6 }), fc.array(segment, { maxLength: 6 }), (said, segments) => {
      const supports = segments.map((each) => ({ segment: each, groundingChunkIndices: [0] }));
      const metadata = { groundingChunks: [source], groundingSupports: supports };
      const parts = said.flatMap((text, at) =>
        at % 2 === 0 ? [textPart(text)] : [call("f", {}), textPart(text)],
      );
      const step = foldGemini(geminiSse(chunk(parts), finish("STOP", { groundingMetadata: metadata })));
      for (const part of step.parts) {
        if (part.type !== "text") continue;
        for (const { start, end } of part.citations) {
          if (start === null || end === null) expect([start, end]).toEqual([null, null]);
          else expect(start >= 0 && start < end && end <= part.text.length).toBe(true);
        }
      }
    }),
  );
});

/** Every key of every object in another order. */
function permuteObject(object: JsonObject): JsonObject {
  const entries = Object.entries(object).map(([key, item]) => [key, permute(item)] as const);
  return Object.fromEntries(entries.toReversed());
}

function permute(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => permute(item));
  return isObject(value) ? permuteObject(value) : value;
}

it("the reader finds the same with other line ends, comments, unknown events and fields, and keys in another order", () => {
  const noise = fc.constantFrom(": ping\n\n", "\n", "event: mystery\ndata: {}\n\n", 'data: {"wave":{}}\n\n');
  fc.assert(
    fc.property(
      knownChunks,
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.infiniteStream(fc.option(noise, { freq: 3 })),
      fc.integer({ min: 1, max: 40 }),
      (chunks, lineEnd, extra, size) => {
        const plain = answerOf(chunks);
        const noisy = plain.flatMap((each) => {
          const changed = permuteObject({ ...each, mood: "fine", createTime: "2026", nested: { x: [] } });
          const odd = extra.next().value;
          return odd === null ? [changed] : [changed, odd];
        });
        const changed = geminiSse(...noisy)
          .replaceAll("\r\n", "\n")
          .replaceAll("\n", lineEnd);
        expect(brief(foldGemini(changed, { size }))).toEqual(brief(foldGemini(geminiSse(...plain))));
      },
    ),
  );
});

function saying(parts: readonly BriefPart[]): string {
  return parts.map((part) => `${part[0]}:${part.length === 2 ? part[1] : part[3]}`).join("|");
}

it("an answer cut at any byte keeps what was received and is truncated unless it was complete", () => {
  fc.assert(
    fc.property(knownChunks, fc.nat(), (chunks, at) => {
      const bytes = new TextEncoder().encode(geminiSse(...answerOf(chunks)));
      const whole = foldEvents(readGeminiBytes(bytes));
      const kept = bytes.subarray(0, 1 + (at % bytes.length));
      const step = foldEvents(readGeminiBytes(kept));
      expect(saying(briefParts(whole)).startsWith(saying(briefParts(step)))).toBe(true);
      const received = new TextDecoder().decode(kept);
      // A whole last event counts without its blank line.
      const sent = new TextDecoder()
        .decode(bytes)
        .split("\r\n\r\n")
        .filter((frame) => frame !== "");
      const frames = received
        .split("\r\n\r\n")
        .filter((frame, index) => frame.trimEnd() === sent[index]).length;
      if (frames === 0) expect(step.status.state).toBe("failed");
      else expect(step.status.state).toBe(frames > chunks.length ? "done" : "truncated");
    }),
  );
});
