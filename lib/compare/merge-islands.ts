import type { DiffPiece } from "./diff-piece";

/** What one text has in the place of what the other has; nothing is "". */
type Change = { removed: string; added: string };

/**
 * The pieces without short stretches of equal text between changes that are longer than they: two sentences that share
 * an "a" here and there are read as two sentences. Equal lines stay.
 */
export function withoutIslands(pieces: readonly DiffPiece[]): readonly DiffPiece[] {
  /** Changes with the equal text before each of them. */
  const runs: { before: string; change: Change }[] = [{ before: "", change: { removed: "", added: "" } }];
  for (const { kind, text } of pieces) {
    const last = runs.at(-1);
    if (last === undefined) continue;
    if (kind === "same") {
      if (isNothing(last.change)) last.before += text;
      else runs.push({ before: text, change: { removed: "", added: "" } });
      continue;
    }
    last.change[kind] += text;
    mergeBack(runs);
  }
  return runs.flatMap(({ before, change: { removed, added } }) => {
    const made: readonly DiffPiece[] = [
      { kind: "same", text: before },
      { kind: "removed", text: removed },
      { kind: "added", text: added },
    ];
    return made.filter(({ text }) => text !== "");
  });
}

function mergeBack(runs: { before: string; change: Change }[]): void {
  for (;;) {
    const [one, last] = runs.slice(-2);
    if (one === undefined || last === undefined || !isIsland(last.before, one.change, last.change)) return;
    one.change = {
      removed: one.change.removed + last.before + last.change.removed,
      added: one.change.added + last.before + last.change.added,
    };
    runs.pop();
  }
}

function isIsland(text: string, before: Change, after: Change): boolean {
  if (isNothing(before)) return false;
  const trimmed = text.trim();
  if (trimmed === "") return !text.includes("\n");
  if (text.includes("\n")) return false;
  return trimmed.length <= Math.min(sizeOf(before), sizeOf(after));
}

function sizeOf({ removed, added }: Change): number {
  return Math.max(removed.length, added.length);
}

function isNothing({ removed, added }: Change): boolean {
  return removed === "" && added === "";
}
