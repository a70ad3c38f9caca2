/** Why a step ended, in one or two words. Pure. */
import type { FinishKind } from "@/lib/stream/turn/event";
import type { Step } from "@/lib/stream/turn/turn";

export type StopReason = {
  /** null while the step runs. */
  readonly label: string | null;
  /** The provider's own word; null when it gave none. */
  readonly raw: string | null;
  readonly explain: string;
  /** Whether a person should notice: the answer may not be whole. */
  readonly notable: boolean;
};

const FINISHES: Record<FinishKind, Omit<StopReason, "raw">> = {
  stop: { label: "stop", explain: "the model ended its answer", notable: false },
  "tool-calls": { label: "tool calls", explain: "the model is waiting for tool results", notable: false },
  length: { label: "length", explain: "the token limit or the context was reached", notable: true },
  "content-filter": { label: "filtered", explain: "the provider's filter ended the answer", notable: true },
  error: { label: "error", explain: "the provider ended the answer with an error", notable: true },
  truncated: {
    label: "no finish",
    explain: "the stream ended without a finish reason, so the answer may be cut off",
    notable: true,
  },
  unknown: { label: "other", explain: "a finish reason that Vitrine doesn't know", notable: true },
};

/** The step's end: a person's Stop, a failure or a cut first, else the provider's finish reason. */
export function stopReason(step: Step): StopReason {
  const raw = step.finish?.raw ?? null;
  switch (step.status.state) {
    case "stopped":
      return { label: "stopped", raw, explain: "stopped here; the partial answer is kept", notable: true };
    case "failed":
      return { label: "failed", raw, explain: step.status.error.message, notable: true };
    case "truncated":
      return { ...FINISHES.truncated, raw };
    case "done":
      return step.finish === null
        ? { label: null, raw, explain: "the provider gave no finish reason", notable: false }
        : { ...FINISHES[step.finish.unified], raw };
    case "queued":
    case "connecting":
    case "retrying":
    case "reading-prompt":
    case "thinking":
    case "answering":
    case "calling":
      return { label: null, raw, explain: "still running", notable: false };
  }
}
