import { memo } from "react";

import { Markdown } from "@/components/markdown/markdown";
import type { TextPart as TextPartData } from "@/lib/stream/turn";

import { Footnotes } from "./footnotes";

type TextPartProps = { part: TextPartData; live: boolean };

/** A text of the answer, drawn as Markdown. */
export const TextPart = memo(function TextPart({ part, live }: TextPartProps) {
  return (
    <div data-part="text" className="min-w-0 py-1">
      <Markdown text={part.text} live={live} />
      <Footnotes citations={part.citations} />
    </div>
  );
});
