import type { ClipboardEvent, DragEvent } from "react";

import { readToolFile } from "./read-tool-file";

/** The text that was pasted beside any field; null where it belongs to a field, or is none. */
export function pastedText(event: ClipboardEvent): string | null {
  const { target } = event;
  const isField =
    target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
  const text = event.clipboardData.getData("text/plain");
  return isField || text.trim() === "" ? null : text;
}

/** Whether what is dragged may be dropped here: a file or a text from elsewhere. */
export function isDroppable({ dataTransfer, target }: DragEvent): boolean {
  const isEditor = target instanceof HTMLElement && target.isContentEditable;
  return !isEditor && [...dataTransfer.types].some((type) => type === "Files" || type === "text/plain");
}

/** The text that was dropped; a file that can't be read gives the reason in its place. */
export async function droppedText({ dataTransfer }: DragEvent): Promise<string> {
  const text = dataTransfer.getData("text/plain");
  const [file] = dataTransfer.files;
  if (file === undefined) return text;
  const opened = await readToolFile(file);
  return opened.ok ? opened.text : opened.message;
}
