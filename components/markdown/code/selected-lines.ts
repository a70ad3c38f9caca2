/** The selected code, one "\n" between lines, or null where the selection is not inside `element`. */
export function selectedLines(selection: Selection, element: Element): string | null {
  if (selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!element.contains(range.startContainer) || !element.contains(range.endContainer)) return null;
  const lines = [...range.cloneContents().querySelectorAll(".code-line, .code-chunk[data-plain]")];
  // Inside one line there is no whole line to find.
  if (lines.length === 0) return range.toString();
  return lines.map((line) => line.textContent).join("\n");
}
