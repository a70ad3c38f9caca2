"use client";

import { useAnswerScope } from "@/components/answer/answer-scope";
import { ScrollBox } from "@/components/answer/scroll/scroll-box";
import { Button } from "@/components/ui/button";
import { loadedPart } from "@/components/ui/loaded-part";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useActions } from "@/lib/session/hooks/use-session";
import type { ToolCallPart, ToolCallStatus } from "@/lib/stream/turn/turn";

// Few tools ask anything.
const CallQuestion = loadedPart(async () => (await import("./question/call-question")).CallQuestion);

type ToolRunningProps = {
  call: ToolCallPart;
  status: Extract<ToolCallStatus, { readonly state: "running" }>;
};

/** A tool at work: what it wrote so far, what it asks, and how to stop it. */
export function ToolRunning({ call, status }: ToolRunningProps) {
  const { laneId, readOnly } = useAnswerScope();
  const { stop } = useActions();
  const { log, question } = status;
  return (
    <div className="border-line text-muted grid gap-2 border-t px-3 py-2 text-[13px]">
      {log === "" ? null : (
        <ScrollBox label="What the tool wrote so far" fromEnd className="max-h-40">
          <pre className="figures [overflow-wrap:anywhere] whitespace-pre-wrap">{showMarks(log)}</pre>
        </ScrollBox>
      )}
      {question === undefined ? null : (
        <CallQuestion key={question.id} question={question} readOnly={readOnly} />
      )}
      <div className="flex items-center gap-2">
        <span className="flex-1">{question === undefined ? "Running…" : "Waiting for your answer."}</span>
        {readOnly ? null : (
          <Button size="small" aria-label={`Stop ${call.name}`} onClick={() => stop(laneId)}>
            Stop
          </Button>
        )}
      </div>
    </div>
  );
}
