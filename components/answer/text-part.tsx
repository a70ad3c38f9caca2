import { memo, useMemo } from "react";

import { numberSources } from "@/components/answer/sources/number-sources";
import { SourceList } from "@/components/answer/sources/source-list";
import { SourceMarks } from "@/components/answer/sources/source-marks";
import { Markdown } from "@/components/markdown/markdown";
import { cn } from "@/components/ui/cn";
import type { TextPart as TextPartData } from "@/lib/stream/turn/turn";

import { useGrowing } from "./use-growing";

import "./parts.css";

type TextPartProps = { part: TextPartData; live: boolean };

/** A text of the answer, drawn as Markdown; once it has ended, with its sources in footnotes. */
export const TextPart = memo(function TextPart({ part, live }: TextPartProps) {
  const growing = useGrowing(part.id, live);
  const { text, citations } = part;
  // While it streams, numbers would come and go: blocks still change, and citations arrive late.
  const notes = useMemo(
    () => (live || citations.length === 0 ? null : numberSources(text, citations)),
    [live, text, citations],
  );
  const ends = useMemo(
    () =>
      notes &&
      new Map(
        [...notes.marks].map(([block, numbers]) => [
          block,
          <SourceMarks key={block} sources={notes.sources} numbers={numbers} />,
        ]),
      ),
    [notes],
  );
  return (
    <div
      data-part="text"
      data-part-id={part.id}
      className={cn(
        "answer-part min-w-0",
        part.phase === "commentary" ? "text-muted text-[14px] leading-[21px]" : "text-[15px] leading-[23px]",
      )}
    >
      {part.phase === "commentary" ? <p className="text-muted text-[13px]">Commentary</p> : null}
      <Markdown text={text} live={live} growing={growing} ends={ends} />
      {notes === null ? null : <SourceList sources={notes.sources} numbered className="mt-2" />}
    </div>
  );
});
