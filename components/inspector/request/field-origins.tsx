import { useMemo } from "react";

import { explainRequest, type FieldOrigin } from "@/lib/inspect/explain-request";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { LaneSetup } from "@/lib/providers/provider";
import type { AttemptRecord } from "@/lib/run/record";
import type { JsonObject } from "@/lib/stream/turn/json";

type FieldOriginsProps = {
  body: JsonObject;
  setup: LaneSetup;
  record: Pick<AttemptRecord, "speech">;
  /** What was changed or left out for this provider, in words. */
  notes: readonly string[];
};

/** What Vitrine did to a request, line by line: what it added and why, which settings it mapped, and what it left out. */
export function FieldOrigins({ body, setup, record, notes }: FieldOriginsProps) {
  const fields = useMemo(() => explainRequest(body, setup, record.speech), [body, setup, record.speech]);
  const own = fields.filter(({ origin }) => origin !== "as set");
  if (own.length === 0 && notes.length === 0) return null;
  return (
    <section className="grid gap-1.5">
      <h3 className="font-medium">What Vitrine did</h3>
      {own.length === 0 ? null : (
        <table aria-label="Added and mapped fields" className="text-muted w-full text-[13px]">
          <tbody>
            {own.map(({ name, origin, why }) => (
              <tr key={name} className="align-top">
                <td className="py-0.5 pr-3 whitespace-nowrap">{WORDS[origin]}</td>
                <th
                  scope="row"
                  // A word is not broken while there is room for it: what stands beside it wraps first.
                  className="figures text-text max-w-48 py-0.5 pr-3 text-left font-normal [overflow-wrap:break-word]"
                >
                  {showMarks(name)}
                </th>
                <td className="w-full py-0.5">{showMarks(why)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {notes.length === 0 ? null : (
        <ul aria-label="Notes on the request" className="text-muted list-disc pl-5 text-[13px]">
          {notes.map((note) => (
            <li key={note} className="[overflow-wrap:anywhere]">
              {showMarks(note)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const WORDS: Record<FieldOrigin, string> = { added: "added", mapped: "mapped", "as set": "as set" };
