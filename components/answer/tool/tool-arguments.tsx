"use client";

import { useMemo, useState } from "react";

import { ScrollBox } from "@/components/answer/scroll/scroll-box";
import { CopyButton } from "@/components/ui/copy-button";
import { ToggleButton } from "@/components/ui/toggle-button";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { Json } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import type { ToolCallPart } from "@/lib/stream/turn/turn";
import { readWritten } from "@/lib/stream/turn/written-json";

import { EditedArguments } from "./approval/edited-arguments";
import type { ArgumentsVerdict } from "./call-state";
import { StreamingArguments } from "./streaming-arguments";
import { ValueTree } from "./value-tree";

type ToolArgumentsProps = { call: ToolCallPart; isLive: boolean; verdict: ArgumentsVerdict };

/** A call's arguments: text while they arrive, a tree once complete, the exact text at a click. */
export function ToolArguments({ call, isLive, verdict }: ToolArgumentsProps) {
  const [isRaw, setIsRaw] = useState(false);
  const tree = useMemo(() => readTree(call), [call]);
  const text = call.edit?.text ?? call.input;
  if (call.status.state === "input-streaming" || call.status.state === "unfinished") {
    return (
      <div data-part-id={call.id} className="min-h-8 px-3 pb-2">
        <StreamingArguments call={call} isLive={isLive && call.status.state === "input-streaming"} />
      </div>
    );
  }
  return (
    <div className="grid gap-1 px-3 pb-2">
      <div className="flex items-start gap-2">
        <ScrollBox
          part={call.id}
          label={call.form === "text" ? "Input" : "Arguments"}
          className="figures max-h-96 min-w-0 flex-1"
        >
          {isRaw || tree === null ? <RawText text={text} /> : <Arguments value={tree} />}
        </ScrollBox>
        <span className="flex shrink-0 items-center">
          {tree === null ? null : (
            <ToggleButton isOn={isRaw} onToggle={() => setIsRaw(!isRaw)}>
              Raw
            </ToggleButton>
          )}
          <CopyButton
            label={call.form === "text" ? "Copy input" : "Copy arguments"}
            text={() => text}
            className="size-6"
          />
        </span>
      </div>
      {call.edit === undefined ? null : <EditedArguments call={call} edited={call.edit.text} />}
      {verdict.kind === "invalid" ? (
        <ul aria-label="Problems with the arguments" className="text-danger text-[13px]">
          {verdict.failures.map((failure) => (
            <li key={failure} className="[overflow-wrap:anywhere]">
              {showMarks(failure)}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function Arguments({ value }: { value: Json }) {
  const isEmpty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
  return isEmpty ? <span className="text-faint">no arguments</span> : <ValueTree value={value} />;
}

function RawText({ text }: { text: string }) {
  return (
    <pre className="[overflow-wrap:anywhere] whitespace-pre-wrap">
      {text === "" ? "(empty)" : showMarks(text)}
    </pre>
  );
}

function readTree(call: ToolCallPart): Json | null {
  const { status } = call;
  if (call.form === "text") return null;
  if (status.state === "input-streaming" || status.state === "unfinished") return null;
  if (!status.args.valid) return null;
  // Numbers as received, because JavaScript may change them.
  const written = readWritten(call.edit?.text ?? call.input);
  return isObject(written) ? written : status.args.value;
}
