"use client";

import { type CSSProperties, memo } from "react";

import { Button } from "@/components/ui/button";
import { showMarks } from "@/lib/markdown/visible-marks";
import {
  columnWords,
  type Matrix,
  type MatrixColumn,
  type MatrixGroup,
  type MatrixRow,
} from "@/lib/verify/matrix/matrix";
import type { FaultClass } from "@/lib/verify/trial";

import { GroupRow } from "./group-row";
import { MatrixCell } from "./matrix-cell";
import { useCellKeys } from "./use-cell-keys";

/** A cell by its row's key and its column's place. */
export type CellPlace = { readonly row: string; readonly column: number };

type MatrixTableProps = {
  matrix: Matrix;
  groups: readonly MatrixGroup[];
  closed: ReadonlySet<string>;
  faults: ReadonlySet<FaultClass>;
  open: CellPlace | null;
  onToggle: (group: string) => void;
  onReference: (lane: number) => void;
  /** Always the same function. */
  onOpen: (row: string, column: number) => void;
};

/** The matrix as a table: groups of rows, a column per lane and effort. */
export function MatrixTable(props: MatrixTableProps) {
  const { matrix, groups, closed, faults, open, onToggle, onReference, onOpen } = props;
  const { columns, cell } = matrix;
  const references = columns.map((column) => referenceOf(columns, column));
  const shown = groups.filter(({ group }) => !closed.has(group)).flatMap(({ rows }) => rows);
  const keys = useCellKeys(shown.map(({ key }) => key).join(" "));
  const firstRow = shown[0]?.key;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows go from one of its buttons to the next
    <table
      aria-label="Cases by lane"
      className="verify-table border-separate border-spacing-0"
      style={columnCount(columns.length)}
      {...keys}
    >
      <colgroup>
        <col className="verify-case-column" />
        {columns.map(({ key }) => (
          <col key={key} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <th
            scope="col"
            className="border-line bg-bg text-muted sticky top-0 left-0 z-30 border-r border-b px-3 text-left text-[13px] font-normal"
          >
            Case
          </th>
          {columns.map((column) => (
            <ColumnHead key={column.key} column={column} onReference={onReference} />
          ))}
        </tr>
      </thead>
      {groups.map(({ group, rows }) => (
        <tbody key={group}>
          <GroupRow
            group={group}
            shown={casesOf(rows)}
            isOpen={!closed.has(group)}
            onToggle={() => onToggle(group)}
            counts={columns.map((column) =>
              // All of its rows, also where a filter shows some: a group's rate is no rate of failures.
              allRows(matrix, group).map((row) => {
                const { passes, measured } = cell(row, column);
                return { caseId: row.caseId, passes, of: measured };
              }),
            )}
            references={references}
          />
          {closed.has(group)
            ? null
            : rows.map((row) => (
                <tr key={row.key}>
                  <RowHead row={row} />
                  {columns.map((column, index) => {
                    const span = spanOf(columns, row, index);
                    if (span === 0) return null;
                    const reference = references[index];
                    const other = reference === null || reference === undefined ? null : columns[reference];
                    const own = cell(row, column);
                    return (
                      <MatrixCell
                        key={column.key}
                        name={`${row.caseId} ${row.title}, ${modeWords(row)}, ${columnWords(column)}`}
                        cell={own}
                        reference={other === null || other === undefined ? null : cell(row, other)}
                        row={row.key}
                        column={index}
                        span={span}
                        isFirst={row.key === firstRow && index === 0}
                        isOpen={open !== null && open.row === row.key && open.column === index}
                        isDimmed={faults.size > 0 && !own.faults.some((fault) => faults.has(fault))}
                        onOpen={onOpen}
                      />
                    );
                  })}
                </tr>
              ))}
        </tbody>
      ))}
    </table>
  );
}

function allRows({ groups }: Matrix, wanted: MatrixGroup["group"]): readonly MatrixRow[] {
  return groups.find(({ group }) => group === wanted)?.rows ?? [];
}

function casesOf(rows: readonly MatrixRow[]): number {
  return new Set(rows.map(({ caseId }) => caseId)).size;
}

/** What the table's width is made from. */
function columnCount(columns: number): CSSProperties & Record<"--columns", number> {
  return { "--columns": columns };
}

type ColumnHeadProps = { column: MatrixColumn; onReference: (lane: number) => void };

function ColumnHead({ column, onReference }: ColumnHeadProps) {
  const { label, effort, isReference, lane } = column;
  const at = label.indexOf("/");
  return (
    <th
      scope="col"
      className="border-line bg-bg sticky top-0 z-20 border-b px-3 py-1.5 text-left align-top font-normal"
    >
      <span className="text-muted block truncate text-[12px]">
        {showMarks(label.slice(0, Math.max(0, at)))}
      </span>
      <span title={showMarks(label)} className="block truncate font-medium">
        {showMarks(label.slice(at + 1))}
      </span>
      <span className="flex min-h-6 flex-wrap items-center gap-x-2 text-[12px]">
        {effort === null ? null : <span className="text-muted">{`effort ${effort}`}</span>}
        {isReference ? (
          <span className="text-muted">reference</span>
        ) : (
          <Button
            kind="quiet"
            size="small"
            className="-ml-2 text-[12px]"
            aria-label={`Compare with ${showMarks(columnWords(column))}`}
            onClick={() => onReference(lane)}
          >
            Make reference
          </Button>
        )}
      </span>
    </th>
  );
}

const RowHead = memo(function RowHead({ row }: { row: MatrixRow }) {
  return (
    // oxlint-disable-next-line jsx-a11y/control-has-associated-label -- the id and the title of the case are its text
    <th
      scope="row"
      className="border-line bg-bg sticky left-0 z-10 h-10 border-r border-b px-3 text-left font-normal"
    >
      <span className="flex items-baseline gap-x-2 max-[720px]:flex-wrap max-[720px]:leading-4">
        <span className="figures text-muted shrink-0 max-[720px]:text-[12px]">{row.caseId}</span>
        <span title={showMarks(row.title)} className="min-w-0 flex-1 truncate max-[720px]:text-[13px]">
          {showMarks(row.title)}
        </span>
        <span className="text-muted shrink-0 text-[12px] max-[720px]:w-full">
          {row.mode === "whole" ? "whole" : "stream"}
        </span>
      </span>
    </th>
  );
});

/** "stream" or "in one response". */
export function modeWords({ mode }: Pick<MatrixRow, "mode">): string {
  return mode === "stream" ? "streamed" : "in one response";
}

/** The place of the column that this one is compared with: the reference at the same effort, or else its first. null in its own. */
export function referenceOf(columns: readonly MatrixColumn[], column: MatrixColumn): number | null {
  if (column.isReference) return null;
  const same = columns.findIndex(({ isReference, effort }) => isReference && effort === column.effort);
  const first = columns.findIndex(({ isReference }) => isReference);
  return same !== -1 ? same : first === -1 ? null : first;
}

/** How many columns a cell takes: a case that knows no levels has one cell for all levels of its lane. 0 = it is in the one before. */
function spanOf(columns: readonly MatrixColumn[], row: MatrixRow, index: number): number {
  if (row.isPerEffort) return 1;
  const lane = columns[index]?.lane;
  if (columns[index - 1]?.lane === lane) return 0;
  return columns.filter((column) => column.lane === lane).length;
}
