"use client";

import { type ClipboardEvent, memo, useState } from "react";

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
  className?: string;
};

/**
 * Draws Markdown that may still be arriving. More text costs time in proportion to what is new and to the block that
 * is still open. Copying the whole of it gives the Markdown source.
 */
export function Markdown({ text, live, className }: MarkdownProps) {
  const [blocks] = useState(() => new LiveBlocks());
  const { groups, pending } = blocks.update(text, live);

  const onCopy = (event: ClipboardEvent<HTMLDivElement>) => {
    const selection = document.getSelection();
    if (!selection || !selectsAll(selection, event.currentTarget)) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", text);
  };

  return (
    <div className={cn("markdown", className)} onCopy={onCopy}>
      {groups.map((group, index) => (
        <Group key={placeKey(index)} blocks={group} isFull={index < groups.length - 1} />
      ))}
      {pending === "" ? null : <p className="markdown-pending">{pending}</p>}
    </div>
  );
}

type GroupProps = { blocks: readonly Block[]; isFull: boolean };

/** Blocks that are drawn together; a full group never changes and is skipped by the browser while out of view. */
const Group = memo(function Group({ blocks, isFull }: GroupProps) {
  return (
    <div className={isFull ? "markdown-group markdown-group-full" : "markdown-group"}>
      {blocks.map((block, index) => (
        <BlockView key={placeKey(index)} block={block} />
      ))}
    </div>
  );
});
