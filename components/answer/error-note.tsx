"use client";

import { CircleAlert } from "lucide-react";

import { ScrollBox } from "@/components/answer/scroll/scroll-box";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { RunError } from "@/lib/stream/turn/event";

import { ERROR_PLACES, errorHint, statusInWords } from "./error-hint";

type ErrorNoteProps = {
  error: RunError;
  /** Absent where nothing can be sent. */
  onRetry?: (() => void) | undefined;
};

/** A failed step: what happened and where, the server's own words, what next, and the raw detail at a click. */
export function ErrorNote({ error, onRetry }: ErrorNoteProps) {
  const { title, said, next } = errorHint(error);
  return (
    <div role="alert" className="rounded-outer border-danger bg-danger-soft my-2 flex gap-2 border px-3 py-2">
      <CircleAlert size={16} aria-hidden className="text-danger mt-0.5 shrink-0" />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-start gap-x-2 gap-y-1">
          <p className="min-w-0 flex-1 basis-40">
            <span className="text-danger font-medium [overflow-wrap:anywhere]">{showMarks(title)}</span>
            <span className="text-muted">{` · ${placeOf(error)}`}</span>
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
        {said === null ? null : (
          <p className="line-clamp-3 [overflow-wrap:anywhere]">{`The server said: ${showMarks(said)}`}</p>
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

function placeOf(error: RunError): string {
  const place = ERROR_PLACES[error.source];
  const status = statusInWords(error);
  if (status === null) return place;
  return error.inStatus === undefined ? `${place}, ${status}` : `server ${status}`;
}

function rawDetail(error: RunError): string {
  const id = error.requestId === undefined ? [] : [`request id: ${error.requestId}`];
  const detail = error.detail === undefined ? [] : [error.detail];
  return [`code: ${error.code}`, ...id, error.message, ...detail].join("\n");
}
