"use client";

import { ChevronRight, EyeOff } from "lucide-react";
import { memo, useContext, useId, useState } from "react";

import { KeptThoughtsContext } from "@/components/answer/answer-scope";
import { ScrollBox } from "@/components/answer/scroll/scroll-box";
import { Markdown } from "@/components/markdown/markdown";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ToggleButton } from "@/components/ui/toggle-button";
import type { Figure } from "@/lib/stream/figures/figure";
import { formatPlural, formatSeconds } from "@/lib/stream/figures/format-number";
import type { ReasoningPart } from "@/lib/stream/turn/turn";

import { useGrowing } from "./use-growing";

type ReasoningBlockProps = {
  part: ReasoningPart;
  /** The model is in this thought right now. */
  isThinking: boolean;
  /** ms the thought has taken; null when it came in one piece. */
  timeMs: number | null;
  tokens: Figure;
  /** Nothing follows it: the step ended without an answer, so it is what there is to read. */
  isAnswer?: boolean;
  onEndThinking?: (() => void) | undefined;
};

/**
 * A thought. Open while the model is in it and closed when the answer begins, unless thoughts are kept open, until a
 * person opens or closes it: from then on it stays as they left it.
 */
export const ReasoningBlock = memo(function ReasoningBlock(props: ReasoningBlockProps) {
  const { part, isThinking, isAnswer = false, onEndThinking } = props;
  const { tags } = part;
  const id = useId();
  const isKept = useContext(KeptThoughtsContext);
  const [choice, setChoice] = useState<boolean | null>(null);
  const [isRaw, setIsRaw] = useState(false);
  if (!isThinking && part.text.trim() === "" && tags === null)
    return <HiddenReasoning tokens={props.tokens.value} />;
  const isOpen = choice ?? (isThinking || isAnswer || isKept);
  const isWindow = isOpen && choice === null && !isAnswer;
  return (
    <div className={cn("answer-part", !isOpen && "answer-line")}>
      <div className="flex min-h-[28px] items-center gap-2">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          data-reasoning-toggle=""
          onClick={() => setChoice(!isOpen)}
          className="rounded-inner text-muted hover:text-text -ml-1 flex min-h-[28px] items-center gap-1 pr-1"
        >
          <ChevronRight size={14} aria-hidden className={cn("shrink-0", isOpen && "rotate-90")} />
          <ReasoningHeading {...props} />
        </button>
        {tags === null || isThinking ? null : (
          <ToggleButton
            isOn={isRaw}
            onToggle={() => {
              setIsRaw(!isRaw);
              setChoice(true);
            }}
          >
            Show as received
          </ToggleButton>
        )}
        {isThinking && onEndThinking !== undefined ? (
          <Button size="small" onClick={onEndThinking} className="ml-auto">
            End thinking now
          </Button>
        ) : null}
      </div>
      <div id={id} hidden={!isOpen} data-part="reasoning" data-part-id={part.id}>
        {isOpen && isRaw && tags !== null ? (
          <pre className="border-phase-thinking mt-1 border-l-2 pl-[11px] font-mono text-[13px] [overflow-wrap:anywhere] whitespace-pre-wrap">
            {tags.open + part.text + tags.close}
          </pre>
        ) : null}
        {isOpen && !isRaw && part.text !== "" ? (
          <ReasoningText part={part} live={isThinking} isWindow={isWindow} />
        ) : null}
      </div>
    </div>
  );
});

function ReasoningHeading({ part, isThinking, timeMs, tokens }: ReasoningBlockProps) {
  const about = tokens.source === "estimated" ? "≈ " : "";
  return (
    <span className="text-left">
      {isThinking ? "Thinking" : "Thought"}
      {timeMs === null ? null : <span className="figures"> {formatSeconds(timeMs)}</span>}
      {tokens.value === null ? null : (
        <span className="figures">
          {" · "}
          {about}
          {formatPlural(tokens.value, "token")}
        </span>
      )}
      {part.tags === null ? null : " · read from tags"}
    </span>
  );
}

type ReasoningTextProps = { part: ReasoningPart; live: boolean; isWindow: boolean };

/**
 * The thought's text. Where nobody asked for it, it is a window of a few lines on its tail, so that closing
 * it moves what follows by little; opened by hand it is whole.
 */
function ReasoningText({ part, live, isWindow }: ReasoningTextProps) {
  const body = <Markdown text={part.text} live={live} growing={useGrowing(part.id, live)} />;
  return (
    <div className="border-phase-thinking text-muted mt-1 border-s-2 ps-[11px] text-[14px] leading-[21px]">
      {isWindow ? (
        <ScrollBox label="Thought" fromEnd className="max-h-[12lh]">
          {body}
        </ScrollBox>
      ) : (
        body
      )}
    </div>
  );
}

/** Reasoning that the provider counts and does not show. */
export function HiddenReasoning({ tokens }: { tokens: number | null }) {
  return (
    <p className="answer-part answer-line text-muted flex min-h-[28px] items-center gap-1.5">
      <EyeOff size={14} aria-hidden className="shrink-0" />
      {tokens === null ? "hidden reasoning" : `hidden reasoning, ${formatPlural(tokens, "token")}`}
    </p>
  );
}
