import type { DiffPiece } from "./diff-piece";

/**
 * The differences of two lists of lines that differ much: lines that each of them has once, in the same order, hold them
 * together. What lies between is compared from its ends, so that time grows with the number of lines alone.
 */
export function diffLines(first: readonly string[], second: readonly string[]): readonly DiffPiece[] {
  const pieces: DiffPiece[] = [];
  let [one, other] = [0, 0];
  for (const anchor of [...anchorsOf(first, second), { one: first.length, other: second.length }]) {
    pieces.push(...aroundEnds(first.slice(one, anchor.one), second.slice(other, anchor.other)));
    if (anchor.one < first.length) pieces.push({ kind: "same", text: first[anchor.one] ?? "" });
    [one, other] = [anchor.one + 1, anchor.other + 1];
  }
  return joined(pieces);
}

/** A line that both lists have, by its place in each. */
type Anchor = { readonly one: number; readonly other: number };

/** The lines that each list has once, as many of them as stand in the same order. */
function anchorsOf(first: readonly string[], second: readonly string[]): readonly Anchor[] {
  const others = placesOfUnique(second);
  const shared = [...placesOfUnique(first)].flatMap(([line, one]) => {
    const other = others.get(line);
    return other === undefined ? [] : [{ one, other }];
  });
  return longestRising(shared);
}

/** Lines that a list has exactly once, in their order. */
function placesOfUnique(lines: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const twice = new Set<string>();
  for (const [at, line] of lines.entries()) {
    if (places.has(line)) twice.add(line);
    else places.set(line, at);
  }
  for (const line of twice) places.delete(line);
  return places;
}

/** As many of the anchors as rise in both lists. They rise in the first one already. */
function longestRising(anchors: readonly Anchor[]): readonly Anchor[] {
  type Link = { readonly anchor: Anchor; readonly before: Link | null };
  /** The best end of a row of each length. */
  const ends: Link[] = [];
  for (const anchor of anchors) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle]?.anchor.other ?? 0) < anchor.other) low = middle + 1;
      else high = middle;
    }
    ends[low] = { anchor, before: ends[low - 1] ?? null };
  }
  const row: Anchor[] = [];
  for (let link = ends.at(-1) ?? null; link !== null; link = link.before) row.push(link.anchor);
  return row.toReversed();
}

/** All but what two lists begin and end with, as one change. */
function aroundEnds(first: readonly string[], second: readonly string[]): readonly DiffPiece[] {
  const most = Math.min(first.length, second.length);
  let head = 0;
  while (head < most && first[head] === second[head]) head += 1;
  let tail = 0;
  while (tail < most - head && first.at(-1 - tail) === second.at(-1 - tail)) tail += 1;
  return [
    { kind: "same", text: first.slice(0, head).join("") },
    { kind: "removed", text: first.slice(head, first.length - tail).join("") },
    { kind: "added", text: second.slice(head, second.length - tail).join("") },
    { kind: "same", text: first.slice(first.length - tail).join("") },
  ];
}

/** Pieces of one kind that follow each other are one; empty ones are none. */
function joined(pieces: readonly DiffPiece[]): readonly DiffPiece[] {
  const made: DiffPiece[] = [];
  for (const piece of pieces) {
    if (piece.text === "") continue;
    const last = made.at(-1);
    if (last?.kind === piece.kind) made[made.length - 1] = { ...last, text: last.text + piece.text };
    else made.push(piece);
  }
  return made;
}
