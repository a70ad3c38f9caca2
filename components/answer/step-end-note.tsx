import { endsInThought } from "@/lib/stream/turn/ends-in-thought";
import type { RunError } from "@/lib/stream/turn/event";
import type { Step } from "@/lib/stream/turn/turn";

import { ErrorNote } from "./error-note";

type StepEndNoteProps = { step: Step; onRetry?: (() => void) | undefined };

/** What a person must know about how a step ended; nothing where it ended well. */
export function StepEndNote({ step, onRetry }: StepEndNoteProps) {
  const { status } = step;
  if (status.state === "failed") return <ErrorNote error={status.error} onRetry={onRetry} />;
  if (status.state === "truncated")
    return <ErrorNote error={status.error ?? withoutFinish(step)} onRetry={onRetry} />;
  const words = quietNote(step);
  return words === null ? null : <p className="text-muted min-h-7 py-1">{words}</p>;
}

function withoutFinish({ parts }: Step): RunError {
  const isEmpty = parts.length === 0;
  return {
    source: "provider",
    code: isEmpty ? "EMPTY_REPLY" : "TRUNCATED",
    message: isEmpty
      ? "The server ended the stream without an answer or a finish reason."
      : "The stream ended without a finish reason, so the answer may be cut off.",
    retryable: true,
  };
}

function quietNote(step: Step): string | null {
  if (step.status.state === "stopped") {
    return step.parts.length === 0 ? "Stopped before any output." : "Stopped.";
  }
  if (step.status.state !== "done") return null;
  if (endsInThought(step) && step.finish?.unified === "stop")
    return "The model stopped after thinking, without an answer.";
  switch (step.finish?.unified) {
    case "length":
      return "Ended at the token limit: raise it, or shorten the prompt if the context is full.";
    case "content-filter":
      return "The provider's filter ended this answer.";
    case "error":
      return "The provider ended this answer with an error of its own.";
    case "stop":
    case "tool-calls":
    case "truncated":
    case "unknown":
    case undefined:
      return step.parts.length === 0 ? "The model answered with nothing." : null;
  }
}
