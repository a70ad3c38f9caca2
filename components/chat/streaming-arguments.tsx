"use client";

import { useState } from "react";

import { showMarks } from "@/lib/markdown/visible-marks";
import { formatPlural } from "@/lib/stream/format-number";

import { ScrollBox } from "./scroll-box";
import { openTailReader } from "./tail-reader";

type StreamingArgumentsProps = { input: string; isLive: boolean };

/** Enough for any reader, and little enough to be drawn anew every frame. */
const SHOWN_CHARACTERS = 2000;

/** Arguments as they arrive or were cut off, as text, with the unfinished tail marked. */
export function StreamingArguments({ input, isLive }: StreamingArgumentsProps) {
  const [tailOf] = useState(openTailReader);
  const from = Math.max(0, input.length - SHOWN_CHARACTERS);
  const tail = Math.max(from, tailOf(input));
  return (
    <ScrollBox label="Arguments so far" fromEnd className="figures max-h-[10lh]">
      <pre className="[overflow-wrap:anywhere] whitespace-pre-wrap">
        {from > 0 ? (
          <span className="text-faint">{`… ${formatPlural(from, "character")} before\n`}</span>
        ) : null}
        {showMarks(input.slice(from, tail))}
        <span className="border-phase-tool text-muted border-b-2 border-dotted">
          {showMarks(input.slice(tail))}
          {isLive ? "…" : ""}
        </span>
      </pre>
    </ScrollBox>
  );
}
