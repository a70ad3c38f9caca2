/** The answers of a comparison that can be compared with each other: on screen or on another branch. Pure. */
import type { Lane, TurnId, TurnRecord } from "@/lib/session/store/session";
import { pathOf, siblingsOf, type Turns } from "@/lib/session/store/turn-tree";

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
  const listed = [...turns.values()].flatMap(
    (record): readonly (ListedAnswer & Pick<TurnRecord, "createdAt">)[] => {
      const laneNumber = numbers.get(record.laneId);
      if (laneNumber === undefined) return [];
      const siblings = siblingsOf(turns, record);
      const { id, prompt, setup, turn, createdAt } = record;
      return [
        {
          id,
          laneNumber,
          promptNumber: pathOf(turns, id).length,
          branch: siblings.findIndex((other) => other.id === id) + 1,
          branches: siblings.length,
          prompt,
          model: turn.steps.at(-1)?.request.model ?? setup.model,
          createdAt,
        },
      ];
    },
  );
  return listed
    .toSorted(
      (a, b) => a.promptNumber - b.promptNumber || a.laneNumber - b.laneNumber || a.createdAt - b.createdAt,
    )
    .map(({ createdAt: _at, ...answer }) => answer);
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
  if (one.laneNumber !== other.laneNumber) return both(({ laneNumber }) => `lane ${String(laneNumber)}`);
  if (one.promptNumber !== other.promptNumber)
    return both(({ promptNumber }) => `answer ${String(promptNumber)}`);
  return both(({ branch }) => `branch ${String(branch)}`);
}
