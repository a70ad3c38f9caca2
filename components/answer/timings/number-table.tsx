import { useIsRecording } from "@/lib/session/hooks/use-session";
import { type Figure, sourceLabel } from "@/lib/stream/figures/figure";
import type { Numbers } from "@/lib/stream/figures/measure-turn";

import { NUMBER_ROWS, writtenFigure } from "./number-rows";

type NumberTableProps = {
  /** What the numbers are of, for people who hear it. */
  label: string;
  numbers: Numbers;
  /** Rows in words, below the numbers: what each is, and what is to be said of it. */
  remarks: readonly (readonly [label: string, value: string, about: string])[];
};

/**
 * Every number of a step or a turn: what it is, how much, and where it comes from. A cost has a row only where it is
 * known.
 */
export function NumberTable({ label, numbers, remarks }: NumberTableProps) {
  const isRecorded = useIsRecording();
  return (
    <table aria-label={label} className="text-muted w-full">
      <thead className="sr-only">
        <tr>
          <th scope="col">Number</th>
          <th scope="col">Value</th>
          <th scope="col">Source</th>
        </tr>
      </thead>
      <tbody>
        {NUMBER_ROWS.filter(({ key }) => key !== "cost" || numbers.cost.value !== null).map(
          ({ name, key, write }) => (
            <Row
              key={key}
              name={name}
              value={writtenFigure(numbers[key], write)}
              about={sourceOf(numbers[key], isRecorded)}
            />
          ),
        )}
        {remarks.map(([name, value, about]) => (
          <Row key={name} name={name} value={value} about={about} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ name, value, about }: { name: string; value: string; about: string }) {
  return (
    <tr className="align-top">
      <th scope="row" className="py-0.5 pr-3 text-left font-normal whitespace-nowrap">
        {name}
      </th>
      <td className="text-text py-0.5 pr-3 text-right whitespace-nowrap tabular-nums">{value}</td>
      <td className="w-full py-0.5 [overflow-wrap:anywhere]">{about}</td>
    </tr>
  );
}

function sourceOf({ source, explain }: Figure, isRecorded: boolean): string {
  return source === "unknown" ? explain : `${sourceLabel(source, isRecorded)}: ${explain}`;
}
