"use client";

import { useMemo } from "react";

import { KIND_MARKS } from "@/components/inspector/kind-marks";
import { JsonText } from "@/components/ui/code/json-text";
import { CopyButton } from "@/components/ui/copy-button";
import type { Frame } from "@/lib/inspect/frame";
import { type PlacedWords, placeWords, textOf } from "@/lib/inspect/part-places";
import { showMarks } from "@/lib/markdown/visible-marks";
import { formatCount, formatPlural } from "@/lib/stream/figures/format-number";
import { parseJson } from "@/lib/stream/turn/json-read";
import type { Part, Step } from "@/lib/stream/turn/turn";

import { gapWords, timeWords } from "./time-words";

type FrameDetailProps = {
  frame: Frame;
  index: number;
  count: number;
  sinceSend: number | null;
  gap: number | null;
  step: Step;
};

/** Characters that are shown of a frame; all are copied. */
const SHOWN = 200_000;
/** Characters around the words of a frame. */
const AROUND = 60;

/** One frame whole: what it brought, the words it made where they stand, and its text. */
export function FrameDetail({ frame, index, count, sinceSend, gap, step }: FrameDetailProps) {
  const { text } = frame;
  const words = useMemo(() => placeWords(step, frame.words), [step, frame]);
  const json = useMemo(() => prettyData(text.slice(0, SHOWN)), [text]);
  return (
    <section
      aria-label={`Frame ${index + 1}`}
      className="border-line grid max-h-[42%] shrink-0 content-start gap-1.5 overflow-y-auto border-t px-3 py-2"
    >
      <div className="flex items-center gap-2 text-[13px]">
        <h3 className="min-w-0 flex-1 tabular-nums">
          <span className="font-medium">{`Frame ${formatCount(index + 1)}`}</span>
          <span className="text-muted">
            {` of ${formatCount(count)} · ${timeWords(sinceSend)} · gap ${gapWords(gap)} · ${formatPlural(frame.bytes, "byte")} · ${frame.kinds.map((kind) => KIND_MARKS[kind].label).join(", ")}`}
          </span>
        </h3>
        <CopyButton label="Copy frame" text={() => text} />
      </div>
      {frame.remarks.length === 0 ? null : (
        <ul aria-label="Notes on this frame" className="text-warn list-disc pl-5 text-[13px]">
          {frame.remarks.map((remark) => (
            <li key={remark} className="[overflow-wrap:anywhere]">
              {showMarks(remark)}
            </li>
          ))}
        </ul>
      )}
      {words.length === 0 ? null : (
        <ul aria-label="Words it made" className="grid gap-0.5 text-[13px]">
          {words.map((made) => (
            <li key={`${made.part} ${String(made.from)}`} className="min-w-0">
              <Made words={made} step={step} />
            </li>
          ))}
        </ul>
      )}
      {json === null ? (
        <pre className="figures rounded-inner border-line bg-sunken max-h-[30lh] overflow-auto border px-3 py-2 leading-[20px] [overflow-wrap:anywhere] whitespace-pre-wrap">
          {showMarks(text.slice(0, SHOWN)) || "(blank lines)"}
        </pre>
      ) : (
        <>
          {json.before === "" ? null : (
            <p className="figures text-muted [overflow-wrap:anywhere]">{showMarks(json.before)}</p>
          )}
          <JsonText label="Frame as JSON" text={showMarks(json.text)} />
        </>
      )}
      {text.length > SHOWN ? (
        <p className="text-muted text-[13px]">{`Shown: the first ${formatCount(SHOWN)} characters. Copy has all of them.`}</p>
      ) : null}
    </section>
  );
}

/** Words of a frame with what stands around them. */
function Made({ words, step }: { words: PlacedWords; step: Step }) {
  const part = step.parts.find(({ id }) => id === words.part);
  const whole = (part === undefined ? null : textOf(part)) ?? "";
  return (
    <>
      <span className="text-muted">{`${placeOf(words.type)} `}</span>
      <span className="figures [overflow-wrap:anywhere] whitespace-pre-wrap">
        <span className="text-faint">
          {showMarks(whole.slice(Math.max(0, words.from - AROUND), words.from))}
        </span>
        <mark className="bg-accent-soft text-text rounded-[3px]">{showMarks(words.text)}</mark>
        <span className="text-faint">{showMarks(whole.slice(words.to, words.to + AROUND))}</span>
      </span>
    </>
  );
}

function placeOf(type: Part["type"]): string {
  if (type === "reasoning") return "in the thought:";
  return type === "text" ? "in the text:" : "in the call:";
}

/** The JSON of an event's `data`, indented, and the lines before it; null where it has none. */
function prettyData(text: string): { readonly before: string; readonly text: string } | null {
  const lines = text.split("\n");
  const at = lines.findIndex((line) => line.startsWith("data:"));
  const data =
    at === -1
      ? text
      : lines
          .slice(at)
          .map((line) => line.replace(/^data: ?/u, ""))
          .join("\n");
  const value = parseJson(data);
  if (typeof value !== "object" || value === null) return null;
  return { before: at <= 0 ? "" : lines.slice(0, at).join("\n"), text: JSON.stringify(value, null, 2) };
}
