/** The answers of a comparison that can be compared with each other: on screen or on another branch. Pure. */
import type { Lane, TurnId, TurnRecord } from "@/lib/session/store/session";
import type { Turns } from "@/lib/session/store/turn-tree";

export type ListedAnswer = {
  readonly id: TurnId;
  /** Of its lane, from 1. */
  readonly laneNumber: number;
  /** Which prompt of its branch it answers, from 1. */
  readonly promptNumber: number;
  /** Which branch of its row it is, from 1, and how many there are. */
  readonly branch: number;
  readonly branches: number;
  readonly prompt: string;
  /** The model that answered, or was asked. */
  readonly model: string;
};

/** Every answer of these lanes: prompt by prompt, in each lane by lane, and oldest branch first. */
export function answerList(lanes: readonly Lane[], turns: Turns): readonly ListedAnswer[] {
  const numbers = new Map(lanes.map(({ id }, index) => [id, index + 1]));
  const depthOf = depthsOf(turns);
  const branches = new Map<string, TurnRecord[]>();
  for (const record of [...turns.values()].toSorted((a, b) => a.createdAt - b.createdAt)) {
    const key = placeOf(record);
    branches.set(key, [...(branches.get(key) ?? []), record]);
  }
  return [...branches.values()]
    .flatMap((siblings) =>
      siblings.flatMap((record, index): readonly ListedAnswer[] => {
        const { id, laneId, prompt, setup, turn } = record;
        const laneNumber = numbers.get(laneId);
        if (laneNumber === undefined) return [];
        return [
          {
            id,
            laneNumber,
            promptNumber: depthOf(record),
            branch: index + 1,
            branches: siblings.length,
            prompt,
            model: turn.steps.at(-1)?.request.model ?? setup.model,
          },
        ];
      }),
    )
    .toSorted((a, b) => a.promptNumber - b.promptNumber || a.laneNumber - b.laneNumber);
}

/** The same for all branches of one row in a lane. */
function placeOf({ laneId, parentId }: TurnRecord): string {
  return `${laneId} ${parentId ?? ""}`;
}

/** How many prompts a turn's branch has up to it. Each is counted once, and a ring of parents ends it. */
function depthsOf(turns: Turns): (record: TurnRecord) => number {
  const known = new Map<TurnId, number>();
  return (record) => {
    const path: TurnRecord[] = [];
    const seen = new Set<TurnId>();
    let at: TurnRecord | undefined = record;
    while (at !== undefined && !known.has(at.id) && !seen.has(at.id)) {
      path.push(at);
      seen.add(at.id);
      at = at.parentId === null ? undefined : turns.get(at.parentId);
    }
    let depth = (at === undefined ? undefined : known.get(at.id)) ?? 0;
    for (const each of path.toReversed()) known.set(each.id, (depth += 1));
    return depth;
  };
}

/**
 * With which answer one is compared unless a person chooses: the same prompt in the next lane, the branch before it, the
 * prompt before it, otherwise any other. null where there is no other.
 */
export function counterpartOf(answers: readonly ListedAnswer[], id: TurnId): TurnId | null {
  const one = answers.find((answer) => answer.id === id);
  const others = answers.filter((answer) => answer.id !== id);
  if (one === undefined) return others[0]?.id ?? null;
  const ofLane = others.filter(({ laneNumber }) => laneNumber === one.laneNumber);
  const found =
    others.find(
      (other) =>
        other.laneNumber !== one.laneNumber &&
        other.prompt === one.prompt &&
        other.promptNumber === one.promptNumber,
    ) ??
    ofLane.findLast((other) => other.promptNumber === one.promptNumber && other.branch < one.branch) ??
    ofLane.find((other) => other.promptNumber === one.promptNumber) ??
    ofLane.findLast((other) => other.promptNumber < one.promptNumber) ??
    others[0];
  return found?.id ?? null;
}

/** What two answers are called where they are compared: "lane 1" and "lane 2", "branch 1" and "branch 2". */
export function namesOf(one: ListedAnswer, other: ListedAnswer): readonly [string, string] {
  const both = (name: (answer: ListedAnswer) => string) => [name(one), name(other)] as const;
  if (one.id === other.id) return ["this answer", "this answer"];
  if (one.laneNumber !== other.laneNumber) return both(({ laneNumber }) => `lane ${String(laneNumber)}`);
  if (one.promptNumber !== other.promptNumber)
    return both(({ promptNumber }) => `answer ${String(promptNumber)}`);
  return both(({ branch }) => `branch ${String(branch)}`);
}
