import * as fc from "fast-check";
import { expect, it } from "vitest";

import type { StreamEvent, TimedEvent } from "./event";
import { emptyTurn, fold } from "./fold";
import { foldAll } from "./fold-all";

const id = fc.constantFrom("a", "b");
const text = fc.constantFrom("", "x", "yz");
const kinds = fc.constantFrom("text" as const, "reasoning" as const);
const request = { provider: "p", model: "m", dialect: "chat-completions", endpoint: null };
const outcome = { output: "found", sources: [{ url: "https://a.example", title: null }], error: null };
const citation = { url: "https://a.example", title: "A", quote: null, start: 0, end: 1 };
const result = { output: "22", isError: false, origin: { by: "typed" } as const };

const event: fc.Arbitrary<StreamEvent> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: kinds.map((kind) => `${kind}-delta` as const), id, text }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant("tool-input-delta" as const), id, text }) },
  fc.record({ type: kinds.map((kind) => `${kind}-start` as const), id }),
  fc.record({ type: kinds.map((kind) => `${kind}-end` as const), id }),
  fc.record({ type: fc.constant("tool-input-start" as const), id, callId: fc.constant(null), name: text }),
  fc.record({ type: fc.constant("tool-input-end" as const), id }),
  fc.record({ type: fc.constant("unknown-part" as const), id, name: text, json: text }),
  fc.record({
    type: fc.constant("image" as const),
    id,
    image: fc.record({ kind: fc.constant("left-out" as const), reason: text, url: fc.constant(null) }),
  }),
  { weight: 2, arbitrary: fc.record({ type: fc.constant("provider-call-delta" as const), id, text }) },
  fc.record({ type: fc.constant("provider-call-start" as const), id, callId: fc.constant(null), name: text }),
  fc.record({ type: fc.constant("provider-call-end" as const), id, outcome: fc.constant(outcome) }),
  fc.record({ type: fc.constant("citation" as const), id, citation: fc.constant(citation) }),
  fc.record({ type: fc.constant("replay" as const), id, item: fc.record({ signature: text }) }),
  fc.record({
    type: fc.constant("warning" as const),
    warning: fc.record({ code: text, message: text }),
  }),
  fc.record({
    type: fc.constant("finish" as const),
    finish: fc.record({ unified: fc.constantFrom("stop" as const, "tool-calls" as const), raw: text }),
  }),
  fc.record({ type: fc.constant("text-to-reasoning" as const), id }),
  fc.record({ type: fc.constant("cost" as const), usd: fc.nat(3) }),
  fc.constantFrom<StreamEvent>({ type: "step-send" }, { type: "step-stop" }, { type: "step-end" }),
  fc.record({ type: fc.constant("step-start" as const), stepId: id, request: fc.constant(request) }),
);

/** The end of a step that has made the call "c". */
const CALLED: readonly StreamEvent[] = [
  { type: "tool-input-start", id: "c", callId: null, name: "weather" },
  { type: "tool-input-end", id: "c" },
  { type: "step-end" },
];

/** What may follow the end of a step: its call is run and answered, perhaps under another step's name. */
const onCall = { stepId: fc.constantFrom("s", "a", "b"), id: fc.constant("c") };
const after: fc.Arbitrary<StreamEvent> = fc.oneof(
  fc.record({ type: fc.constant("tool-run-start" as const), ...onCall }),
  fc.record({ type: fc.constant("tool-run-progress" as const), ...onCall, text }),
  fc.record({ type: fc.constant("tool-run-fail" as const), ...onCall, message: text }),
  fc.record({
    type: fc.constant("tool-run-fail" as const),
    ...onCall,
    message: text,
    reason: fc.constant("tool-changed" as const),
  }),
  fc.record({ type: fc.constant("tool-result" as const), ...onCall, result: fc.constant(result) }),
);

it("the batched fold returns what folding one by one returns, for any events", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), fc.array(after, { maxLength: 8 }), (during, later) => {
      const events = [...during, ...CALLED, ...later];
      const timed: readonly TimedEvent[] = [
        { at: 0, event: { type: "step-start", stepId: "s", request } },
        ...events.map((each, index) => ({ at: index + 1, event: each })),
      ];
      expect(foldAll(emptyTurn(), timed)).toEqual(timed.reduce(fold, emptyTurn()));
    }),
    { numRuns: 2_000 },
  );
});

it("the batched fold returns the same turn when nothing changed", () => {
  const turn = emptyTurn();
  const lost: StreamEvent = { type: "text-delta", id: "a", text: "x" };
  expect(
    foldAll(turn, [
      { at: 1, event: lost },
      { at: 2, event: lost },
    ]),
  ).toBe(turn);
});
