"use client";

import { Ellipsis } from "lucide-react";
import {
  type KeyboardEvent,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";

import { useAnswerScope, WaitingCallsContext } from "@/components/answer/answer-scope";
import { Button } from "@/components/ui/button";
import { isComposing } from "@/components/ui/fields/is-composing";
import { TextArea } from "@/components/ui/fields/text-area";
import { Menu } from "@/components/ui/menus/menu";
import type { ToolDefinition } from "@/lib/providers/provider";
import { useActions } from "@/lib/session/hooks/use-session";
import { reachOf } from "@/lib/session/store/waiting-calls";
import { formatPlural } from "@/lib/stream/figures/format-number";
import type { ToolResult } from "@/lib/stream/turn/event";
import type { ParsedArguments, ToolCallPart } from "@/lib/stream/turn/turn";
import { findRunner } from "@/lib/tools/registry";

import { ResultFillsContext } from "./result-fills";
import { useToolRun } from "./use-tool-run";

type ToolResultFieldProps = {
  label: string;
  stepId: string;
  call: ToolCallPart;
  args: ParsedArguments;
  tool: ToolDefinition | null;
};

type Draft = { readonly text: string; readonly isError: boolean; readonly origin: ToolResult["origin"] };

const EMPTY: Draft = { text: "", isError: false, origin: "typed" };

/** Where a call's result is typed, filled in or run. Any text is a result, the empty one too. */
export function ToolResultField({ label, stepId, call, args, tool }: ToolResultFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState(EMPTY);
  const field = useRef<HTMLTextAreaElement>(null);
  const { turnId } = useAnswerScope();
  const { submitResult } = useActions();
  const waiting = useContext(WaitingCallsContext);
  const fills = useContext(ResultFillsContext);
  const reach = useMemo(() => reachOf(call, waiting), [call, waiting]);
  useEffect(
    () =>
      fills.listen({ stepId, callId: call.id }, (fill) =>
        // What somebody wrote is theirs.
        setDraft((own) => (own.text === "" ? { ...fill, origin: "typed" } : own)),
      ),
    [fills, stepId, call.id],
  );
  const leave = () => (field.current === null ? undefined : focusNextResult(field.current));
  const toolRun = useToolRun((result) => {
    if (result.ok) {
      leave();
      submitResult(turnId, stepId, call.id, result.output, false, "run");
    }
    // The person decides whether the model is told, or gets another result.
    else setDraft({ text: result.message, isError: true, origin: "run" });
  });
  const runner = tool?.runner === null || tool === null || !args.valid ? null : findRunner(tool.runner);
  const example = tool?.exampleResult ?? null;
  const isEmpty = draft.text === "";
  const send = () => {
    leave();
    submitResult(turnId, stepId, call.id, draft.text, draft.isError, draft.origin);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || isComposing(event)) return;
    event.preventDefault();
    // The page's own Ctrl+Enter sends the prompt; here it means this result.
    event.stopPropagation();
    if (!isEmpty) send();
  };
  // One button stands out: what gives a result soonest.
  const best = isEmpty && runner !== null ? "run" : isEmpty && example !== null ? "example" : "send";
  const kindOf = (button: typeof best) => (button === best ? "primary" : "plain");
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
        {runner === null || !args.valid ? null : (
          <Button
            size="small"
            kind={kindOf("run")}
            disabled={toolRun.isRunning}
            aria-label={`Run ${call.name}`}
            onClick={() => toolRun.run(runner, args.value)}
          >
            {toolRun.isRunning ? "Running…" : "Run"}
          </Button>
        )}
        {example === null ? null : (
          <Button
            size="small"
            kind={kindOf("example")}
            onClick={() => setDraft({ text: example, isError: false, origin: "example" })}
          >
            Use example
          </Button>
        )}
        <SendButton kind={kindOf("send")} isEmpty={isEmpty} title="Ctrl+Enter" onSend={send}>
          Send result
        </SendButton>
        {reach.same.length < 2 ? null : (
          <SendButton
            isEmpty={isEmpty}
            title="To the calls with the same arguments"
            onSend={() => {
              leave();
              for (const each of reach.same)
                submitResult(each.turn, each.stepId, each.callId, draft.text, draft.isError, draft.origin);
            }}
          >
            {reach.lanes > 1 ? `Send to ${reach.lanes} lanes` : `Send to ${reach.same.length} equal calls`}
          </SendButton>
        )}
        {isEmpty || reach.others.length === 0 ? null : (
          <Button
            size="small"
            title="Puts this text into their fields and sends nothing"
            onClick={() => fills.fill(reach.others, draft)}
          >
            {`Fill ${formatPlural(reach.others.length, "other call")}`}
          </Button>
        )}
        <label className="text-muted ml-auto flex min-h-6 items-center gap-1.5 text-[13px]">
          <input
            type="checkbox"
            checked={draft.isError}
            onChange={(event) => setDraft({ ...draft, isError: event.target.checked })}
            className="accent-danger size-4"
          />
          Mark as error
        </label>
        <Menu
          kind="quiet"
          size="icon"
          label={`More for ${label}`}
          entries={[
            {
              kind: "item",
              label: "Send empty result",
              disabled: !isEmpty,
              run: send,
            },
          ]}
        >
          <Ellipsis size={15} aria-hidden />
        </Menu>
      </div>
      <output className="text-danger block text-[13px] empty:hidden">
        {draft.origin === "run" && draft.isError
          ? "The tool failed. Send its message as an error, or type a result."
          : ""}
      </output>
    </div>
  );
}

type SendButtonProps = {
  kind?: "primary" | "plain";
  isEmpty: boolean;
  title: string;
  onSend: () => void;
  children: ReactNode;
};

/** Sends what is typed. Not `disabled` while nothing is: that would drop the focus of a person who clears the field. */
function SendButton({ kind = "plain", isEmpty, title, onSend, children }: SendButtonProps) {
  return (
    <Button
      size="small"
      kind={kind}
      aria-disabled={isEmpty}
      title={isEmpty ? "Type a result first" : title}
      onClick={() => (isEmpty ? undefined : onSend())}
    >
      {children}
    </Button>
  );
}

/** Moves the focus on from a call whose result goes out: to the lane's next open result, else to the lane. */
function focusNextResult(field: HTMLElement): void {
  // Whoever is elsewhere by now, as while a tool runs, stays there.
  if (field.closest("fieldset")?.contains(document.activeElement) !== true) return;
  const lane = field.closest<HTMLElement>("section");
  const open = [...(lane?.querySelectorAll<HTMLElement>("[data-result-field]") ?? [])];
  const others = open.filter((other) => other !== field);
  const next = others[open.indexOf(field)] ?? others[0] ?? lane;
  next?.focus({ preventScroll: next === lane });
}

/** What a typed result is, told while it is typed. The text itself goes out as it is. */
export function resultKind(text: string): string {
  if (text === "") return "";
  try {
    JSON.parse(text);
    return "JSON";
  } catch {
    // Not JSON: plain text, which is as good a result.
    return /^\s*[[{]/u.test(text) ? "text, not valid JSON" : "text";
  }
}
