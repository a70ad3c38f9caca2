import { showMarks } from "@/lib/markdown/visible-marks";
import type { Citation } from "@/lib/stream/event";

import { SourceLink } from "./source-link";

/** The sources of a text, each once, in the order in which they were first named. */
export function Footnotes({ citations }: { citations: readonly Citation[] }) {
  const notes = distinct(citations);
  if (notes.length === 0) return null;
  return (
    <ol aria-label="Sources" className="text-muted mt-1 grid list-decimal gap-1 pl-6 text-[13px]">
      {notes.map((note) => (
        <li key={keyOf(note)} title={note.quote === null ? undefined : showMarks(note.quote)}>
          {note.url === null ? (
            showMarks(note.title ?? "a document that was sent along")
          ) : (
            <SourceLink url={note.url} title={note.title} />
          )}
        </li>
      ))}
    </ol>
  );
}

function distinct(citations: readonly Citation[]): readonly Citation[] {
  return [
    ...new Map(citations.toReversed().map((citation) => [keyOf(citation), citation])).values(),
  ].toReversed();
}

function keyOf({ url, title, quote }: Citation): string {
  return url ?? title ?? quote ?? "";
}
