import { expect, it } from "vitest";

import type { StreamEvent } from "@/lib/stream/turn/event";
import { emptyTurn } from "@/lib/stream/turn/fold";
import { foldAll } from "@/lib/stream/turn/fold-all";

import { withSentArguments } from "./sent-arguments";

const request = { provider: "llamacpp", dialect: "chat-completions", model: "m", endpoint: null };

/** A turn whose call was changed before it ran. */
function edited(isSentBack: boolean) {
  const events: readonly StreamEvent[] = [
    { type: "step-start", stepId: "s1", request },
    { type: "tool-input-start", id: "c1", callId: "a", name: "weather", form: "json" },
    { type: "tool-input-delta", id: "c1", text: '{"city":"Rome"}' },
    { type: "tool-input-end", id: "c1" },
    { type: "step-end" },
    { type: "call-edit", stepId: "s1", id: "c1", edit: { text: '{"city":"Florence"}', isSentBack } },
    {
      type: "tool-result",
      stepId: "s1",
      id: "c1",
      result: { output: "22", isError: false, origin: { by: "typed" } },
    },
  ];
  return {
    prompt: "Weather?",
    turn: foldAll(
      emptyTurn(),
      events.map((event, at) => ({ at, event })),
    ),
  };
}

function callOf(past: ReturnType<typeof withSentArguments>) {
  return past.turn.steps[0]?.parts[0];
}

it("a model reads its call back as it ran, or as it wrote it, as the person chose", () => {
  expect(callOf(withSentArguments(edited(true)))).toMatchObject({
    input: '{"city":"Florence"}',
    status: { args: { value: { city: "Florence" } } },
  });
  expect(callOf(withSentArguments(edited(false)))).toMatchObject({
    input: '{"city":"Rome"}',
    status: { args: { value: { city: "Rome" } } },
  });
});
