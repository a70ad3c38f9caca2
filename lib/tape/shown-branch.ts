import type { TapeTurn } from "./tape";

/** The turns of a lane from its first to the one that was shown last; `leaf` null = its last one. Pure. */
export function shownBranch(own: readonly TapeTurn[], leaf: string | null): readonly TapeTurn[] {
  const turns = new Map(own.map((turn) => [turn.id, turn]));
  const branch: TapeTurn[] = [];
  let turn = (leaf === null ? undefined : turns.get(leaf)) ?? own.at(-1);
  // A tape may name turns in a circle.
  while (turn !== undefined && !branch.includes(turn)) {
    branch.push(turn);
    turn = turn.parentId === null ? undefined : turns.get(turn.parentId);
  }
  return branch.toReversed();
}
