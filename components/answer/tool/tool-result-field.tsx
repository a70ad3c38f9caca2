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
import { Checkbox } from "@/components/ui/fields/checkbox";
import { isComposing } from "@/components/ui/fields/is-composing";
import { TextArea } from "@/components/ui/fields/text-area";
import { Menu } from "@/components/ui/menus/menu";
import { useActions } from "@/lib/session/hooks/use-session";
import { reachOf } from "@/lib/session/store/waiting-calls";
import { formatPlural } from "@/lib/stream/figures/format-number";
import type { ToolResult } from "@/lib/stream/turn/event";
import type { ToolCallPart } from "@/lib/stream/turn/turn";
import type { ToolDefinition } from "@/lib/tools/tool";

import { focusNextResult } from "./focus-next-result";
import { ResultFillsContext } from "./result-fills";

type ToolResultFieldProps = {
  label: string;
  stepId: string;
  call: ToolCallPart;
  /** Why the tool that ran for the call gave no result. */
  failure: string | null;
  tool: ToolDefinition | null;
  /** Its tool can run for it at a press here. */
  canRun: boolean;
  /** Its best button is the one that stands out in the lane. */
  isLeading: boolean;
};

type Draft = { readonly text: string; readonly isError: boolean; readonly origin: ToolResult["origin"] };

const EMPTY: Draft = { text: "", isError: false, origin: { by: "typed" } };

/** Where a call's result is typed, filled in or run. Any text is a result, the empty one too. */
export function ToolResultField(props: ToolResultFieldProps) {
  const { label, stepId, call, failure, tool, canRun, isLeading } = props;
  const id = useId();
  // A tool that failed leaves its message: the person decides whether the model is told, or gets another result.
  const [draft, setDraft] = useState<Draft>(
    failure === null ? EMPTY : { text: failure, isError: true, origin: { by: "failure" } },
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
        setDraft((own) => (own.text === "" ? { ...fill, origin: { by: "typed" } } : own)),
      ),
    [fills, stepId, call.id],
  );
  const leave = () => (field.current === null ? undefined : focusNextResult(field.current));
  const example = tool?.exampleResult ?? null;
  const isEmpty = draft.text === "";
  const send = () => {
    leave();
    answerCall(callRef, resultOf(draft));
  };
  // What would go out: while nothing is typed, the example that stands in the field.
  const offered: Draft | null = isEmpty ? exampleDraft(example, draft.isError) : draft;
  const sendOffered = () => {
    if (offered === null) return;
    leave();
    answerCall(callRef, resultOf(offered));
  };
  const sendToSame = () => {
    if (offered === null) return;
    leave();
    for (const { turn, stepId: step, callId } of reach.same)
      answerCall({ turnId: turn, stepId: step, partId: callId }, resultOf(offered));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || isComposing(event)) return;
    event.preventDefault();
    // Enter alone makes a new line here; Ctrl+Enter sends the result.
    event.stopPropagation();
    if (!isEmpty) send();
  };
  // What gives a result soonest. Nothing typed and nothing to offer: no button helps yet.
  const best = !isEmpty ? "send" : canRun ? "run" : example === null ? "none" : "send";
  const kindOf = (button: typeof best) => (isLeading && button === best ? "primary" : "plain");
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
        placeholder={example ?? "Text or JSON"}
        onChange={(event) => setDraft({ ...draft, text: event.target.value, origin: { by: "typed" } })}
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
        <SendButton
          kind={kindOf("send")}
          isOff={offered === null}
          title={isEmpty ? "Sends the example in the field" : "Ctrl+Enter"}
          onSend={sendOffered}
        >
          {offered?.origin.by === "example" && isEmpty ? "Use example" : "Send result"}
        </SendButton>
        {reach.same.length < 2 ? null : (
          <SendButton
            isOff={offered === null}
            title="Sends to the calls with the same arguments"
            onSend={sendToSame}
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
        <Checkbox
          label="Mark as error"
          checked={draft.isError}
          onChange={(isError) => setDraft({ ...draft, isError })}
          className="ml-auto"
        />
        <Menu
          kind="quiet"
          size="icon"
          label={`More for ${label}`}
          entries={[
            ...(example === null
              ? []
              : [
                  {
                    kind: "item" as const,
                    label: "Edit example",
                    run: () => {
                      setDraft({ text: example, isError: draft.isError, origin: { by: "example" } });
                      field.current?.focus();
                    },
                  },
                ]),
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
        {failure !== null && draft.isError && draft.text === failure
          ? "The tool failed. Send its message as an error, or type a result."
          : ""}
      </output>
    </div>
  );
}

function resultOf({ text, isError, origin }: Draft): ToolResult {
  return { output: text, isError, origin };
}

function exampleDraft(example: string | null, isError: boolean): Draft | null {
  return example === null ? null : { text: example, isError, origin: { by: "example" } };
}

type SendButtonProps = {
  kind?: "primary" | "plain";
  /** There is nothing to send. */
  isOff: boolean;
  title: string;
  onSend: () => void;
  children: ReactNode;
};

/** Sends what is typed. Not `disabled` while nothing is: that would drop the focus of a person who clears the field. */
function SendButton({ kind = "plain", isOff, title, onSend, children }: SendButtonProps) {
  return (
    <Button
      size="small"
      kind={kind}
      aria-disabled={isOff}
      title={isOff ? "Type a result first" : title}
      onClick={() => (isOff ? undefined : onSend())}
    >
      {children}
    </Button>
  );
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
