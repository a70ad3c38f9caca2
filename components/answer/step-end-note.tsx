import { CircleAlert } from "lucide-react";

import { ScrollBox } from "@/components/answer/scroll/scroll-box";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Disclosure } from "@/components/ui/disclosure";
import { showMarks } from "@/lib/markdown/visible-marks";
import { endsInThought, isBlank } from "@/lib/stream/turn/ends-in-thought";
import type { RunError } from "@/lib/stream/turn/event";
import type { Step } from "@/lib/stream/turn/turn";

import { ERROR_SOURCES, errorHint, statusInWords } from "./error-hint";
import { ALONE } from "./setup-label";

type StepEndNoteProps = { step: Step; onRetry?: (() => void) | undefined };

/** What a person must know about how a step ended; nothing where it ended well. */
export function StepEndNote({ step, onRetry }: StepEndNoteProps) {
  const { status } = step;
  if (status.state === "failed") return <ErrorNote error={status.error} onRetry={onRetry} />;
  if (status.state === "truncated")
    return <ErrorNote error={status.error ?? withoutFinish(step)} onRetry={onRetry} />;
  const words = quietNote(step);
  if (words === null) return null;
  // What was stopped with something in it says so beside its numbers, where those are shown.
  const isSaidBelow = status.state === "stopped" && step.parts.length > 0;
  return <p className={cn("text-muted min-h-7 py-1", isSaidBelow && ALONE)}>{words}</p>;
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
      // Whatever word the server has for the end.
      if (endsInThought(step)) return "The model stopped after thinking, without an answer.";
      return isBlank(step) ? "The model returned an empty answer." : null;
  }
}

type ErrorNoteProps = {
  error: RunError;
  /** Absent where nothing can be sent. */
  onRetry?: (() => void) | undefined;
};

/** A failed step: what happened and where, the server's own words, what next, and the raw detail at a click. */
function ErrorNote({ error, onRetry }: ErrorNoteProps) {
  const { title, serverMessage, next } = errorHint(error);
  return (
    <div role="alert" className="rounded-outer border-line bg-surface mt-3 mb-2 flex gap-2 border px-3 py-2">
      <CircleAlert size={16} aria-hidden className="text-danger mt-0.5 shrink-0" />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-start gap-x-2 gap-y-1">
          <p className="min-w-0 flex-1 basis-40">
            <span className="text-danger font-medium [overflow-wrap:anywhere]">{showMarks(title)}</span>
            <span className="text-muted">{` · ${sourceOf(error)}`}</span>
          </p>
          {onRetry === undefined ? null : (
            <Button
              size="small"
              onClick={(event) => {
                // This note goes with the old branch, and the focus would go with it.
                event.currentTarget.closest("section")?.focus({ preventScroll: true });
                onRetry();
              }}
            >
              Retry
            </Button>
          )}
        </div>
        {serverMessage === null ? null : (
          <p className="line-clamp-3 [overflow-wrap:anywhere]">{`The server said: ${showMarks(serverMessage)}`}</p>
        )}
        {next === "" ? null : <p className="text-muted">{next}</p>}
        <Disclosure summary="Details" className="text-[13px]">
          <ScrollBox label="Raw detail" className="max-h-60">
            <pre className="figures [overflow-wrap:anywhere] whitespace-pre-wrap">
              {showMarks(rawDetail(error))}
            </pre>
          </ScrollBox>
        </Disclosure>
      </div>
    </div>
  );
}

function sourceOf(error: RunError): string {
  const source = ERROR_SOURCES[error.source];
  const status = statusInWords(error);
  if (status === null) return source;
  return error.inStatus === undefined ? `${source}, ${status}` : `server ${status}`;
}

function rawDetail(error: RunError): string {
  const id = error.requestId === undefined ? [] : [`request id: ${error.requestId}`];
  const detail = error.detail === undefined ? [] : [error.detail];
  return [`code: ${error.code}`, ...id, error.message, ...detail].join("\n");
}

type StepWarningsProps = { step: Step; onInspect: (stepId: string) => void };

const SHOWN = 2;

/** What was odd about a step's bytes, in words that need no pointer; the rest is with the bytes themselves. */
export function StepWarnings({ step, onInspect }: StepWarningsProps) {
  const warnings = [...new Set(step.warnings.map(({ message }) => message))];
  if (warnings.length === 0) return null;
  const more = warnings.length - SHOWN;
  return (
    <ul aria-label="Warnings" className="text-warn pt-1 text-[13px]">
      {warnings.slice(0, SHOWN).map((message) => (
        <li key={message} className="[overflow-wrap:anywhere]">
          {showMarks(message)}
        </li>
      ))}
      {more > 0 ? (
        <li>
          <button
            type="button"
            onClick={() => onInspect(step.id)}
            className="rounded-inner min-h-6 underline underline-offset-2"
          >
            {more === 1 ? "1 more warning" : `${more} more warnings`}
          </button>
        </li>
      ) : null}
    </ul>
  );
}
