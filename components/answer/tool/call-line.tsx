"use client";

import { Fragment, useMemo } from "react";

import { cn } from "@/components/ui/cn";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { ToolResult } from "@/lib/stream/turn/event";
import type { Json } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import type { ToolCallPart } from "@/lib/stream/turn/turn";
import { readWritten, writeWritten } from "@/lib/stream/turn/written-json";

import { isContainer } from "./fitting-rows";
import { Scalar } from "./scalar";

type CallLineProps = { call: ToolCallPart; name: string; result: ToolResult };

/** More than any line shows. */
const SHOWN_CHARACTERS = 300;

/**
 * An answered call in one line: `weather(location: "Florence") → 22 degrees and sunny`. Where it does not fit, call and
 * result are each cut at their end, and neither takes room that the other could use.
 */
export function CallLine({ call, name, result }: CallLineProps) {
  return (
    <span className="figures [container-type:inline-size] grid min-w-0 flex-1 grid-cols-[minmax(0,max-content)_auto_minmax(0,max-content)] justify-start gap-x-[1ch] text-left">
      <span className="truncate">
        <span className="text-text font-semibold">{name}</span>
        <span className="text-muted">(</span>
        <LineArguments call={call} />
        <span className="text-muted">)</span>
        {call.edit === undefined ? null : <span className="text-accent"> edited</span>}
      </span>
      <span className="text-faint">→</span>
      {result.output === "" ? (
        <span className="text-faint truncate italic">empty result</span>
      ) : (
        <span dir="auto" className={result.isError ? "text-danger truncate" : "text-text truncate"}>
          {beginningOf(result.output)}
        </span>
      )}
    </span>
  );
}

function LineArguments({ call }: { call: ToolCallPart }) {
  const { form } = call;
  const input = call.edit?.text ?? call.input;
  const value = useMemo(() => (form === "json" ? readWritten(input) : undefined), [input, form]);
  if (!isObject(value)) return <span className="text-text">{beginningOf(input)}</span>;
  const entries = firstEntries(value);
  return entries.map(([key, entry], index) => (
    <Fragment key={key}>
      {/* In a narrow lane the name of the only argument would take the room of its value. */}
      <span
        className={cn("text-muted", entries.length === 1 && "[@container(max-width:440px)]:hidden")}
      >{`${index === 0 ? "" : ", "}${showMarks(key)}: `}</span>
      {isContainer(entry) ? (
        <span className="text-text">{beginningOf(writeWritten(entry))}</span>
      ) : (
        <Scalar value={typeof entry === "string" ? entry.slice(0, SHOWN_CHARACTERS) : entry} />
      )}
    </Fragment>
  ));
}

/** The entries that the line may have room for. */
function firstEntries(value: Readonly<Record<string, Json>>): readonly (readonly [string, Json])[] {
  return Object.entries(value).slice(0, SHOWN_CHARACTERS / 10);
}

function beginningOf(text: string): string {
  return showMarks(text.slice(0, SHOWN_CHARACTERS));
}
