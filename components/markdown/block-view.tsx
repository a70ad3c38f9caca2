import { memo, type ReactNode } from "react";

import type { Block, ListBlock, ListItem, TableBlock, TableRow } from "@/lib/markdown/block";

import { CodeBlockView } from "./code-block-view";
import { Inlines } from "./inlines";
import { MathView } from "./math-view";
import { placeKey } from "./place-key";

/** One block, with `end` behind the last word of a paragraph or heading. Blocks are immutable, so the same object is never drawn twice. */
export const BlockView = memo(function BlockView({ block, end }: { block: Block; end?: ReactNode }) {
  switch (block.type) {
    case "heading": {
      const Heading = HEADINGS[block.depth];
      return (
        <Heading>
          <Inlines inlines={block.inlines} />
          {end}
        </Heading>
      );
    }
    case "paragraph":
      return (
        <p>
          <Inlines inlines={block.inlines} />
          {end}
        </p>
      );
    case "code":
      return <CodeBlockView block={block} />;
    case "math":
      return (
        <div className="markdown-formula">
          <MathView source={block.text} display />
        </div>
      );
    case "quote":
      return (
        <blockquote>
          {block.blocks.map((inner, index) => (
            <BlockView key={placeKey(index)} block={inner} />
          ))}
        </blockquote>
      );
    case "list":
      return <ListView list={block} />;
    case "table":
      return <TableView table={block} />;
    case "html":
      return <p className="markdown-html">{block.text}</p>;
    case "rule":
      return <hr />;
  }
});

// The page's own headings are h1 and h2; an answer's start below them.
const HEADINGS = { 1: "h3", 2: "h4", 3: "h5", 4: "h6", 5: "h6", 6: "h6" } as const;

function ListView({ list }: { list: ListBlock }) {
  const items = list.items.map((item, index) => (
    <ItemView key={placeKey(index)} item={item} isLoose={list.loose} />
  ));
  return list.start === null ? <ul>{items}</ul> : <ol start={list.start}>{items}</ol>;
}

type ItemViewProps = { item: ListItem; isLoose: boolean };

const ItemView = memo(function ItemView({ item, isLoose }: ItemViewProps) {
  const { checked, blocks } = item;
  return (
    <li className={checked === null ? undefined : "markdown-task"}>
      {checked === null ? null : (
        <input type="checkbox" checked={checked} disabled aria-label={checked ? "Done" : "To do"} />
      )}
      {blocks.map((block, index) =>
        block.type === "paragraph" && !isLoose ? (
          <span key={placeKey(index)} className="markdown-tight">
            <Inlines inlines={block.inlines} />
          </span>
        ) : (
          <BlockView key={placeKey(index)} block={block} />
        ),
      )}
    </li>
  );
});

function TableView({ table }: { table: TableBlock }) {
  const align = table.align.map((side) => side ?? "").join(" ");
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it the keyboard could not scroll a wide table
    <section className="markdown-table" aria-label="Table" tabIndex={0}>
      <table>
        <thead>
          <RowView row={table.header} align={align} Cell="th" />
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <RowView key={placeKey(index)} row={row} align={align} Cell="td" />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** `align` holds one word a column, so that a row can be compared by its props. */
type RowViewProps = { row: TableRow; align: string; Cell: "th" | "td" };

const RowView = memo(function RowView({ row, align, Cell }: RowViewProps) {
  const sides = align.split(" ");
  return (
    <tr>
      {row.map((inlines, index) => (
        <Cell key={placeKey(index)} data-align={sides[index] || undefined}>
          <Inlines inlines={inlines} />
        </Cell>
      ))}
    </tr>
  );
});
