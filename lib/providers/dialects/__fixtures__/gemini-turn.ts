import { geminiSse, readGeminiBytes } from "@/lib/providers/__fixtures__/fold-gemini";
import type { StreamEvent } from "@/lib/stream/turn/event";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { Turn } from "@/lib/stream/turn/turn";

/** A step as received over the wire, and the results of its calls, in order. */
export type GeminiStep = {
  readonly chunks: readonly (JsonObject | string)[];
  readonly results?: readonly string[];
};

/** The turn that these steps fold to, from the same provider and model that `geminiInput` asks. */
export function geminiTurn(...steps: readonly GeminiStep[]): Turn {
  let turn = emptyTurn();
  for (const [index, step] of steps.entries()) turn = addStep(turn, step, `s${String(index)}`);
  return turn;
}

function addStep(turn: Turn, { chunks, results = [] }: GeminiStep, stepId: string): Turn {
  const request = { provider: "gemini", dialect: "gemini", model: "gemini-3-pro-preview", endpoint: null };
  const bytes = new TextEncoder().encode(geminiSse(...chunks));
  const events: StreamEvent[] = [
    { type: "step-start", stepId, request },
    ...readGeminiBytes(bytes).map(({ event }) => event),
  ];
  const folded = events.reduce((state, event) => fold(state, { at: 0, event }), turn);
  const calls = folded.steps.at(-1)?.parts.filter(({ type }) => type === "tool-call") ?? [];
  return results.reduce<Turn>((state, output, at) => {
    const result = { output, isError: false, origin: { by: "typed" } as const };
    return fold(state, { at: 0, event: { type: "tool-result", stepId, id: calls[at]?.id ?? "", result } });
  }, folded);
}
