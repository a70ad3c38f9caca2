import type { JsonChange } from "@/lib/compare/diff-json";
import { pathInWords } from "@/lib/compare/diff-json";
import { diffText } from "@/lib/compare/diff-text";
import { valueInWords } from "@/lib/compare/value-in-words";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { Json } from "@/lib/stream/turn/json";
import { numberAsWritten } from "@/lib/stream/turn/written-json";

import { TextPieces } from "./text-pieces";

type JsonChangesProps = { label: string; changes: readonly JsonChange[]; names: readonly [string, string] };

/** Changes that are drawn; more of them are counted. */
const MOST_DRAWN = 200;

/** Where two JSON values differ, path by path. */
export function JsonChanges({ label, changes, names }: JsonChangesProps) {
  return (
    <>
      <ul aria-label={label} className="grid gap-2">
        {changes.slice(0, MOST_DRAWN).map((change) => (
          <li
            key={`${change.kind} ${pathInWords(change.path)}`}
            className="rounded-inner border-line border px-2.5 py-1.5"
          >
            <p className="flex flex-wrap items-baseline gap-x-2">
              <span className="figures [overflow-wrap:anywhere]">
                {showMarks(pathInWords(change.path)) || "the value"}
              </span>
              <span className="text-muted text-[12px]">{kindWords(change, names)}</span>
            </p>
            <div className="figures max-h-72 overflow-y-auto [overflow-wrap:anywhere] whitespace-pre-wrap">
              <Values change={change} />
            </div>
          </li>
        ))}
      </ul>
      {changes.length > MOST_DRAWN ? (
        <p className="text-muted text-[13px]">{`${String(changes.length - MOST_DRAWN)} more differences are not shown.`}</p>
      ) : null}
    </>
  );
}

function kindWords({ kind }: JsonChange, [one, other]: readonly [string, string]): string {
  if (kind === "changed") return "differs";
  return kind === "removed" ? `only ${one}` : `only ${other}`;
}

function Values({ change }: { change: JsonChange }) {
  switch (change.kind) {
    case "removed":
      return <TextPieces pieces={[{ kind: "removed", text: valueInWords(change.from) }]} shows="both" />;
    case "added":
      return <TextPieces pieces={[{ kind: "added", text: valueInWords(change.to) }]} shows="both" />;
    case "changed": {
      const { from, to } = change;
      // Words of two texts; two other values are two values.
      if (isText(from) && isText(to)) return <TextPieces pieces={diffText(from, to).pieces} shows="both" />;
      const pieces = [
        { kind: "removed", text: valueInWords(from) },
        { kind: "same", text: " → " },
        { kind: "added", text: valueInWords(to) },
      ] as const;
      return <TextPieces pieces={pieces} shows="both" />;
    }
  }
}

function isText(value: Json): value is string {
  return typeof value === "string" && numberAsWritten(value) === null && /\s/u.test(value);
}
