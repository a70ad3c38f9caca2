"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";
import { CodeText } from "@/components/ui/code/code-text";

type AnswerFaultProps = {
  /** "This answer" or "Lane 2". */
  what: string;
  error: Error;
  onRetry: () => void;
  /** Everything that could not be drawn, as text. */
  text: () => string;
};

/** Stands in for an answer, or for a lane, that could not be drawn. Nothing of it is lost. */
export function AnswerFault({ what, error, onRetry, text }: AnswerFaultProps) {
  const [plain, setPlain] = useState<string | null>(null);
  return (
    <div className="grid gap-2 py-2">
      <div role="alert" className="rounded-outer border-line bg-surface grid gap-2 border px-3 py-2">
        <p className="[overflow-wrap:anywhere]">
          {`${what} could not be displayed. Nothing was lost. (${error.message.slice(0, 200)})`}
        </p>
        <div className="flex flex-wrap gap-2">
          {plain === null ? (
            <Button size="small" onClick={() => setPlain(text())}>
              Show as plain text
            </Button>
          ) : null}
          <Button size="small" onClick={onRetry}>
            Try again
          </Button>
        </div>
      </div>
      {plain === null ? null : <CodeText label={`${what} as plain text`} text={plain} />}
    </div>
  );
}
