"use client";

import { Star } from "lucide-react";

import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { Panel } from "@/components/ui/panel/panel";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useRowTable } from "@/lib/session/hooks/use-row-table";
import {
  type RowTable,
  tableAsCsv,
  tableAsMarkdown,
  type TableCell,
  type TableRow,
} from "@/lib/session/store/row-table";
import type { PromptId } from "@/lib/session/store/session";
import { SOURCE_LABELS } from "@/lib/stream/figures/figure";

/** The numbers of all lanes that answered one prompt, side by side. */
export function RowTablePanel({ prompt, onClose }: { prompt: PromptId; onClose: () => void }) {
  const table = useRowTable(prompt);
  const { columns, rows } = table;
  return (
    <Panel
      title="Compare numbers"
      kind="dialog"
      onClose={onClose}
      className="min-[720px]:w-[min(56rem,calc(100vw-3rem))]"
    >
      <div className="grid min-h-0 gap-3 overflow-auto px-4 pt-3 pb-4">
        {rows.length === 0 ? (
          <p className="text-muted">These answers are on another branch now.</p>
        ) : (
          <>
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
            <div className="text-muted flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px]">
              <span className="mr-auto flex items-center gap-1">
                <Star size={9} fill="currentColor" aria-hidden className="text-text" />
                best of its column, among answers that ended well
              </span>
              <CopyButton label="Copy as Markdown" text={() => tableAsMarkdown(table)} showsLabel />
              <CopyButton label="Copy as CSV" text={() => tableAsCsv(table)} showsLabel />
            </div>
          </>
        )}
      </div>
    </Panel>
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
  const { text, value, source, explain, isBest } = cell;
  return (
    <td title={explain} className="py-1.5 pl-4 text-right whitespace-nowrap tabular-nums">
      <span className={cn("inline-flex items-center gap-1", isBest && "font-semibold")}>
        {isBest ? (
          <>
            <Star size={9} fill="currentColor" aria-hidden />
            <span className="sr-only">best: </span>
          </>
        ) : null}
        {text}
      </span>
      {value === null || !showsSource ? null : (
        <span className="text-muted block text-[12px]">{SHORT_SOURCES[source]}</span>
      )}
    </td>
  );
}

const SHORT_SOURCES = { ...SOURCE_LABELS, server: "by the server", measured: "measured" } as const;
