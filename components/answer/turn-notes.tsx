import { Disclosure } from "@/components/ui/disclosure";
import { formatPlural } from "@/lib/stream/figures/format-number";

import { isAboutOwnWords } from "./own-words";

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
            {note}
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
