"use client";

import { useMemo } from "react";

import { useAnswerScope } from "@/components/answer/answer-scope";
import { useCallAnswers } from "@/lib/session/hooks/use-call-answer";
import type { ToolCallPart, ToolCallStatus } from "@/lib/stream/turn/turn";
import type { CallAnswer } from "@/lib/tools/bound-tool";
import type { ToolDefinition } from "@/lib/tools/tool";

import { BrokenArguments } from "./approval/broken-arguments";
import { CallApproval } from "./approval/call-approval";
import { unofferedWords } from "./approval/unoffered-words";
import { HeldResult } from "./result/held-result";
import { ToolResultField } from "./tool-result-field";

type WaitingCallProps = {
  label: string;
  stepId: string;
  call: ToolCallPart;
  status: Extract<ToolCallStatus, { readonly state: "awaiting-result" }>;
  tool: ToolDefinition | null;
  /** Its best button is the one that stands out in the lane. */
  isLeading: boolean;
};

/** What a person does with a call that waits: lets it run, types its result, or decides about one that is held. */
export function WaitingCall({ label, stepId, call, status, tool, isLeading }: WaitingCallProps) {
  const calls = useMemo(() => [call], [call]);
  const { answers, answeredBy } = useCallAnswers(calls, useAnswerScope());
  const [answer] = answers;
  const failure = status.failure ?? null;
  const isChanged = status.reason === "tool-changed";
  if (status.held !== undefined)
    return <HeldResult stepId={stepId} call={call} held={status.held} label={label} isLeading={isLeading} />;
  const field = (leads: boolean, canRun: boolean) => (
    <ToolResultField
      label={label}
      stepId={stepId}
      call={call}
      failure={isChanged ? null : failure}
      tool={tool}
      canRun={canRun}
      isLeading={leads}
    />
  );
  if (answer?.kind === "run" && answeredBy === "tools")
    return (
      <CallApproval
        stepId={stepId}
        call={call}
        answer={answer}
        failure={failure}
        isChanged={isChanged}
        isLeading={isLeading}
        renderField={(leads) => field(leads, false)}
      />
    );
  const note = answer === undefined ? null : noteOf(answer);
  return (
    <>
      {answer?.kind === "broken" ? (
        <BrokenArguments stepId={stepId} call={call} tool={answer.tool} isLeading={isLeading} />
      ) : null}
      {note === null ? null : <p className="border-line text-warn border-t px-3 py-2 text-[13px]">{note}</p>}
      {field(isLeading, answer?.kind === "run")}
    </>
  );
}

/** Why a call whose tool might have answered waits for a person. */
function noteOf({ kind, offer }: CallAnswer): string | null {
  const unoffered = unofferedWords(offer);
  return unoffered ?? (kind === "no-mock" ? "The mock has no result for these arguments." : null);
}
