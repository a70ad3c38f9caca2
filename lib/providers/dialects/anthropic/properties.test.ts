/** What holds for every stream of the Messages API, not only for those that were seen. */
import * as fc from "fast-check";
import { expect, it } from "vitest";

import {
  anthropicSse,
  begin,
  call,
  foldAnthropic,
  grow,
  halt,
  readAnthropicBytes,
  START,
  STOP,
  stopReason,
  text,
  thinking,
} from "@/lib/providers/__fixtures__/fold-anthropic";
import { type BriefPart, brief, briefParts, foldEvents } from "@/lib/providers/__fixtures__/fold-wire";
import { safeJson } from "@/lib/providers/dialects/__fixtures__/safe-json";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import type { Step } from "@/lib/stream/turn/turn";

const RUNS = { numRuns: 1000 };

const words = fc.oneof(
  fc.constantFrom(" ", "\n", "Olá", "🙂", "</think>", "[DONE]", "data: x"),
  fc.string({ minLength: 1, maxLength: 6 }),
);

/** A block described independently, so that the parts it must produce are known. */
type KnownBlock =
  | { readonly kind: "text" | "reasoning"; readonly words: readonly string[]; readonly signature?: string }
  | { readonly kind: "call"; readonly name: string; readonly pieces: readonly string[] };

const knownBlock: fc.Arbitrary<KnownBlock> = fc.oneof(
  fc.record({ kind: fc.constantFrom("text" as const), words: fc.array(words, { maxLength: 3 }) }),
  fc.record(
    {
      kind: fc.constantFrom("reasoning" as const),
      words: fc.array(words, { minLength: 1, maxLength: 3 }),
      signature: fc.constant("SIG"),
    },
    { requiredKeys: ["kind", "words"] },
  ),
  fc.record({
    kind: fc.constantFrom("call" as const),
    name: fc.constantFrom("add", "weather"),
    pieces: safeJson(1).map((value) => cut(JSON.stringify({ value }))),
  }),
);

function cut(input: string): readonly string[] {
  const middle = Math.floor(input.length / 2);
  return ["", input.slice(0, middle), input.slice(middle)];
}

function eventsOf(block: KnownBlock, index: number): JsonObject[] {
  if (block.kind === "call") return call(index, `toolu_${String(index)}`, block.name, ...block.pieces);
  if (block.kind === "text") return text(index, ...block.words);
  return thinking(index, block.words.join(""), block.signature);
}

function streamOf(blocks: readonly KnownBlock[]): JsonObject[] {
  return [START, ...blocks.flatMap(eventsOf), stopReason("end_turn"), STOP];
}

function expectedParts(blocks: readonly KnownBlock[]): readonly BriefPart[] {
  const parts: BriefPart[] = [];
  let isText = false;
  for (const [index, block] of blocks.entries()) {
    if (block.kind === "call") {
      const input = block.pieces.join("");
      parts.push(["call", `toolu_${String(index)}`, block.name, input, "awaiting-result"]);
    } else if (block.words.length > 0) {
      const last = parts.at(-1);
      const saying = block.words.join("");
      if (block.kind === "text" && isText && last?.[0] === "text")
        parts[parts.length - 1] = ["text", last[1] + saying];
      else parts.push([block.kind, saying]);
    }
    if (block.kind !== "text" || block.words.length > 0) isText = block.kind === "text";
  }
  return parts;
}

/** Anything a server might send, sense or not. */
const anyBlock = fc.constantFrom<JsonObject>(
  { type: "text", text: "x", citations: [null, { url: "https://a.example" }] },
  { type: "thinking", thinking: "t", signature: "S" },
  { type: "redacted_thinking", data: "ENC" },
  { type: "tool_use", id: "a", name: "f", input: { x: 1 } },
  { type: "server_tool_use", id: "s", name: "web_search", input: {} },
  {
    type: "web_search_tool_result",
    tool_use_id: "s",
    content: [{ url: "https://a.example", title: 3 }, null],
  },
  { type: "code_execution_tool_result", tool_use_id: "?", content: { stdout: "1" } },
  { type: "hologram" },
  {},
);
const anyDelta = fc.constantFrom<JsonObject>(
  { type: "text_delta", text: "y" },
  { type: "thinking_delta", thinking: "z" },
  { type: "signature_delta", signature: "S2" },
  { type: "input_json_delta", partial_json: '{"q":' },
  { type: "citations_delta", citation: { cited_text: "c" } },
  { type: "h_delta" },
  {},
);
const anyIndex: fc.Arbitrary<Json> = fc.oneof(fc.nat(2), fc.constantFrom(null, -1, "x", "__proto__"));
const anything = fc.oneof(
  fc.tuple(anyIndex, anyBlock).map(([index, block]) => begin(index, block)),
  fc.tuple(anyIndex, anyDelta).map(([index, delta]) => grow(index, delta)),
  anyIndex.map(halt),
  fc.constantFrom<JsonObject | string>(
    START,
    stopReason("tool_use"),
    stopReason(null, null),
    STOP,
    { type: "ping" },
    { type: "message_start" },
    { type: "error" },
    ": comment\n\n",
    "event: content_block_delta\ndata: {oops\n\n",
    "event: mystery\ndata: {}\n\n",
    "data: [DONE]\n\n",
    'data: {"error":{"message":"no"}}\n\n',
  ),
);

it("the reader makes the same step of any split of the bytes", () => {
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 12 }), fc.integer({ min: 1, max: 60 }), (events, size) => {
      const bytes = new TextEncoder().encode(anthropicSse(...events));
      const step = (reads: number): Step =>
        foldEvents(readAnthropicBytes(bytes, { size: reads }).map(({ event }) => ({ at: 0, event })));
      expect(step(size)).toEqual(step(bytes.length || 1));
    }),
    RUNS,
  );
});

it("the reader ends every prefix of the events in exactly one way, and starts each part once, before its deltas", () => {
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 12 }), (events) => {
      const read = readAnthropicBytes(new TextEncoder().encode(anthropicSse(...events)));
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
    RUNS,
  );
});

it("the reader loses and doubles no text, and keeps the order of parts", () => {
  fc.assert(
    fc.property(fc.array(knownBlock, { maxLength: 10 }), (blocks) => {
      expect(briefParts(foldAnthropic(anthropicSse(...streamOf(blocks))))).toEqual(expectedParts(blocks));
    }),
    RUNS,
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
  const noise = fc.constantFrom(
    ": ping\n\n",
    "\n",
    "event: mystery\ndata: {}\n\n",
    'event: ping\ndata: {"type":"ping"}\n\n',
  );
  fc.assert(
    fc.property(
      fc.array(knownBlock, { maxLength: 6 }),
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.infiniteStream(fc.option(noise, { freq: 3 })),
      fc.integer({ min: 1, max: 40 }),
      (blocks, lineEnd, extra, size) => {
        const plain = streamOf(blocks);
        const noisy = plain.flatMap((event) => {
          const changed = permuteObject({ ...event, mood: "fine", p: "abc" });
          const odd = extra.next().value;
          return odd === null ? [changed] : [changed, odd];
        });
        const changed = anthropicSse(...noisy).replaceAll("\n", lineEnd);
        expect(brief(foldAnthropic(changed, { size }))).toEqual(brief(foldAnthropic(anthropicSse(...plain))));
      },
    ),
    RUNS,
  );
});

function said(parts: readonly BriefPart[]): string {
  return parts.map((part) => `${part[0]}:${part.length === 2 ? part[1] : part[3]}`).join("|");
}

it("an answer cut at any byte keeps what was received and is truncated unless it was complete", () => {
  fc.assert(
    fc.property(fc.array(knownBlock, { maxLength: 6 }), fc.nat(), (blocks, at) => {
      const bytes = new TextEncoder().encode(anthropicSse(...streamOf(blocks)));
      const whole = foldEvents(readAnthropicBytes(bytes));
      const kept = bytes.subarray(0, 1 + (at % bytes.length));
      const step = foldEvents(readAnthropicBytes(kept));
      expect(said(briefParts(whole)).startsWith(said(briefParts(step)))).toBe(true);
      const received = new TextDecoder().decode(kept);
      const isComplete = received.includes('"stop_reason":"end_turn"},"usage":{"output_tokens":20}}');
      const first = new TextDecoder().decode(bytes).split("\n\n", 1).join();
      const cutState = received.startsWith(first) ? "truncated" : "failed";
      expect(step.status.state).toBe(isComplete ? "done" : cutState);
    }),
    RUNS,
  );
});
