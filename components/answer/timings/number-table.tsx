import { type Figure, SOURCE_LABELS } from "@/lib/stream/figures/figure";
import { formatCost, formatPlural, formatRate, formatSeconds } from "@/lib/stream/figures/format-number";
import type { Numbers } from "@/lib/stream/figures/measure-turn";

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
        {ROWS.filter(({ key }) => key !== "cost" || numbers.cost.value !== null).map(
          ({ name, key, write }) => (
            <Row key={key} name={name} value={written(numbers[key], write)} about={sourceOf(numbers[key])} />
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

type NumberRow = {
  readonly name: string;
  readonly key: keyof Numbers;
  readonly write: (value: number | null) => string;
};

const rate = (value: number | null) => `${formatRate(value)} tok/s`;
const tokens = (value: number | null) => formatPlural(value, "token");

const ROWS: readonly NumberRow[] = [
  { name: "Output speed", key: "outputRate", write: rate },
  { name: "To first token", key: "firstToken", write: formatSeconds },
  { name: "Thinking", key: "reasoningTime", write: formatSeconds },
  { name: "Answer", key: "answerTime", write: formatSeconds },
  { name: "Output", key: "outputTokens", write: tokens },
  { name: "Reasoning", key: "reasoningTokens", write: tokens },
  { name: "Prompt", key: "inputTokens", write: tokens },
  { name: "From cache", key: "cachedTokens", write: tokens },
  { name: "Prompt speed", key: "promptRate", write: rate },
  { name: "Total", key: "totalTime", write: formatSeconds },
  { name: "Cost", key: "cost", write: formatCost },
];

function written({ value, source }: Figure, write: NumberRow["write"]): string {
  if (value === null) return "–";
  return source === "estimated" ? `≈ ${write(value)}` : write(value);
}

function sourceOf({ source, explain }: Figure): string {
  return source === "unknown" ? explain : `${SOURCE_LABELS[source]}: ${explain}`;
}
