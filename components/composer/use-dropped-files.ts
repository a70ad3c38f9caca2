"use client";

import { useEffect, useEffectEvent, useState } from "react";

/**
 * Files that are dropped anywhere on the page or pasted where no other field takes them. Returns whether files
 * are being dragged over the page now.
 */
export function useDroppedFiles(onFiles: (files: readonly File[]) => void): boolean {
  const [isDragging, setIsDragging] = useState(false);
  const receive = useEffectEvent(onFiles);
  useEffect(() => {
    const onDrag = (event: DragEvent) => {
      if (!carriesFiles(event.dataTransfer)) return;
      // Without this the browser would leave the page for the file.
      event.preventDefault();
      setIsDragging(event.type === "dragover");
    };
    const onLeave = (event: DragEvent) => {
      // Moving between elements leaves one for another; leaving the window leads nowhere.
      if (event.relatedTarget === null) setIsDragging(false);
    };
    const onDrop = (event: DragEvent) => {
      onDrag(event);
      if (carriesFiles(event.dataTransfer)) receive([...(event.dataTransfer?.files ?? [])]);
    };
    const onPaste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      // Word processors put a picture of the text beside the text: the text is meant.
      const hasText = event.clipboardData?.types.includes("text/plain") === true;
      if (files.length === 0 || hasText || isOtherField(event.target)) return;
      event.preventDefault();
      receive(files);
    };
    const end = new AbortController();
    const { signal } = end;
    window.addEventListener("dragover", onDrag, { signal });
    window.addEventListener("dragleave", onLeave, { signal });
    window.addEventListener("drop", onDrop, { signal });
    window.addEventListener("paste", onPaste, { signal });
    return () => end.abort();
  }, []);
  return isDragging;
}

function carriesFiles(data: DataTransfer | null): boolean {
  return data?.types.includes("Files") === true;
}

/** A field that is not the prompt's. */
function isOtherField(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  const field = target.closest("input, textarea, [contenteditable=true]");
  return field !== null && field.getAttribute("aria-label") !== "Prompt";
}
