"use client";

import type { ReactNode } from "react";

import { plainAnswer } from "@/components/answer/answer-text";
import { loadedPart } from "@/components/ui/loaded-part";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useTurn } from "@/lib/session/hooks/use-turn";
import type { TurnRecord } from "@/lib/session/store/session";
import type { Turn } from "@/lib/stream/turn/turn";

// The styles come with the page: a sheet that arrives later lays out every text anew. Those of formulas, half as large as
// all others together, come with the first formula.
import "@/components/answer/answer.css";
import "@/components/answer/parts.css";
import "@/components/markdown/markdown.css";

/** An answer, and with it all that reads and draws Markdown, calls and timings: a first visit has none yet. */
export const AnswerPart = loadedPart(async () => (await import("@/components/answer/answer")).Answer, {
  frame: (message, { record }) => <AnswerAsText record={record}>{message}</AnswerAsText>,
});

/** What an answer holds while the code that draws it is missing, and why it ended, below `children`. */
function AnswerAsText({ record, children }: { record: TurnRecord; children: ReactNode }) {
  const turn = useTurn(record.id);
  const problem = problemOf(turn);
  const text = plainAnswer(turn);
  return (
    <div className="grid gap-2 px-2 py-2">
      {children}
      {problem === null ? null : (
        <p className="text-danger px-2 [overflow-wrap:anywhere]">{showMarks(problem)}</p>
      )}
      {text === "" ? null : (
        <pre className="px-2 font-sans text-[15px] leading-[23px] [overflow-wrap:anywhere] whitespace-pre-wrap">
          {showMarks(text)}
        </pre>
      )}
    </div>
  );
}

function problemOf({ steps }: Turn): string | null {
  const status = steps.at(-1)?.status;
  return status !== undefined && "error" in status ? (status.error?.message ?? null) : null;
}
