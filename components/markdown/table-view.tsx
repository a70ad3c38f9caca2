import { memo } from "react";

import type { TableBlock, TableRow } from "@/lib/markdown/block";
import { directionOf } from "@/lib/markdown/direction";
import { inlineText } from "@/lib/markdown/plain-text";

import { indexKey } from "./index-key";
import { Inlines } from "./inlines";
import { isDrawnAtOnce, isSameSpan, type Span, spansOf } from "./parts-of";
import { useDrawn } from "./use-drawn";

/** A table with more cells is drawn in parts of about this many, each once it comes near the view. */
const WHOLE_CELLS = 2_000;
const PART_CELLS = 600;
/** About how high a row is, in px: only for those that have not been drawn yet. */
const ROW_PX = 33;

/** A table; of a long one only the rows near the view. */
export function TableView({ table }: { table: TableBlock }) {
  const { header, rows } = table;
  const columns = Math.max(1, header.length);
  const size = Math.max(4, Math.floor(PART_CELLS / columns));
  const spans = spansOf(rows.length, size, Math.ceil(WHOLE_CELLS / columns));
  const isPartial = spans.length > 1;
  const align = table.align.map((side) => side ?? "").join(" ");
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it the keyboard could not scroll a wide table
    <section className="markdown-table" aria-label="Table" tabIndex={0}>
      <table
        // Columns in the order in which the language is read.
        dir={directionOf(header.map((inlines) => inlineText(inlines)).join(" "))}
        // Columns must not move when other rows come into view.
        data-partial={isPartial || undefined}
        style={isPartial ? { minWidth: `${columns * 10}ch` } : undefined}
        aria-rowcount={isPartial ? rows.length + 1 : undefined}
      >
        <thead>
          <RowView row={header} align={align} Cell="th" rowNumber={isPartial ? 1 : undefined} />
        </thead>
        {spans.map((span, index) => (
          <Part
            key={indexKey(index)}
            rows={rows}
            span={span}
            align={align}
            isPartial={isPartial}
            columns={columns}
          />
        ))}
      </table>
    </section>
  );
}

type PartProps = {
  rows: readonly TableRow[];
  span: Span;
  align: string;
  columns: number;
  /** Whether there are other parts. */
  isPartial: boolean;
};

const Part = memo(
  function Part({ rows, span, align, columns, isPartial }: PartProps) {
    const { from, to } = span;
    const { isDrawn, heightPx, ref } = useDrawn(!isPartial || isDrawnAtOnce(span), false);
    const own = rows.slice(from, to);
    const height = heightPx ?? own.length * ROW_PX;
    return (
      <tbody ref={isPartial ? ref : undefined}>
        {isDrawn ? (
          own.map((row, index) => (
            <RowView
              key={indexKey(index)}
              row={row}
              align={align}
              Cell="td"
              rowNumber={isPartial ? from + index + 2 : undefined}
            />
          ))
        ) : (
          <tr aria-hidden>
            <td colSpan={columns} className="markdown-skipped-cell">
              {/* Each line where its row will be: whoever scrolls here fast sees the end of the table, not a gap. */}
              <div className="markdown-skipped" style={{ height, lineHeight: `${height / own.length}px` }}>
                {own.map((row) => row.map((inlines) => inlineText(inlines)).join("\t")).join("\n")}
              </div>
            </td>
          </tr>
        )}
      </tbody>
    );
  },
  (before, now) =>
    before.align === now.align &&
    before.isPartial === now.isPartial &&
    isSameSpan(before.rows, now.rows, before.span, now.span),
);

/** `align` holds one word a column, so that a row can be compared by its props; `rowNumber` counts all rows from 1. */
type RowViewProps = { row: TableRow; align: string; Cell: "th" | "td"; rowNumber: number | undefined };

const RowView = memo(function RowView({ row, align, Cell, rowNumber }: RowViewProps) {
  const sides = align.split(" ");
  return (
    <tr aria-rowindex={rowNumber}>
      {row.map((inlines, index) => (
        <Cell key={indexKey(index)} dir="auto" data-align={sides[index] || undefined}>
          <Inlines inlines={inlines} />
        </Cell>
      ))}
    </tr>
  );
});
