"use client";

import { useId, useRef, useState } from "react";

import { useAnswerScope } from "@/components/answer/answer-scope";
import { ScrollBox } from "@/components/answer/scroll/scroll-box";
import { focusNextResult } from "@/components/answer/tool/focus-next-result";
import { Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/fields/text-area";
import { LONGEST_UNASKED } from "@/lib/run/calls";
import { useActions } from "@/lib/session/hooks/use-session";
import { formatCount } from "@/lib/stream/figures/format-number";
import type { ToolResult } from "@/lib/stream/turn/event";
import type { ToolCallPart } from "@/lib/stream/turn/turn";

import { LongText } from "./long-text";

type HeldResultProps = {
  stepId: string;
  call: ToolCallPart;
  held: ToolResult;
  label: string;
  /** Its best button is the one that stands out in the lane. */
  isLeading: boolean;
};

/** A result that is so long that a person decides what the model gets of it. */
export function HeldResult({ stepId, call, held, label, isLeading }: HeldResultProps) {
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const [edited, setEdited] = useState<string | null>(null);
  const { turnId } = useAnswerScope();
  const { answerCall } = useActions();
  const { output } = held;
  const first = firstOf(output);
  const send = (result: ToolResult) => {
    if (root.current !== null) focusNextResult(root.current);
    answerCall({ turnId, stepId, partId: call.id }, result);
  };
  return (
    <div ref={root} className="border-line grid gap-2 border-t px-3 py-2">
      <p className="text-warn text-[13px]">
        {`The result has ${formatCount(output.length)} characters, ≈ ${tokensInWords(output.length)} tokens (estimated). What does the model get?`}
      </p>
      {edited === null ? (
        <ScrollBox label={label} className="bg-sunken rounded-inner max-h-40 px-2 py-1">
          <LongText text={output} isError={held.isError} />
        </ScrollBox>
      ) : (
        <>
          <label htmlFor={id} className="text-muted text-[13px]">
            {`${label}, ${formatCount(edited.length)} characters`}
          </label>
          <TextArea
            id={id}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- opened by the press that asked for it
            autoFocus
            rows={6}
            value={edited}
            spellCheck={false}
            onChange={(event) => setEdited(event.target.value)}
            // As high as its rows: measuring a text of this length at every key would be felt.
            className="figures field-sizing-fixed w-full"
          />
        </>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {edited === null ? (
          <>
            <Button
              size="small"
              data-result-field=""
              kind={isLeading ? "primary" : "plain"}
              onClick={() => send({ ...held, output: first, cutFrom: held.cutFrom ?? output.length })}
            >
              {`Send the first ${formatCount(first.length)}`}
            </Button>
            <Button size="small" onClick={() => send(held)}>
              Send all
            </Button>
            <Button size="small" onClick={() => setEdited(output)}>
              Edit
            </Button>
          </>
        ) : (
          <>
            <Button
              size="small"
              kind={isLeading ? "primary" : "plain"}
              onClick={() => send({ output: edited, isError: held.isError, origin: { by: "typed" } })}
            >
              Send edited result
            </Button>
            <Button size="small" kind="quiet" onClick={() => setEdited(null)}>
              Cancel
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

/** The beginning that goes out without asking. Half of a character that takes two is left out. */
function firstOf(text: string): string {
  const first = text.slice(0, LONGEST_UNASKED);
  return /[\uD800-\uDBFF]$/u.test(first) ? first.slice(0, -1) : first;
}

/** "168k": four characters are about a token. */
function tokensInWords(characters: number): string {
  const tokens = Math.round(characters / 4);
  return tokens < 10_000 ? formatCount(tokens) : `${Math.round(tokens / 1_000)}k`;
}
