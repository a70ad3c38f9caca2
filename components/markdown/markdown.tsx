"use client";

import { type ClipboardEvent, memo, type ReactNode, useEffect, useMemo } from "react";

import { cn } from "@/components/ui/cn";
import { type Source, stillSource, useReadings } from "@/components/ui/use-readings";
import type { Block } from "@/lib/markdown/block";
import { type GrowingText, wholeText } from "@/lib/markdown/growing-text";

import { BlockView } from "./block-view";
import { indexKey } from "./index-key";
import { type DrawnBlocks, LiveBlocks } from "./live-blocks";
import { selectsAll } from "./selects-all";

import "./markdown.css";

type MarkdownProps = {
  /** The text; where it grows, what there was of it when what is around it was drawn. */
  text: string;
  /** More text may come. */
  live: boolean;
  /** What is drawn at the end of a top-level block, by its index, such as marks of footnotes. Never copied as Markdown. */
  ends?: BlockEnds | null;
  /** Where all of it is read while it grows. */
  growing?: Source<GrowingText> | null;
  className?: string;
};

type BlockEnds = ReadonlyMap<number, ReactNode>;

/**
 * Draws Markdown that may still be arriving. More text costs time in proportion to what is new and to the block that
 * is still open. Copying the whole of it gives the Markdown source.
 */
export function Markdown({ text, live, growing = null, ends = null, className }: MarkdownProps) {
  const settled = growing === null ? text : "";
  const source = useMemo(() => growing ?? stillSource(wholeText(settled, live)), [growing, settled, live]);
  const [drawn, readOn] = useReadings(source, wholeText(text, live), openBlocks);
  const { groups, pending, isBehind } = drawn;
  useEffect(() => {
    if (!isBehind) return undefined;
    // Tasks of their own, so that a very long text holds up neither keys nor other lanes.
    const timer = setInterval(readOn);
    return () => clearInterval(timer);
  }, [isBehind, readOn]);

  const onCopy = (event: ClipboardEvent<HTMLDivElement>) => {
    const selection = document.getSelection();
    if (!selection || !selectsAll(selection, event.currentTarget)) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", drawn.text);
  };

  return (
    <div className={cn("markdown", className)} onCopy={onCopy} aria-busy={isBehind || undefined}>
      {groups.map((group, index) => (
        <Group
          key={indexKey(index)}
          blocks={group}
          // Pieces of plain text are skipped one by one, as they know how high they are.
          isFull={index < groups.length - 1 && group[0]?.type !== "plain"}
          ends={ends}
          first={ends === null ? 0 : countBlocks(groups, index)}
        />
      ))}
      {pending === "" ? null : (
        <p dir="auto" className="markdown-pending">
          {pending}
        </p>
      )}
    </div>
  );
}

function openBlocks(): (text: GrowingText) => DrawnBlocks {
  const blocks = new LiveBlocks();
  return (text) => blocks.update(text);
}

type GroupProps = {
  blocks: readonly Block[];
  isFull: boolean;
  ends: BlockEnds | null;
  /** The index of its first block in the text. */
  first: number;
};

/** Blocks that are drawn together; a full group never changes and is skipped by the browser while out of view. */
const Group = memo(function Group({ blocks, isFull, ends, first }: GroupProps) {
  const last = blocks.at(-1);
  const hasEnd = ends?.has(first + blocks.length - 1) ?? false;
  return (
    <div
      className={isFull ? "markdown-group markdown-group-full" : "markdown-group"}
      // For the stylesheet: with a selector that looks into groups, the browser would do so for each word that comes.
      data-begins={beginningOf(blocks[0])}
      data-ends={
        last?.type === "heading" ? "heading" : last?.type === "plain" && !hasEnd ? "plain" : undefined
      }
    >
      {blocks.map((block, index) => (
        <BlockWithEnd key={indexKey(index)} block={block} end={ends?.get(first + index)} />
      ))}
    </div>
  );
});

/** What the space above a group depends on. */
function beginningOf(block: Block | undefined): "title" | "heading" | "plain" | undefined {
  if (block?.type === "heading") return block.depth > 2 ? "heading" : "title";
  return block?.type === "plain" ? "plain" : undefined;
}

function BlockWithEnd({ block, end }: { block: Block; end: ReactNode }) {
  if (end === undefined) return <BlockView block={block} />;
  // Behind the last word where there is one; below what is no line of text.
  if (block.type === "paragraph" || block.type === "heading") return <BlockView block={block} end={end} />;
  return (
    <>
      <BlockView block={block} />
      <p className="markdown-end">{end}</p>
    </>
  );
}

/** Blocks in the groups before the one at `index`. */
function countBlocks(groups: readonly (readonly Block[])[], index: number): number {
  return groups.slice(0, index).reduce((sum, group) => sum + group.length, 0);
}
