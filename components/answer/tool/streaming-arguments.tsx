"use client";

import { useMemo } from "react";

import { ScrollBox } from "@/components/answer/scroll/scroll-box";
import { useGrowing } from "@/components/answer/use-growing";
import { stillSource, useReadings } from "@/components/ui/use-readings";
import { wholeText } from "@/lib/markdown/growing-text";
import { showMarks } from "@/lib/markdown/visible-marks";
import { formatPlural } from "@/lib/stream/figures/format-number";
import type { ToolCallPart } from "@/lib/stream/turn/turn";

import { openArgumentsReader } from "./arguments-reader";

type StreamingArgumentsProps = { call: ToolCallPart; isLive: boolean };

/** Arguments as they arrive or were cut off, as text, with the unfinished tail marked. */
export function StreamingArguments({ call, isLive }: StreamingArgumentsProps) {
  const growing = useGrowing(call.id, isLive);
  const settled = growing === null ? call.input : "";
  const source = useMemo(() => growing ?? stillSource(wholeText(settled, false)), [growing, settled]);
  const [{ before, complete, tail }] = useReadings(source, wholeText(call.input, isLive), () =>
    openArgumentsReader(call.form),
  );
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
