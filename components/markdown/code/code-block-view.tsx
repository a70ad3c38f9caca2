"use client";

import { WrapText } from "lucide-react";
import { type ClipboardEvent, useLayoutEffect, useRef, useState } from "react";

import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import type { CodeBlock } from "@/lib/markdown/block";
import { showMarks } from "@/lib/markdown/visible-marks";

import { CodeLines } from "./code-lines";

/** A code block: its language, a button to copy it, and its lines, which are colored when the colors are known. */
export function CodeBlockView({ block }: { block: CodeBlock }) {
  const [isWrapped, setIsWrapped] = useState(false);
  return (
    <figure className="markdown-code" data-wrap={isWrapped || undefined}>
      <figcaption>
        <span>{block.language === "" ? "text" : showMarks(block.language)}</span>
        <IconButton label="Wrap long lines" aria-pressed={isWrapped} onClick={() => setIsWrapped(!isWrapped)}>
          <WrapText size={14} aria-hidden />
        </IconButton>
        <CopyButton label="Copy code" text={() => block.text.replace(/\n$/, "")} />
      </figcaption>
      <Lines block={block} />
    </figure>
  );
}

function Lines({ block }: { block: CodeBlock }) {
  const element = useRef<HTMLElement>(null);
  const lines = useRef<CodeLines>(null);
  useLayoutEffect(() => {
    if (!element.current) return;
    lines.current ??= new CodeLines(element.current);
    lines.current.update(block);
  }, [block]);
  useLayoutEffect(
    () => () => {
      lines.current?.remove();
      lines.current = null;
    },
    [],
  );

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it the keyboard could not scroll long lines
    <pre tabIndex={0} onCopy={onCopy}>
      <code ref={element} />
    </pre>
  );
}

/** A selection inside the code is copied line by line, as the browser would lose empty lines. */
function onCopy(event: ClipboardEvent<HTMLElement>): void {
  const selection = document.getSelection();
  const code = selection && selectedLines(selection, event.currentTarget);
  if (code === null) return;
  event.preventDefault();
  event.stopPropagation();
  event.clipboardData.setData("text/plain", code);
}

/** The selected code, one "\n" between lines, or null where the selection is not inside `element`. */
function selectedLines(selection: Selection, element: Element): string | null {
  if (selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!element.contains(range.startContainer) || !element.contains(range.endContainer)) return null;
  const lines = [...range.cloneContents().querySelectorAll(".code-line, .code-chunk[data-plain]")];
  // Inside one line there is no whole line to find.
  if (lines.length === 0) return range.toString();
  return lines.map((line) => line.textContent).join("\n");
}
