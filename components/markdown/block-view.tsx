import { memo, type ReactNode } from "react";

import { CodeBlockView } from "@/components/markdown/code/code-block-view";
import { cn } from "@/components/ui/cn";
import type { Block, ListBlock, ListItem } from "@/lib/markdown/block";
import { directionOf } from "@/lib/markdown/direction";
import { blockText } from "@/lib/markdown/plain-text";
import { showTraps } from "@/lib/markdown/visible-marks";

import { indexKey } from "./index-key";
import { Inlines } from "./inlines";
import { MathView } from "./math-view";
import { isDrawnAtOnce, isSameSpan, type Span, spansOf } from "./parts-of";
import { PlainView } from "./plain-view";
import { TableView } from "./table-view";
import { useDrawn } from "./use-drawn";

/** One block, with `end` behind the last word of a paragraph or heading. Blocks are immutable, so the same object is never drawn twice. */
export const BlockView = memo(function BlockView({ block, end }: { block: Block; end?: ReactNode }) {
  switch (block.type) {
    case "heading": {
      const Heading = HEADINGS[block.depth];
      return (
        <Heading dir="auto" aria-level={block.depth > 3 ? block.depth + 3 : undefined}>
          <Inlines inlines={block.inlines} />
          {end}
        </Heading>
      );
    }
    case "paragraph":
      return (
        <p dir="auto">
          <Inlines inlines={block.inlines} />
          {end}
        </p>
      );
    case "code":
      return <CodeBlockView block={block} />;
    case "math":
      return (
        <div className="markdown-formula">
          <MathView source={block.text} display isOpen={block.open === true} />
        </div>
      );
    case "quote":
      return (
        <blockquote dir={directionOf(blockText(block.blocks))}>
          {block.blocks.map((inner, index) => (
            <BlockView key={indexKey(index)} block={inner} />
          ))}
        </blockquote>
      );
    case "list":
      return <ListView list={block} />;
    case "table":
      return <TableView table={block} />;
    case "html":
      return (
        <p dir="auto" className="markdown-html">
          {showTraps(block.text)}
        </p>
      );
    case "plain":
      return <PlainView block={block} />;
    case "rule":
      return <hr />;
  }
});

// A prompt is h2 and an answer to it h3; what an answer says starts below them.
const HEADINGS = { 1: "h4", 2: "h5", 3: "h6", 4: "h6", 5: "h6", 6: "h6" } as const;

/** A longer list is drawn in parts, each once it comes near the view. */
const WHOLE = 200;
const PART = 50;
/** About how high an item is, in px: only for those that have not been drawn yet. */
const ITEM_PX = 27;

/** A list; of a long one only what a reader came near. */
function ListView({ list }: { list: ListBlock }) {
  const spans = spansOf(list.items.length, PART, WHOLE);
  const parts = spans.map((span, index) => (
    <Part key={indexKey(index)} list={list} span={span} isPartial={spans.length > 1} />
  ));
  // The list's own, as it says on which side its marks stand: `auto` would not look into items that have one.
  const dir = directionOf(blockText(list.items.slice(0, 1).flatMap((item) => item.blocks)));
  return list.start === null ? (
    <ul dir={dir}>{parts}</ul>
  ) : (
    <ol dir={dir} start={list.start}>
      {parts}
    </ol>
  );
}

type PartProps = { list: ListBlock; span: Span; isPartial: boolean };

const Part = memo(
  function Part({ list, span, isPartial }: PartProps) {
    const { from, to } = span;
    const { isDrawn, ref } = useDrawn(!isPartial || isDrawnAtOnce(span), true);
    const items = list.items.slice(from, to);
    if (!isDrawn) {
      return (
        <li
          ref={ref}
          aria-hidden
          className="markdown-skipped"
          style={{ height: items.length * ITEM_PX, lineHeight: `${ITEM_PX}px` }}
        >
          {items.map((item) => blockText(item.blocks)).join("\n")}
        </li>
      );
    }
    return items.map((item, index) => (
      <ItemView
        key={indexKey(index)}
        item={item}
        isLoose={list.loose}
        // Counted on from what is not drawn.
        value={isPartial && index === 0 && list.start !== null ? list.start + from : undefined}
        position={isPartial ? from + index + 1 : undefined}
        count={isPartial ? list.items.length : undefined}
      />
    ));
  },
  (before, now) =>
    before.isPartial === now.isPartial &&
    before.list.loose === now.list.loose &&
    before.list.start === now.list.start &&
    isSameSpan(before.list.items, now.list.items, before.span, now.span),
);

type ItemViewProps = {
  item: ListItem;
  isLoose: boolean;
  value: number | undefined;
  /** Its position among `count` items, from 1, where not all of them are in the page. */
  position: number | undefined;
  count: number | undefined;
};

const ItemView = memo(function ItemView({ item, isLoose, value, position, count }: ItemViewProps) {
  const { checked, blocks } = item;
  const hasParagraph = blocks.some(({ type }) => type === "html" || (type === "paragraph" && isLoose));
  return (
    <li
      value={value}
      aria-posinset={position}
      aria-setsize={count}
      className={cn(checked !== null && "markdown-task", hasParagraph && "markdown-loose") || undefined}
    >
      {checked === null ? null : (
        <input type="checkbox" checked={checked} disabled aria-label={checked ? "Done" : "To do"} />
      )}
      {blocks.map((block, index) =>
        block.type === "paragraph" && !isLoose ? (
          <span key={indexKey(index)} dir="auto" className="markdown-tight">
            <Inlines inlines={block.inlines} />
          </span>
        ) : (
          <BlockView key={indexKey(index)} block={block} />
        ),
      )}
    </li>
  );
});
