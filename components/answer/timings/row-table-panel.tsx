"use client";

import { Star } from "lucide-react";

import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { Panel } from "@/components/ui/panel/panel";
import { useIsNarrow } from "@/components/ui/use-is-narrow";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useRowTable } from "@/lib/session/hooks/use-row-table";
import {
  type RowTable,
  tableAsCsv,
  tableAsMarkdown,
  type TableCell,
  type TableRow,
} from "@/lib/session/store/row-table";
import type { PromptId, TurnId } from "@/lib/session/store/session";
import { SOURCE_LABELS } from "@/lib/stream/figures/figure";

type RowTablePanelProps = {
  prompt: PromptId;
  /** Shows the row on one clock. */
  onTimeline: () => void;
  /** Shows the first answer of the row beside another. */
  onCompare: (first: TurnId) => void;
  onClose: () => void;
};

/** The numbers of all lanes that answered one prompt, side by side. */
export function RowTablePanel({ prompt, onTimeline, onCompare, onClose }: RowTablePanelProps) {
  const table = useRowTable(prompt);
  const { columns, rows } = table;
  const [first] = rows.map(({ turn }) => turn);
  const isNarrow = useIsNarrow();
  return (
    <Panel
      title="Compare numbers"
      kind="dialog"
      onClose={onClose}
      className="min-[720px]:w-[min(56rem,calc(100vw-3rem))]"
    >
      <div className="relative grid min-h-0 gap-3 overflow-auto px-4 pt-3 pb-4">
        {rows.length === 0 ? (
          <p className="text-muted">These answers are on another branch now.</p>
        ) : (
          <>
            {isNarrow ? (
              rows.map((row) => <LaneNumbers key={row.laneNumber} row={row} columns={columns} />)
            ) : (
              <div className="overflow-x-auto">
                <table className="w-full text-[13px]">
                  <thead>
                    <tr className="text-muted border-line border-b text-left">
                      <th scope="col" className="py-1.5 pr-4 font-normal">
                        Lane
                      </th>
                      {columns.map(({ name }) => (
                        <th
                          key={name}
                          scope="col"
                          className="py-1.5 pl-4 text-right font-normal whitespace-nowrap"
                        >
                          {name}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((row) => (
                      <LaneRow key={row.laneNumber} row={row} columns={columns} />
                    ))}
                  </tbody>
                </table>
              </div>
            )}
            <div className="text-muted flex flex-wrap items-center justify-end gap-x-2 gap-y-1 text-[13px]">
              <span className="flex basis-full items-center gap-1">
                <Star size={9} fill="currentColor" aria-hidden className="text-text" />
                best of all lanes, among answers that ended well
              </span>
              <Button size="small" onClick={() => first !== undefined && onCompare(first)}>
                Compare answers
              </Button>
              <Button size="small" onClick={onTimeline}>
                Timeline
              </Button>
              <CopyButton label="Copy as Markdown" text={() => tableAsMarkdown(table)} showsLabel />
              <CopyButton label="Copy as CSV" text={() => tableAsCsv(table)} showsLabel />
            </div>
          </>
        )}
      </div>
    </Panel>
  );
}

/** A lane's numbers under its name, where a table of all lanes has no room. */
function LaneNumbers({ row, columns }: { row: TableRow; columns: RowTable["columns"] }) {
  return (
    <section className="border-line grid gap-1 border-b pb-3 text-[13px]">
      <h3 className="[overflow-wrap:anywhere]">
        <span className="text-muted tabular-nums">{row.laneNumber}</span> {showMarks(row.model)}
        {row.state === null ? null : <span className="text-muted"> · {row.state}</span>}
      </h3>
      <dl className="grid grid-cols-2 gap-x-5">
        {row.cells.map((cell, index) => (
          <div
            key={columns[index]?.name}
            className="flex min-w-0 items-baseline justify-between gap-2 py-0.5"
          >
            <dt className="text-muted">{columns[index]?.name}</dt>
            <dd title={cell.explain} className="text-right tabular-nums">
              <Value cell={cell} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function LaneRow({ row, columns }: { row: TableRow; columns: RowTable["columns"] }) {
  return (
    <tr className="border-line border-b align-top">
      <th scope="row" className="max-w-64 py-1.5 pr-4 text-left font-normal [overflow-wrap:anywhere]">
        <span className="text-muted tabular-nums">{row.laneNumber}</span> {showMarks(row.model)}
        {row.state === null ? null : <span className="text-muted block text-[12px]">{row.state}</span>}
      </th>
      {row.cells.map((cell, index) => (
        <Cell key={columns[index]?.name} cell={cell} showsSource={columns[index]?.isCounted !== true} />
      ))}
    </tr>
  );
}

function Cell({ cell, showsSource }: { cell: TableCell; showsSource: boolean }) {
  const { value, source, explain } = cell;
  return (
    <td title={explain} className="py-1.5 pl-4 text-right whitespace-nowrap tabular-nums">
      <Value cell={cell} />
      {value === null || !showsSource ? null : (
        <span className="text-muted block text-[12px]">{SHORT_SOURCES[source]}</span>
      )}
    </td>
  );
}

function Value({ cell: { text, isBest } }: { cell: TableCell }) {
  return (
    <span className={cn("inline-flex items-center gap-1", isBest && "font-semibold")}>
      {isBest ? (
        <>
          <Star size={9} fill="currentColor" aria-hidden />
          <span className="sr-only">best: </span>
        </>
      ) : null}
      {text}
    </span>
  );
}

const SHORT_SOURCES = { ...SOURCE_LABELS, server: "by the server", measured: "measured" } as const;
