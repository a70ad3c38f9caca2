/** What holds for every stream, not only for those that were seen. */
import * as fc from "fast-check";
import { expect, it } from "vitest";

import { calls, delta, DONE, foldText, piece, readBytes } from "@/lib/providers/__fixtures__/fold-chat";
import { brief, briefParts, foldEvents, shownLength, sse } from "@/lib/providers/__fixtures__/fold-wire";
import { safeJson } from "@/lib/providers/dialects/__fixtures__/safe-json";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { Step } from "@/lib/stream/turn/turn";

const words = fc.oneof(
  fc.constantFrom(" ", "\n", "Olá", "🙂", "</think>", "<think>", "[DONE]"),
  fc.string({ maxLength: 5 }),
);

/** One payload and the part it must end in. */
type Payload = { readonly kind: "reasoning" | "text"; readonly text: string; readonly chunk: JsonObject };

const payload: fc.Arbitrary<Payload> = fc.oneof(
  words.map((text): Payload => ({ kind: "text", text, chunk: delta({ content: text }) })),
  fc
    .tuple(fc.constantFrom("reasoning", "reasoning_content"), words)
    .map(([field, text]): Payload => ({ kind: "reasoning", text, chunk: delta({ [field]: text }) })),
  words.map((text): Payload => {
    const details = [{ type: "reasoning.text", text, index: 0 }];
    return { kind: "reasoning", text, chunk: delta({ reasoning: text, reasoning_details: details }) };
  }),
);

/** What all objects share, and its keys before any test has run. */
const SHARED = [Object.prototype, Array.prototype, Function.prototype];
const KEYS_AT_FIRST = SHARED.map((each) => Reflect.ownKeys(each));

/** Keys that reach a prototype where an object is copied key by key. Written as text: a literal would not hold them. */
const poisoned = [
  '{"__proto__":{"polluted":true},"choices":[{"index":0,"delta":{"content":"a"}}]}',
  '{"choices":[{"index":0,"__proto__":{"polluted":true},"delta":{"content":"b","__proto__":{"polluted":true}}}]}',
  '{"choices":[{"index":0,"delta":{"tool_calls":[{"index":"__proto__","id":"__proto__","function":{"name":"__proto__","arguments":"{\\"__proto__\\":{\\"polluted\\":true}}"}}]}}]}',
  '{"choices":[{"index":0,"delta":{"reasoning_details":[{"type":"reasoning.text","text":"c","id":"__proto__","__proto__":{"polluted":true}}]}}]}',
  '{"choices":[],"usage":{"prompt_tokens":1,"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}',
  '{"choices":[],"timings":{"prompt_n":1,"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}',
  '{"error":{"message":"no","code":"__proto__","__proto__":{"polluted":true}}}',
].map((text) => `data: ${text}\n\n`);

/** Anything a server might send, sense or not. */
const anything = fc.oneof(
  payload.map(({ chunk }) => chunk),
  fc
    .record(
      {
        index: fc.oneof(fc.nat(3), fc.constantFrom(null, -1, "x")),
        id: fc.constantFrom("a", "b", "", null),
        name: fc.constantFrom("f", "g", "", null),
        args: words,
      },
      { requiredKeys: [] },
    )
    .map((fields) => calls(piece(fields))),
  fc.constantFrom(...poisoned),
  fc.constantFrom<JsonObject | string>(
    DONE,
    ": ping\n\n",
    "data: {oops\n\n",
    "event: ping\ndata: {}\n\n",
    "\uFEFF",
    delta({}, "stop"),
    delta({ role: "assistant", content: null }, "tool_calls"),
    { choices: [], usage: { prompt_tokens: 1 } },
    { choices: [], usage: { cost: 0.0012 } },
    { choices: [], usage: { prompt_tokens: 1, cost: "0.5", cost_in_usd_ticks: 2_279_400 } },
    { choices: [], usage: { cost: [], cost_in_usd_ticks: -1 } },
    { error: { message: "no" } },
    { choices: "x", usage: [], timings: 3, error: null },
    { choices: [null, 3, { index: 0, delta: [], message: "x" }] },
    delta({ content: [{ type: "thinking", thinking: [null, { text: "Hm" }] }], tool_calls: { index: 0 } }),
    delta({ reasoning_details: [null, { type: "reasoning.encrypted", data: "x" }] }),
  ),
);

it("the reader makes the same step of any split of the bytes", () => {
  fc.assert(
    fc.property(
      fc.array(anything, { maxLength: 12 }),
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom("auto" as const, "on" as const, "off" as const),
      (chunks, size, thinkTags) => {
        const bytes = new TextEncoder().encode(sse(...chunks));
        const step = (reads: number): Step =>
          foldEvents(readBytes(bytes, { size: reads, thinkTags }).map(({ event }) => ({ at: 0, event })));
        expect(step(size)).toEqual(step(bytes.length || 1));
      },
    ),
  );
});

it("the reader folds every prefix of the bytes without throwing, to an ended step that shows no less than a shorter one", () => {
  fc.assert(
    fc.property(
      fc.array(anything, { maxLength: 6 }),
      fc.constantFrom("auto" as const, "on" as const, "off" as const),
      (chunks, thinkTags) => {
        let shown = 0;
        for (let count = 0; count <= chunks.length; count += 1) {
          const step = foldText(sse(...chunks.slice(0, count)), { thinkTags });
          expect(["done", "truncated", "failed"]).toContain(step.status.state);
          // A tag that turns out to be one is dropped, so only untagged text can never shrink.
          if (thinkTags === "off") expect(shownLength(step)).toBeGreaterThanOrEqual(shown);
          shown = shownLength(step);
        }
      },
    ),
  );
});

it("the reader accepts a stream cut at any byte without throwing or changing what it read before", () => {
  fc.assert(
    fc.property(fc.array(payload, { maxLength: 6 }), fc.nat(400), (payloads, cut) => {
      const bytes = new TextEncoder().encode(sse(...payloads.map(({ chunk }) => chunk)));
      const whole = briefParts(foldEvents(readBytes(bytes)));
      const part = briefParts(foldEvents(readBytes(bytes.subarray(0, cut))));
      const join = (parts: typeof whole): string =>
        parts.map((each) => `${each[0]}:${each[1] ?? ""}`).join("|");
      expect(join(whole).startsWith(join(part))).toBe(true);
    }),
  );
});

it("the reader loses and doubles no text, and keeps the order of parts", () => {
  fc.assert(
    fc.property(fc.array(payload, { maxLength: 15 }), (payloads) => {
      const expected: [string, string][] = [];
      for (const { kind, text } of payloads) {
        if (text === "") continue;
        const last = expected.at(-1);
        if (last?.[0] === kind) last[1] += text;
        else expected.push([kind, text]);
      }
      const step = foldText(sse(...payloads.map(({ chunk }) => chunk), delta({}, "stop"), DONE));
      expect(briefParts(step)).toEqual(expected);
    }),
  );
});

it("the reader assembles the arguments of parallel calls, however they are cut and interleaved", () => {
  const args = fc.array(safeJson(2), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(args, fc.infiniteStream(fc.nat()), (values, choices) => {
      const inputs = values.map((value) => JSON.stringify({ value }));
      const starts = inputs.map((_input, index) =>
        calls(piece({ index, id: `id${String(index)}`, name: "f", args: "" })),
      );
      const rest = [...inputs];
      const pieces: JsonObject[] = [];
      while (rest.some((input) => input !== "")) {
        const open = rest.flatMap((input, index) => (input === "" ? [] : [index]));
        const index = open[choices.next().value % open.length] ?? 0;
        const size = 1 + (choices.next().value % 5);
        pieces.push(calls(piece({ index, args: (rest[index] ?? "").slice(0, size) })));
        rest[index] = (rest[index] ?? "").slice(size);
      }
      expect(brief(foldText(sse(...starts, ...pieces, delta({}, "tool_calls"), DONE)))).toEqual({
        state: "done",
        parts: inputs.map((input, index) => ["call", `id${String(index)}`, "f", input, "awaiting-result"]),
        finish: { unified: "tool-calls", raw: "tool_calls" },
      });
    }),
  );
});

it("the reader balances its parts: each starts once, before its deltas, and is closed in a step that finished", () => {
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 12 }), (chunks) => {
      const events = readBytes(new TextEncoder().encode(sse(...chunks)));
      const started = new Set<string>();
      let turn = emptyTurn();
      for (const timed of events) {
        const { event } = timed;
        const id = "id" in event ? event.id : null;
        if (id !== null && event.type !== "response-start") {
          if (event.type.endsWith("-start")) {
            expect(started.has(id)).toBe(false);
            started.add(id);
          }
          expect(started.has(id)).toBe(true);
        }
        turn = fold(turn, timed);
      }
      expect(
        events.filter(({ event }) => event.type === "step-end" || event.type === "step-fail"),
      ).toHaveLength(1);
    }),
  );
});

it("the reader leaves no trace on prototypes, and makes no object of another one", () => {
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 8 }), fc.constantFrom(...poisoned), (chunks, last) => {
      const step = foldText(sse(...chunks, last, DONE));
      expect(oddObjects(step)).toEqual([]);
      expect(SHARED.map((each) => Reflect.ownKeys(each))).toEqual(KEYS_AT_FIRST);
    }),
  );
});

/** Objects in here, at any depth, that took on a prototype of somebody else's making. */
function oddObjects(value: unknown): readonly object[] {
  if (typeof value !== "object" || value === null) return [];
  const prototype: unknown = Object.getPrototypeOf(value);
  const isOdd = prototype !== null && prototype !== Object.prototype && prototype !== Array.prototype;
  return [...(isOdd ? [value] : []), ...Object.values(value).flatMap(oddObjects)];
}
