"use client";

import { memo, useCallback } from "react";

import { loadedPart } from "@/components/ui/loaded-part";
import { useActions, useTools } from "@/lib/session/hooks/use-session";
import { partTime } from "@/lib/stream/figures/measure";
import { blockTokens, hiddenReasoningTokens, isReasoning } from "@/lib/stream/figures/token-counts";
import { endsInThought } from "@/lib/stream/turn/ends-in-thought";
import type { Part, Step } from "@/lib/stream/turn/turn";

import { type Answering, AnsweringContext, useAnswerScope } from "./answer-scope";
import { type Block, groupParts } from "./group-parts";
import { HiddenReasoning, ReasoningBlock } from "./reasoning-block";
import { StepEndNote, StepWarnings } from "./step-end-note";
import { StepStatusLine } from "./step-status-line";
import { TextPart } from "./text-part";

// Most answers have no calls: what shows them is fetched with the first.
const ToolGroup = loadedPart(async () => (await import("@/components/answer/tool/tool-group")).ToolGroup);
const ToolsRunningLine = loadedPart(
  async () => (await import("@/components/answer/tool/tools-running-line")).ToolsRunningLine,
);
const LoopPauseNote = loadedPart(
  async () => (await import("@/components/answer/tool/loop-pause-note")).LoopPauseNote,
);
const ProviderCallCard = loadedPart(
  async () => (await import("@/components/answer/tool/provider-call-card")).ProviderCallCard,
);
const AnswerPicture = loadedPart(async () => (await import("./answer-picture")).AnswerPicture);
// A look for what may be wrong, at the end of every answer: where it cannot be had, nothing is missing from the answer.
const LeakNotes = loadedPart(async () => (await import("./leak-notes")).LeakNotes, { frame: () => null });
const UnknownCard = loadedPart(
  async () => (await import("@/components/answer/tool/unknown-card")).UnknownCard,
);

type StepViewProps = {
  step: Step;
  /** ms on the turn's axis; stands still for a step that is over. */
  now: number;
  isLive: boolean;
  /** Its answer is complete, and the lane waits for nothing but its tools. */
  runsTools: boolean;
  /** No step follows it. */
  isLast: boolean;
  answering: Answering;
  /** The server can be asked to end the thought that it is in. */
  canEndThinking: boolean;
};

/** One request's answer: its parts in wire order, and how it ended. */
export const StepView = memo(function StepView(props: StepViewProps) {
  const { step, now, isLive } = props;
  const { turnId, readOnly, openInspector } = useAnswerScope();
  const { retry } = useActions();
  const hasReasoningPart = step.parts.some(isReasoning);
  return (
    <div data-step={step.id} className="not-first:pt-2">
      {isLive ? <StepStatusLine step={step} now={now} /> : null}
      {groupParts(step.parts).map((block) => (
        <BlockView key={keyOf(block)} block={block} {...props} />
      ))}
      {isLive ? null : (
        <StepEndNote step={step} onRetry={props.isLast && !readOnly ? () => retry(turnId) : undefined} />
      )}
      {props.runsTools ? <ToolsRunningLine step={step} /> : null}
      {step.pause === undefined || !props.isLast || props.runsTools ? null : (
        <AnsweringContext value={props.answering}>
          <LoopPauseNote step={step} />
        </AnsweringContext>
      )}
      {isLive ? null : <StepWarnings step={step} onInspect={openInspector} />}
      {isLive || !step.parts.some(mayLeak) ? null : <Leaks step={step} />}
      {/* Known only at the end, so it stands below: above it would push what is being read. */}
      {hasReasoningPart ? null : <UnseenReasoning step={step} />}
    </div>
  );
});

function BlockView({ block, ...props }: StepViewProps & { block: Block }) {
  const { step, now, isLive } = props;
  const { turnId, readOnly } = useAnswerScope();
  const { endThinking } = useActions();
  const onEndThinking = useCallback(() => void endThinking(turnId), [endThinking, turnId]);
  switch (block.type) {
    case "reasoning":
      return (
        <ReasoningBlock
          part={block.part}
          isThinking={isLive && isCurrent(step, block.part)}
          timeMs={
            block.part.endedAt === null && isLive
              ? Math.max(0, now - block.part.startedAt)
              : partTime(step, block.part)
          }
          tokens={blockTokens(step, block.part)}
          isAnswer={!isLive && endsInThought(step)}
          onEndThinking={props.canEndThinking && !readOnly ? onEndThinking : undefined}
        />
      );
    case "text":
      return <TextPart part={block.part} live={isLive && block.part.endedAt === null} />;
    case "provider-call":
      return <ProviderCallCard call={block.part} />;
    case "image":
      return <AnswerPicture image={block.part.image} />;
    case "unknown":
      return <UnknownCard part={block.part} />;
    case "calls":
      return (
        <AnsweringContext value={props.answering}>
          <ToolGroup step={step} calls={block.calls} isLive={isLive} />
        </AnsweringContext>
      );
  }
}

function Leaks({ step }: { step: Step }) {
  const { turnId, readOnly } = useAnswerScope();
  const { readThought } = useActions();
  const tools = useTools();
  const onReadThought = useCallback(
    (stepId: string, part: string) => readThought(turnId, stepId, part),
    [readThought, turnId],
  );
  return <LeakNotes step={step} tools={tools} onReadThought={readOnly ? undefined : onReadThought} />;
}

/** Whether it is worth a look for markup that the server did not read: the search itself is loaded for it. */
function mayLeak(part: Part): boolean {
  if (part.type === "tool-call") return /[.<]/.test(part.name);
  return (part.type === "text" || part.type === "reasoning") && /[<[{◁]/.test(part.text);
}

function UnseenReasoning({ step }: { step: Step }) {
  const tokens = hiddenReasoningTokens(step);
  return tokens === null ? null : <HiddenReasoning tokens={tokens} />;
}

function keyOf(block: Block): string {
  if (block.type !== "calls") return block.part.id;
  return `calls ${block.calls[0]?.id ?? ""}`;
}

/** Whether the step is in this part: nothing but white space has come after it. */
function isCurrent(step: Step, part: Part): boolean {
  return part.endedAt === null && step.parts.at(-1) === part;
}
