"use client";

import { type ReactNode, useContext, useId, useMemo, useRef, useState } from "react";

import { useAnswerScope, WaitingCallsContext } from "@/components/answer/answer-scope";
import { focusNextResult } from "@/components/answer/tool/focus-next-result";
import { Button } from "@/components/ui/button";
import { isComposing } from "@/components/ui/fields/is-composing";
import { TextField } from "@/components/ui/fields/text-field";
import { loadedPart } from "@/components/ui/loaded-part";
import type { McpTool } from "@/lib/contract/mcp";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useActions, useLaneSetup } from "@/lib/session/hooks/use-session";
import { reachOf } from "@/lib/session/store/waiting-calls";
import type { ToolResult } from "@/lib/stream/turn/event";
import type { ToolCallPart } from "@/lib/stream/turn/turn";
import type { CallAnswer } from "@/lib/tools/bound-tool";
import type { ToolBinding, ToolDefinition } from "@/lib/tools/tool";

import { ArgumentsEditor, ArgumentsField } from "./arguments-editor";
import { unofferedWords } from "./unoffered-words";
import { whatRuns } from "./what-runs";

// Few tools change under way.
const ChangedTool = loadedPart(async () => (await import("./changed-tool")).ChangedTool);

type CallApprovalProps = {
  stepId: string;
  call: ToolCallPart;
  answer: Extract<CallAnswer, { readonly kind: "run" }>;
  /** Why the tool that ran for the call gave no result. */
  failure: string | null;
  /** Its server has another definition than the one that was accepted, so nothing was called. */
  isChanged: boolean;
  /** Its best button is the one that stands out in the lane. */
  isLeading: boolean;
  /** Where a result is typed instead. */
  renderField: (isLeading: boolean) => ReactNode;
};

/** What the model is told of a call that a person did not let run. */
const SKIPPED = "The user skipped this call.";
const DENIED = "The user denied this call. Do not try it again.";

/** A call whose tool runs once a person says so: what will run, and what else they may do with it. */
export function CallApproval(props: CallApprovalProps) {
  const { stepId, call, answer, failure, isChanged, isLeading } = props;
  const { tool, binding, offer } = answer;
  const [mode, setMode] = useState<"choose" | "edit" | "skip" | "type" | "compare">("choose");
  const root = useRef<HTMLDivElement>(null);
  const { turnId } = useAnswerScope();
  const { answerCall, editCall, runCall, allowTool } = useActions();
  const id = useId();
  const callRef = { turnId, stepId, partId: call.id };
  const { status } = call;
  const args = status.state === "awaiting-result" && status.args.valid ? status.args.value : null;
  const { does, what } = useMemo(() => whatRuns(binding, args), [binding, args]);
  const others = useOtherLanes(call);
  const leave = () => (root.current === null ? undefined : focusNextResult(root.current));
  const refuse = (result: Pick<ToolResult, "output" | "isError" | "origin">) => {
    leave();
    answerCall(callRef, result);
  };
  const hasFailed = failure !== null && !isChanged;
  const isTyping = mode === "type" || hasFailed;
  const compared = binding.kind === "mcp" && (isChanged || binding.hash === null) ? binding : null;
  // It would change nothing for a tool that is not offered.
  const canAllow = !answer.isFree && compared === null && offer === "offered";
  const unoffered = unofferedWords(offer);
  const accept = useAccept(tool, binding);
  if (mode === "edit")
    return (
      <div className="border-line border-t px-3 py-2">
        <ArgumentsEditor
          call={call}
          tool={tool}
          isLeading={isLeading}
          onDone={(edit, runs) => {
            setMode("choose");
            editCall(callRef, edit);
            if (runs) void runCall(callRef);
          }}
          onCancel={() => setMode("choose")}
        />
      </div>
    );
  return (
    <>
      <div ref={root} className="border-line grid gap-2 border-t px-3 py-2">
        {unoffered === null ? null : <p className="text-warn text-[13px]">{unoffered}</p>}
        {isChanged && failure !== null ? (
          <p className="text-warn text-[13px] [overflow-wrap:anywhere]">{showMarks(failure)}</p>
        ) : (
          <p className="text-muted text-[13px] [overflow-wrap:anywhere]">
            {does}
            {what === "" ? null : <code className="figures text-text ml-1">{what}</code>}
          </p>
        )}
        {mode === "compare" && compared !== null ? (
          <ChangedTool
            tool={tool}
            binding={compared}
            isLeading={isLeading}
            onAccept={(definition, isTaken) => {
              leave();
              accept(definition, isTaken);
              void runCall(callRef);
            }}
          />
        ) : null}
        <div className="flex flex-wrap items-center gap-2">
          {isChanged ? null : (
            <Button
              size="small"
              data-result-field=""
              kind={isLeading && failure === null && mode !== "compare" ? "primary" : "plain"}
              aria-label={`Run ${call.name}`}
              onClick={() => {
                leave();
                void runCall(callRef);
              }}
            >
              {failure === null ? "Run" : "Run again"}
            </Button>
          )}
          {compared === null ? null : (
            <Button
              size="small"
              {...(isChanged ? { "data-result-field": "" } : {})}
              kind={isLeading && isChanged && mode !== "compare" ? "primary" : "plain"}
              aria-expanded={mode === "compare"}
              onClick={() => setMode(mode === "compare" ? "choose" : "compare")}
            >
              {compareLabel(isChanged, mode === "compare")}
            </Button>
          )}
          <Button
            size="small"
            onPointerEnter={ArgumentsField.preload}
            onFocus={ArgumentsField.preload}
            onClick={() => setMode("edit")}
          >
            Edit arguments
          </Button>
          {!canAllow ? null : (
            <Button
              size="small"
              title="In this tab, until anything about the tool changes"
              aria-describedby={`${id}-always`}
              onClick={() => {
                leave();
                void allowTool(callRef, tool, binding);
              }}
            >
              Always run
            </Button>
          )}
          <Button
            size="small"
            aria-expanded={mode === "skip"}
            onClick={() => setMode(mode === "skip" ? "choose" : "skip")}
          >
            Skip
          </Button>
          <Button
            size="small"
            title={`Tells the model: ${DENIED}`}
            onClick={() => refuse({ output: DENIED, isError: true, origin: { by: "denied" } })}
          >
            Deny
          </Button>
          {hasFailed ? null : (
            <Button
              size="small"
              kind="quiet"
              aria-expanded={isTyping}
              onClick={() => setMode(mode === "type" ? "choose" : "type")}
            >
              Type a result
            </Button>
          )}
        </div>
        {!canAllow ? null : (
          <p id={`${id}-always`} className="text-faint text-[13px]">
            Always run: without asking, in this tab, until anything about the tool changes.
          </p>
        )}
        {others === 0 ? null : (
          <p className="text-faint text-[13px]">
            {`The same call waits in ${others === 1 ? "another lane" : `${others} other lanes`}.`}
          </p>
        )}
        {mode === "skip" ? (
          <SkipField
            onSkip={(output) => refuse({ output, isError: false, origin: { by: "skipped" } })}
            onCancel={() => setMode("choose")}
          />
        ) : null}
      </div>
      {isTyping ? props.renderField(isLeading && hasFailed) : null}
    </>
  );
}

/** Saves that a person accepts a server's definition: in the tool, or in the lane that has an answer of its own. */
function useAccept(tool: ToolDefinition, binding: ToolBinding) {
  const { saveTool, changeSetup } = useActions();
  const { laneId } = useAnswerScope();
  const { bindings } = useLaneSetup(laneId);
  return ({ description, parameters, hash }: McpTool, isTaken: boolean) => {
    if (binding.kind !== "mcp") return;
    const accepted = { ...binding, hash };
    const isOwn = binding !== tool.binding;
    const words = isTaken ? { description, parameters } : {};
    if (isTaken || !isOwn) saveTool({ ...tool, ...words, binding: isOwn ? tool.binding : accepted });
    if (isOwn) changeSetup(laneId, { bindings: { ...bindings, [tool.id]: accepted } });
  };
}

function compareLabel(isChanged: boolean, isOpen: boolean): string {
  if (isChanged) return isOpen ? "Hide the change" : "Look at the change";
  return isOpen ? "Hide the comparison" : "Compare with the server";
}

/** In how many other lanes the same call waits. */
function useOtherLanes(call: ToolCallPart): number {
  const waiting = useContext(WaitingCallsContext);
  return useMemo(() => Math.max(0, reachOf(call, waiting).lanes - 1), [call, waiting]);
}

type SkipFieldProps = { onSkip: (words: string) => void; onCancel: () => void };

/** What the model is told instead of a result. */
function SkipField({ onSkip, onCancel }: SkipFieldProps) {
  const id = useId();
  const [words, setWords] = useState(SKIPPED);
  return (
    <form
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onSkip(words);
      }}
    >
      <label htmlFor={id} className="text-muted text-[13px]">
        Tell the model
      </label>
      <TextField
        id={id}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- opened by the press that asked for it
        autoFocus
        value={words}
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && isComposing(event)) event.preventDefault();
          if (event.key !== "Escape") return;
          event.stopPropagation();
          onCancel();
        }}
        className="min-w-60 flex-1"
      />
      <Button type="submit" size="small">
        Skip call
      </Button>
    </form>
  );
}
