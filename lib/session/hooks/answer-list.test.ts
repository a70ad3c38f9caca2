import { describe, expect, it } from "vitest";

import { plainSetup } from "@/lib/providers/plain-setup";
import { laneId, promptId, sessionId, turnId } from "@/lib/session/store/ids";
import type { Lane, TurnRecord } from "@/lib/session/store/session";
import { emptyTurn } from "@/lib/stream/turn/fold";

import { answerList, counterpartOf, namesOf } from "./answer-list";

const setup = plainSetup({ provider: "vllm", model: "m" });

function turn(id: string, lane: string, parent: string | null = null, prompt = "Hi"): TurnRecord {
  return {
    id: turnId(id),
    sessionId: sessionId("s"),
    laneId: laneId(lane),
    promptId: promptId(prompt),
    parentId: parent === null ? null : turnId(parent),
    prompt,
    images: [],
    createdAt: Number(id.replaceAll(/\D/gu, "")),
    setup,
    sharedServer: false,
    notes: [],
    turn: emptyTurn(),
    events: [],
  };
}

const lanes: readonly Lane[] = ["a", "b"].map((id) => ({ id: laneId(id), own: {}, leaf: null, width: 1 }));
const records = [
  turn("a1", "a"),
  turn("b2", "b"),
  turn("a3", "a"),
  turn("a4", "a", "a3", "And?"),
  turn("x5", "closed"),
];
const answers = answerList(lanes, new Map(records.map((record) => [record.id, record])));
const answer = (id: string) => answers.find((each) => each.id === turnId(id)) ?? expect.unreachable(id);

describe("the list of answers", () => {
  it("has every answer of the open lanes, prompt by prompt, with its branch", () => {
    expect(
      answers.map(({ id, laneNumber, promptNumber, branch, branches }) => [
        id,
        laneNumber,
        promptNumber,
        branch,
        branches,
      ]),
    ).toEqual([
      ["a1", 1, 1, 1, 2],
      ["a3", 1, 1, 2, 2],
      ["b2", 2, 1, 1, 1],
      ["a4", 1, 2, 1, 1],
    ]);
  });

  it("compares an answer with that of the next lane, otherwise with its branch, otherwise with the one before", () => {
    expect(counterpartOf(answers, turnId("a3"))).toBe("b2");
    const ofLane = answers.filter(({ laneNumber }) => laneNumber === 1);
    expect(counterpartOf(ofLane, turnId("a3"))).toBe("a1");
    expect(counterpartOf(ofLane, turnId("a1"))).toBe("a3");
    expect(counterpartOf(ofLane, turnId("a4"))).toBe("a3");
    expect(counterpartOf([answer("a1")], turnId("a1"))).toBe(null);
  });

  it("names answers by what distinguishes them", () => {
    expect(namesOf(answer("a1"), answer("b2"))).toEqual(["lane 1", "lane 2"]);
    expect(namesOf(answer("a1"), answer("a3"))).toEqual(["branch 1", "branch 2"]);
    expect(namesOf(answer("a3"), answer("a4"))).toEqual(["answer 1", "answer 2"]);
    expect(namesOf(answer("a3"), answer("a3"))).toEqual(["this answer", "this answer"]);
  });
});

it("a ring of parents ends", () => {
  const ring = [turn("a1", "a", "a2"), turn("a2", "a", "a1")];
  expect(answerList(lanes, new Map(ring.map((record) => [record.id, record])))).toHaveLength(2);
});
