/** Turns form one tree per lane: a child continues its parent, siblings are the branches of one row. All pure. */
import type { Asked, Lane, LaneId, PromptId, Row, TurnId, TurnRecord } from "./session";

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

/** All branches in this turn's row, oldest first, the turn itself among them. */
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

/**
 * The rows on screen, oldest first. Turns that answer the same prompt share one, and so do the branches of a prompt:
 * a lane that goes back to another wording stays in step with the others.
 */
export function rowsOf(lanes: readonly Lane[], turns: Turns): readonly Row[] {
  const paths = lanes.map((lane) => pathOf(turns, lane.leaf));
  const rowKeys = rowKeysOf(turns);
  const rows = rowsAt(paths, turns, ({ promptId }) => rowKeys.get(promptId) ?? promptId);
  const inOrder = areInStep(paths, rows) ? rows : rowsAt(paths, turns, ({ promptId }) => promptId);
  return withBranchesBeside(inOrder);
}

/** Below a row of different branches, what each lane was asked next stands in one row too, unless lanes share it. */
function withBranchesBeside(rows: readonly Row[]): readonly Row[] {
  const left = [...rows];
  const joined: Row[] = [];
  for (let row = left.shift(); row !== undefined; row = left.shift()) {
    const before = joined.at(-1);
    if (before?.asked === null) {
      for (const next of left.filter((other) => follows(other, before))) {
        if (!follows(row, before) || [...next.turns.keys()].some((id) => row?.turns.has(id))) continue;
        row = { asked: null, createdAt: row.createdAt, turns: new Map([...row.turns, ...next.turns]) };
        left.splice(left.indexOf(next), 1);
      }
    }
    joined.push(row);
  }
  return joined;
}

/** Whether each turn of a row comes right after one of the row `before`. */
function follows({ turns }: Row, before: Row): boolean {
  return [...turns].every(([id, { parentId }]) => parentId !== null && before.turns.get(id)?.id === parentId);
}

function rowsAt(
  paths: readonly (readonly TurnRecord[])[],
  turns: Turns,
  rowKeyOf: (turn: TurnRecord) => PromptId,
): readonly Row[] {
  const born = new Map<PromptId, number>();
  for (const turn of turns.values()) {
    const rowKey = rowKeyOf(turn);
    // A retry is newer than the row it stands in, so rows are ordered by when they were first asked something.
    born.set(rowKey, Math.min(turn.createdAt, born.get(rowKey) ?? turn.createdAt));
  }
  const rows = new Map<PromptId, Map<LaneId, TurnRecord>>();
  for (const turn of paths.flat()) {
    const rowKey = rowKeyOf(turn);
    rows.set(rowKey, (rows.get(rowKey) ?? new Map<LaneId, TurnRecord>()).set(turn.laneId, turn));
  }
  return [...rows]
    .map(([rowKey, row]) => ({
      asked: askedOf([...row.values()]),
      createdAt: born.get(rowKey) ?? 0,
      turns: row,
    }))
    .toSorted((a, b) => a.createdAt - b.createdAt);
}

function askedOf(turns: readonly TurnRecord[]): Asked | null {
  const [first] = turns;
  if (first === undefined || turns.some(({ promptId }) => promptId !== first.promptId)) return null;
  const { promptId, prompt, images } = first;
  return { promptId, prompt, images };
}

/** Prompts that are branches of each other in any lane stand in one row, whose key is one of them. */
function rowKeysOf(turns: Turns): ReadonlyMap<PromptId, PromptId> {
  const rowKeys = new Map<PromptId, PromptId>();
  const rootOf = (prompt: PromptId): PromptId => {
    let root = prompt;
    for (let next = rowKeys.get(root); next !== undefined && next !== root; next = rowKeys.get(root))
      root = next;
    rowKeys.set(prompt, root);
    return root;
  };
  const firstAt = new Map<string, PromptId>();
  for (const { laneId, parentId, promptId } of turns.values()) {
    const rowKey = `${laneId} ${parentId ?? ""}`;
    const first = firstAt.get(rowKey);
    if (first === undefined) firstAt.set(rowKey, promptId);
    else rowKeys.set(rootOf(promptId), rootOf(first));
  }
  return new Map([...turns.values()].map(({ promptId }) => [promptId, rootOf(promptId)]));
}

/** Whether each lane's turns stand in rows of their own, in their order. What was imported need not be so. */
function areInStep(paths: readonly (readonly TurnRecord[])[], rows: readonly Row[]): boolean {
  return paths.every((path) => {
    const standing = path.map((turn) => rows.findIndex((row) => row.turns.get(turn.laneId) === turn));
    return standing.every((at, index) => at >= 0 && at > (standing[index - 1] ?? -1));
  });
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

function byAge(a: TurnRecord, b: TurnRecord): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
}
