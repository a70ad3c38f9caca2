import type { PlainBlock } from "@/lib/markdown/block";
import { showTraps } from "@/lib/markdown/visible-marks";

/**
 * About how many characters stand on a line, and how high one is in px: only for pieces that have not been drawn yet.
 */
const LINE_CHARACTERS = 90;
const LINE_PX = 23;

/** A piece of text that is not read as Markdown. The browser skips it while it is out of view, and still finds words in it. */
export function PlainView({ block: { text, note } }: { block: PlainBlock }) {
  const lines = Math.max(1, text.split("\n").length, Math.ceil(text.length / LINE_CHARACTERS));
  return (
    <div className="markdown-plain">
      {note === null ? null : <p className="markdown-plain-note">{note}</p>}
      <p
        dir="auto"
        className="markdown-plain-text"
        // Nearly all the pieces of a long text are never drawn: their height has to come from somewhere.
        style={text.length < SHORT ? undefined : { containIntrinsicBlockSize: `auto ${lines * LINE_PX}px` }}
        data-long={text.length < SHORT ? undefined : ""}
      >
        {showTraps(text)}
      </p>
    </div>
  );
}

/** Below this a piece is not worth skipping. */
const SHORT = 2_000;
