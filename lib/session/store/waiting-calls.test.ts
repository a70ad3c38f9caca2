import { describe, expect, it } from "vitest";

import { emptySetup } from "@/lib/session/store/first-session";
import { laneId, promptId, sessionId, turnId } from "@/lib/session/store/ids";
import type { Row, TurnRecord } from "@/lib/session/store/session";
import { buildCall, buildStep } from "@/lib/stream/turn/__fixtures__/build-step";
import type { ToolCallPart } from "@/lib/stream/turn/turn";

import { reachOf, waitingCalls } from "./waiting-calls";

const weather = (id: string, input: string): ToolCallPart =>
  buildCall({ id, input, status: { state: "awaiting-result", args: { valid: true, value: {} } } });

function answer(lane: string, calls: readonly ToolCallPart[]): TurnRecord {
  return {
    id: turnId(`turn of ${lane}`),
    sessionId: sessionId("session"),
    laneId: laneId(lane),
    promptId: promptId("prompt"),
    parentId: null,
    prompt: "Weather?",
    images: [],
    createdAt: 0,
    setup: emptySetup(null),
    sharedServer: false,
    notes: [],
    events: [],
    turn: { steps: [buildStep({ parts: calls })] },
  };
}

function row(...answers: readonly TurnRecord[]): Row {
  return {
    asked: { promptId: promptId("prompt"), prompt: "Weather?", images: [] },
    createdAt: 0,
    turns: new Map(answers.map((record) => [record.laneId, record])),
  };
}

const florence = weather("call-1", '{"location":"Florence","unit":"C"}');
const rome = weather("call-2", '{"location":"Rome","unit":"C"}');

function reach(rows: readonly Row[], call: ToolCallPart) {
  const { same, others, lanes } = reachOf(call, waitingCalls(rows, 0));
  return { same: same.map(nameOf), others: others.map(nameOf), lanes };
}

const nameOf = ({ lane, callId }: { readonly lane: string; readonly callId: string }) => `${lane}/${callId}`;

describe("reachOf", () => {
  it("sends one result to equal calls in other lanes, however their arguments are written", () => {
    const spaced = weather("call-9", '{ "unit": "C", "location": "Florence" }');
    expect(reach([row(answer("a", [florence, rome]), answer("b", [spaced]))], florence)).toEqual({
      same: ["a/call-1", "b/call-9"],
      others: ["a/call-2"],
      lanes: 2,
    });
  });

  it("never sends it to another tool with the same arguments", () => {
    const time = buildCall({ ...florence, id: "call-3", name: "time" });
    expect(reach([row(answer("a", [florence, time]))], florence)).toEqual({
      same: ["a/call-1"],
      others: [],
      lanes: 1,
    });
  });

  it("leaves out calls that have a result, and lanes that have gone on", () => {
    const result = { output: "22", isError: false, origin: { by: "typed" } } as const;
    const args = { valid: true, value: {} } as const;
    const answered = buildCall({ ...florence, status: { state: "answered", args, result, at: 1 } });
    const first = row(answer("a", [florence]), answer("b", [answered]), answer("c", [florence]));
    expect(reach([first, row(answer("c", []))], florence)).toEqual({
      same: ["a/call-1"],
      others: [],
      lanes: 1,
    });
  });
});
