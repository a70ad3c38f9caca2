"use client";

import { useState } from "react";

import { showMarks } from "@/lib/markdown/visible-marks";
import { formatPlural } from "@/lib/stream/format-number";
import type { ToolCallPart } from "@/lib/stream/turn";

import { openArgumentsReader } from "./arguments-reader";
import { ScrollBox } from "./scroll-box";
import { useGrowing } from "./use-growing";

type StreamingArgumentsProps = { call: ToolCallPart; isLive: boolean };

/** Arguments as they arrive or were cut off, as text, with the unfinished tail marked. */
export function StreamingArguments({ call, isLive }: StreamingArgumentsProps) {
  const [read] = useState(openArgumentsReader);
  const { before, complete, tail } = read(useGrowing(call, isLive));
  return (
    <ScrollBox label="Arguments so far" fromEnd className="figures max-h-[10lh]">
      <pre className="[overflow-wrap:anywhere] whitespace-pre-wrap">
        {before > 0 ? (
          <span className="text-faint">{`… ${formatPlural(before, "character")} before\n`}</span>
        ) : null}
        {showMarks(complete)}
        <span className="border-phase-tool text-muted border-b-2 border-dotted">
          {showMarks(tail)}
          {isLive ? "…" : ""}
        </span>
      </pre>
    </ScrollBox>
  );
}
