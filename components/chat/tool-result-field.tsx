"use client";

import { type KeyboardEvent, useId, useRef, useState } from "react";

import { Button } from "@/components/ui/button";
import { isComposing } from "@/components/ui/is-composing";
import { TextArea } from "@/components/ui/text-area";
import type { ToolDefinition } from "@/lib/providers/provider";
import type { ToolResult } from "@/lib/stream/event";
import type { ParsedArguments } from "@/lib/stream/turn";
import { findRunner } from "@/lib/tools/registry";

import { focusNextResult } from "./focus-next-result";
import { resultKind } from "./result-kind";
import { useToolRun } from "./use-tool-run";

type ToolResultFieldProps = {
  label: string;
  args: ParsedArguments;
  tool: ToolDefinition | null;
  onSubmit: (output: string, isError: boolean, origin: ToolResult["origin"]) => void;
  onSubmitToAll?: ((output: string, isError: boolean) => void) | undefined;
};

type Draft = { readonly text: string; readonly isError: boolean; readonly origin: ToolResult["origin"] };

const EMPTY: Draft = { text: "", isError: false, origin: "typed" };

/** Where a call's result is typed, filled in or run. Any text is a result, the empty one too. */
export function ToolResultField({ label, args, tool, onSubmit, onSubmitToAll }: ToolResultFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState(EMPTY);
  const field = useRef<HTMLTextAreaElement>(null);
  const leave = () => (field.current === null ? undefined : focusNextResult(field.current));
  const toolRun = useToolRun((result) => {
    if (result.ok) {
      leave();
      onSubmit(result.output, false, "run");
    }
    // The person decides whether the model is told, or gets another result.
    else setDraft({ text: result.message, isError: true, origin: "run" });
  });
  const runner = tool?.runner === null || tool === null ? null : findRunner(tool.runner);
  const example = tool?.exampleResult ?? null;
  const send = () => {
    leave();
    onSubmit(draft.text, draft.isError, draft.origin);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || isComposing(event)) return;
    event.preventDefault();
    // The page's own Ctrl+Enter sends the prompt; here it means this result.
    event.stopPropagation();
    send();
  };
  return (
    <div className="border-line grid gap-2 border-t px-3 py-2">
      <div className="flex flex-wrap items-baseline gap-x-2">
        <label htmlFor={id} className="text-muted text-[13px]">
          {label}
        </label>
        <span className="text-faint text-[13px]">{resultKind(draft.text)}</span>
      </div>
      <TextArea
        id={id}
        ref={field}
        data-result-field=""
        rows={2}
        value={draft.text}
        spellCheck={false}
        placeholder="Text or JSON"
        onChange={(event) => setDraft({ ...draft, text: event.target.value, origin: "typed" })}
        onKeyDown={onKeyDown}
        className="figures max-h-80 w-full"
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button size="small" kind="primary" onClick={send} title="Ctrl+Enter">
          Send
        </Button>
        {onSubmitToAll === undefined ? null : (
          <Button
            size="small"
            onClick={() => {
              leave();
              onSubmitToAll(draft.text, draft.isError);
            }}
          >
            Send to all
          </Button>
        )}
        {runner === null || !args.valid ? null : (
          <Button size="small" disabled={toolRun.isRunning} onClick={() => toolRun.run(runner, args.value)}>
            {toolRun.isRunning ? "Running" : "Run in page"}
          </Button>
        )}
        {example === null ? null : (
          <Button size="small" onClick={() => setDraft({ text: example, isError: false, origin: "example" })}>
            Fill in example
          </Button>
        )}
        <label className="text-muted ml-auto flex items-center gap-1.5 text-[13px]">
          <input
            type="checkbox"
            checked={draft.isError}
            onChange={(event) => setDraft({ ...draft, isError: event.target.checked })}
            className="accent-danger size-4"
          />
          is an error
        </label>
      </div>
      <output className="text-danger block text-[13px] empty:hidden">
        {draft.origin === "run" && draft.isError
          ? "The tool failed. Send its message as an error, or type a result."
          : ""}
      </output>
    </div>
  );
}
