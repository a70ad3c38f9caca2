/** Turns form one tree per lane: a child continues its parent, siblings are the branches of one place. All pure. */
import type { Lane, LaneId, PromptId, Row, TurnId, TurnRecord } from "./session";

export type Turns = ReadonlyMap<TurnId, TurnRecord>;

/** The branch that ends in `leaf`, oldest turn first. A missing parent or a ring of parents ends the path. */
export function pathOf(turns: Turns, leaf: TurnId | null): readonly TurnRecord[] {
  const path: TurnRecord[] = [];
  const seen = new Set<TurnId>();
  let record = leaf === null ? undefined : turns.get(leaf);
  while (record && !seen.has(record.id)) {
    seen.add(record.id);
    path.push(record);
    record = record.parentId === null ? undefined : turns.get(record.parentId);
  }
  return path.toReversed();
}

/** All branches at this turn's place, oldest first, the turn itself among them. */
export function siblingsOf(turns: Turns, turn: TurnRecord): readonly TurnRecord[] {
  return [...turns.values()]
    .filter((other) => other.laneId === turn.laneId && other.parentId === turn.parentId)
    .toSorted(byAge);
}

/** Where a person last was below this turn: follows the newest child down, or the turn itself if it has none. */
export function latestLeafUnder(turns: Turns, id: TurnId): TurnId {
  const seen = new Set<TurnId>();
  let leaf = id;
  while (!seen.has(leaf)) {
    seen.add(leaf);
    const parent = leaf;
    const newest = [...turns.values()]
      .filter((turn) => turn.parentId === parent)
      .toSorted(byAge)
      .at(-1);
    if (newest && !seen.has(newest.id)) leaf = newest.id;
  }
  return leaf;
}

/** The lanes, each on a branch that is there: where its last turn is missing, on the newest turn that it has. */
export function withKnownLeaves(lanes: readonly Lane[], turns: Turns): readonly Lane[] {
  if (lanes.every(({ leaf }) => leaf === null || turns.has(leaf))) return lanes;
  return lanes.map((lane) => {
    if (lane.leaf === null || turns.has(lane.leaf)) return lane;
    const newest = [...turns.values()]
      .filter((turn) => turn.laneId === lane.id)
      .toSorted(byAge)
      .at(-1);
    return { ...lane, leaf: newest?.id ?? null };
  });
}

/** The rows on screen, oldest prompt first: for each prompt the turns that answer it on the lanes' current branches. */
export function rowsOf(lanes: readonly Lane[], turns: Turns): readonly Row[] {
  const born = firstAsked(turns);
  const rows = new Map<PromptId, Row & { readonly turns: Map<LaneId, TurnRecord> }>();
  for (const lane of lanes) {
    for (const turn of pathOf(turns, lane.leaf)) {
      const row = rows.get(turn.promptId);
      if (row) row.turns.set(lane.id, turn);
      else {
        const createdAt = born.get(turn.promptId) ?? turn.createdAt;
        const { promptId, prompt, images } = turn;
        rows.set(promptId, { promptId, prompt, images, createdAt, turns: new Map([[lane.id, turn]]) });
      }
    }
  }
  return [...rows.values()].toSorted((a, b) => a.createdAt - b.createdAt);
}

/** Copies the branch on a lane's screen into another lane, under new ids, so that both continue on their own. */
export function copyBranch(
  turns: Turns,
  from: Lane,
  to: LaneId,
  newId: () => TurnId,
): { readonly leaf: TurnId | null; readonly copies: readonly TurnRecord[] } {
  const copies: TurnRecord[] = [];
  for (const turn of pathOf(turns, from.leaf)) {
    const parentId = copies.at(-1)?.id ?? null;
    copies.push({ ...turn, id: newId(), laneId: to, parentId });
  }
  return { leaf: copies.at(-1)?.id ?? null, copies };
}

/** When each prompt was first asked. A retry is newer than the row it stands in, so rows are ordered by this. */
function firstAsked(turns: Turns): ReadonlyMap<PromptId, number> {
  const born = new Map<PromptId, number>();
  for (const { promptId, createdAt } of turns.values()) {
    born.set(promptId, Math.min(createdAt, born.get(promptId) ?? createdAt));
  }
  return born;
}

function byAge(a: TurnRecord, b: TurnRecord): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
}
