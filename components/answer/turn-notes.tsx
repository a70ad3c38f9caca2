import { Disclosure } from "@/components/ui/disclosure";
import { showMarks } from "@/lib/markdown/visible-marks";
import { formatPlural } from "@/lib/stream/figures/format-number";

type TurnNotesProps = { notes: readonly string[] };

/** What was changed of a person's own words in the request, at a click. The wire view has every note. */
export function TurnNotes({ notes }: TurnNotesProps) {
  const own = notes.filter(isAboutOwnWords);
  if (own.length === 0) return null;
  return (
    <Disclosure summary={`${formatPlural(own.length, "note")} on the request`} className="text-[13px]">
      <ul className="text-muted list-disc pl-6">
        {own.map((note) => (
          <li key={note} className="[overflow-wrap:anywhere]">
            {showMarks(note)}
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

/** What a request changed of the words a person gave: prompts, images and results of calls. */
const OWN_WORDS = [
  /^An empty prompt is sent as/u,
  /^A prompt that got no answer/u,
  /\b(?:got|had) no result\b|^No result was given/u,
  /\bimages?\b/iu,
];

/**
 * Whether a note on a request is about words that a person gave. Those stay next to the answer. Notes on how the
 * history was written for this provider are shown with the request.
 */
export function isAboutOwnWords(note: string): boolean {
  return OWN_WORDS.some((pattern) => pattern.test(note));
}
