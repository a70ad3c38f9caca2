/** The words of an answer as they stand on the page: marks on them, and which of them a person has selected. */
import { alignTexts, drawnRange, sourceRange } from "@/lib/inspect/align-text";
import type { WordRange } from "@/lib/inspect/frame";
import { type PlacedWords, textOf } from "@/lib/inspect/part-places";
import type { Step } from "@/lib/stream/turn/turn";

const HIGHLIGHT = "inspected-words";
/** What is drawn among the words of a part and is not of them. */
const NOT_WORDS =
  "button, select, input, textarea, sup, [aria-hidden=true], .sr-only, [hidden], .markdown-end";

/** Where the answer of a step stands. */
type Place = { readonly turn: string; readonly step: Step };

/** What is drawn of a part: its text nodes, and the text that they make together. */
type Drawn = { readonly nodes: readonly Text[]; readonly starts: readonly number[]; readonly text: string };

/** Marks words in the answer and brings the first of them into view. Returns whether any of them is on the page. */
export function markWords(place: Place, words: readonly PlacedWords[]): boolean {
  clearMarks();
  if (!("highlights" in CSS)) return false;
  const ranges = words.flatMap((made) => {
    const range = rangeOf(place, made);
    return range === null ? [] : [range];
  });
  const [first] = ranges;
  if (first === undefined) return false;
  CSS.highlights.set(HIGHLIGHT, new Highlight(...ranges));
  first.startContainer.parentElement?.scrollIntoView({ block: "nearest", inline: "nearest" });
  return true;
}

/** Takes all marks away. */
export function clearMarks(): void {
  if ("highlights" in CSS) CSS.highlights.delete(HIGHLIGHT);
}

/** The words of the step's parts that are selected on the page, as places in the parts' texts. */
export function selectedWords({ turn, step }: Place): readonly WordRange[] {
  const selection = document.getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return [];
  const range = selection.getRangeAt(0);
  return step.parts.flatMap((part) => {
    const source = textOf(part);
    const element = elementOf({ turn, step }, part.id);
    if (source === null || element === null || !range.intersectsNode(element)) return [];
    const drawn = drawnText(element);
    const from = offsetIn(drawn, range.startContainer, range.startOffset, element);
    const to = offsetIn(drawn, range.endContainer, range.endOffset, element);
    const words = sourceRange(alignTexts(source, drawn.text), { from, to });
    return words === null ? [] : [{ part: part.id, ...words }];
  });
}

function rangeOf(place: Place, { part: id, from, to }: PlacedWords): Range | null {
  const part = place.step.parts.find((each) => each.id === id);
  const source = part === undefined ? null : textOf(part);
  const element = elementOf(place, id);
  if (source === null || element === null) return null;
  const drawn = drawnText(element);
  const found = drawnRange(alignTexts(source, drawn.text), { from, to });
  if (found === null) return null;
  const range = document.createRange();
  const start = pointIn(drawn, found.from);
  const end = pointIn(drawn, found.to - 1);
  if (start === null || end === null) return null;
  range.setStart(start.node, start.offset);
  range.setEnd(end.node, end.offset + 1);
  return range;
}

function elementOf({ turn, step }: Place, part: string): HTMLElement | null {
  const selector = `[data-turn="${CSS.escape(turn)}"] [data-step="${CSS.escape(step.id)}"] [data-part-id="${CSS.escape(part)}"]`;
  return document.querySelector<HTMLElement>(selector);
}

function drawnText(element: HTMLElement): Drawn {
  const walker = document.createTreeWalker(
    element,
    NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT,
    (node) => {
      if (node instanceof Element)
        return node.matches(NOT_WORDS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
      return NodeFilter.FILTER_ACCEPT;
    },
  );
  const nodes: Text[] = [];
  const starts: number[] = [];
  let text = "";
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue;
    nodes.push(node);
    starts.push(text.length);
    // Words of two nodes are two words.
    text += `${node.data} `;
  }
  return { nodes, starts, text };
}

function pointIn(
  { nodes, starts }: Drawn,
  at: number,
): { readonly node: Text; readonly offset: number } | null {
  const index = starts.findLastIndex((start) => start <= at);
  const node = nodes[index];
  if (node === undefined) return null;
  return { node, offset: Math.min(node.length, at - (starts[index] ?? 0)) };
}

/** Where a point of the page lies in what is drawn of a part. */
function offsetIn(
  { nodes, starts, text }: Drawn,
  container: Node,
  offset: number,
  element: HTMLElement,
): number {
  const own = nodes.findIndex((node) => node === container);
  if (own !== -1) return (starts[own] ?? 0) + offset;
  const point = document.createRange();
  point.setStart(container, offset);
  if (!element.contains(container) && point.comparePoint(element, 0) > 0) return 0;
  const behind = nodes.findIndex((node) => point.comparePoint(node, 0) >= 0);
  return behind === -1 ? text.length : (starts[behind] ?? 0);
}
