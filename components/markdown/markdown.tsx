"use client";

import { type ClipboardEvent, memo, type ReactNode, useEffect, useReducer, useState } from "react";

import { cn } from "@/components/ui/cn";
import type { Block } from "@/lib/markdown/block";

import { BlockView } from "./block-view";
import { LiveBlocks } from "./live-blocks";
import { placeKey } from "./place-key";
import { selectsAll } from "./selects-all";

import "./markdown.css";

type MarkdownProps = {
  /** All the text so far. While `live` it only grows; any other text is read from its start. */
  text: string;
  /** More text may come. */
  live: boolean;
  /** What is drawn at the end of a top-level block, by its place, such as marks of footnotes. Never copied as Markdown. */
  ends?: BlockEnds | null;
  /** The text after its first characters, where that is known for less than `text.slice` costs. */
  since?: (length: number) => string;
  className?: string;
};

type BlockEnds = ReadonlyMap<number, ReactNode>;

/**
 * Draws Markdown that may still be arriving. More text costs time in proportion to what is new and to the block that
 * is still open. Copying the whole of it gives the Markdown source.
 */
export function Markdown({ text, live, since, ends = null, className }: MarkdownProps) {
  const [blocks] = useState(() => new LiveBlocks());
  const [, readOn] = useReducer((count: number) => count + 1, 0);
  const { groups, pending, isBehind } = blocks.update(text, live, since);
  useEffect(() => {
    if (!isBehind) return undefined;
    // Tasks of their own, so that a very long text holds up neither keys nor other lanes.
    const timer = setInterval(readOn);
    return () => clearInterval(timer);
  }, [isBehind]);

  const onCopy = (event: ClipboardEvent<HTMLDivElement>) => {
    const selection = document.getSelection();
    if (!selection || !selectsAll(selection, event.currentTarget)) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", text);
  };

  return (
    <div className={cn("markdown", className)} onCopy={onCopy} aria-busy={isBehind || undefined}>
      {groups.map((group, index) => (
        <Group
          key={placeKey(index)}
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

type GroupProps = {
  blocks: readonly Block[];
  isFull: boolean;
  ends: BlockEnds | null;
  /** The place of its first block in the text. */
  first: number;
};

/** Blocks that are drawn together; a full group never changes and is skipped by the browser while out of view. */
const Group = memo(function Group({ blocks, isFull, ends, first }: GroupProps) {
  return (
    <div className={isFull ? "markdown-group markdown-group-full" : "markdown-group"}>
      {blocks.map((block, index) => (
        <BlockWithEnd key={placeKey(index)} block={block} end={ends?.get(first + index)} />
      ))}
    </div>
  );
});

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
