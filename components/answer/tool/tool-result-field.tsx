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
import { useActions } from "@/lib/session/hooks/use-session";
import { reachOf } from "@/lib/session/store/waiting-calls";
import { formatPlural } from "@/lib/stream/figures/format-number";
import type { ToolResult } from "@/lib/stream/turn/event";
import type { ParsedArguments, ToolCallPart } from "@/lib/stream/turn/turn";
import type { ToolDefinition } from "@/lib/tools/tool";

import { ResultFillsContext } from "./result-fills";

type ToolResultFieldProps = {
  label: string;
  stepId: string;
  call: ToolCallPart;
  args: ParsedArguments;
  /** Why the tool that ran for the call gave no result. */
  failure: string | null;
  tool: ToolDefinition | null;
};

type Draft = { readonly text: string; readonly isError: boolean; readonly origin: ToolResult["origin"] };

const EMPTY: Draft = { text: "", isError: false, origin: "typed" };

/** Where a call's result is typed, filled in or run. Any text is a result, the empty one too. */
export function ToolResultField({ label, stepId, call, args, failure, tool }: ToolResultFieldProps) {
  const id = useId();
  // A tool that failed leaves its message: the person decides whether the model is told, or gets another result.
  const [draft, setDraft] = useState<Draft>(
    failure === null ? EMPTY : { text: failure, isError: true, origin: "run" },
  );
  const field = useRef<HTMLTextAreaElement>(null);
  const { turnId } = useAnswerScope();
  const { answerCall, runCall } = useActions();
  const callRef = { turnId, stepId, partId: call.id };
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
  const canRun = tool?.binding.kind === "page" && args.valid;
  const example = tool?.exampleResult ?? null;
  const isEmpty = draft.text === "";
  const send = () => {
    leave();
    answerCall(callRef, resultOf(draft));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || isComposing(event)) return;
    event.preventDefault();
    // Enter alone makes a new line here; Ctrl+Enter sends the result.
    event.stopPropagation();
    if (!isEmpty) send();
  };
  // One button stands out: what gives a result soonest.
  const best = isEmpty && canRun ? "run" : isEmpty && example !== null ? "example" : "send";
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
        {canRun ? (
          <Button
            size="small"
            kind={kindOf("run")}
            aria-label={`Run ${call.name}`}
            onClick={() => {
              leave();
              void runCall(callRef);
            }}
          >
            Run
          </Button>
        ) : null}
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
            title="Sends to the calls with the same arguments"
            onSend={() => {
              leave();
              for (const { turn, stepId: step, callId } of reach.same)
                answerCall({ turnId: turn, stepId: step, partId: callId }, resultOf(draft));
            }}
          >
            {reach.lanes > 1 ? `Send to ${reach.lanes} lanes` : `Send to ${reach.same.length} equal calls`}
          </SendButton>
        )}
        {isEmpty || reach.others.length === 0 ? null : (
          <Button
            size="small"
            title="Fills in their fields without sending"
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

function resultOf({ text, isError, origin }: Draft): ToolResult {
  return { output: text, isError, origin };
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

/** Describes a result while it is being typed. The text itself is sent as is. */
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
