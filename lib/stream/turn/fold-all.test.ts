import * as fc from "fast-check";
import { expect, it } from "vitest";

import type { StreamEvent, TimedEvent } from "./event";
import { emptyTurn, fold } from "./fold";
import { foldAll } from "./fold-all";

const id = fc.constantFrom("a", "b");
const text = fc.constantFrom("", "x", "yz");
const kinds = fc.constantFrom("text" as const, "reasoning" as const);
const request = { provider: "p", model: "m", dialect: "chat-completions", endpoint: null };

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
  fc.constantFrom<StreamEvent>({ type: "step-send" }, { type: "step-stop" }, { type: "step-end" }),
  fc.record({ type: fc.constant("step-start" as const), stepId: id, request: fc.constant(request) }),
);

it("gives what folding one by one gives, for any events", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const timed: readonly TimedEvent[] = [
        { at: 0, event: { type: "step-start", stepId: "s", request } },
        ...events.map((each, index) => ({ at: index + 1, event: each })),
      ];
      expect(foldAll(emptyTurn(), timed)).toEqual(timed.reduce(fold, emptyTurn()));
    }),
    { numRuns: 2_000 },
  );
});

it("gives back the same turn when nothing changed", () => {
  const turn = emptyTurn();
  const lost: StreamEvent = { type: "text-delta", id: "a", text: "x" };
  expect(
    foldAll(turn, [
      { at: 1, event: lost },
      { at: 2, event: lost },
    ]),
  ).toBe(turn);
});
