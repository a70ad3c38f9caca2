import { describe, expect, it } from "vitest";

import { buildRecord, buildRow } from "@/lib/session/__fixtures__/build-record";
import { laneId, turnId } from "@/lib/session/store/ids";
import type { Row, TurnRecord } from "@/lib/session/store/session";
import { buildCall, buildStep } from "@/lib/stream/turn/__fixtures__/build-step";
import type { ToolCallPart } from "@/lib/stream/turn/turn";

import { reachOf, waitingCalls } from "./waiting-calls";

const weather = (id: string, input: string): ToolCallPart =>
  buildCall({ id, input, status: { state: "awaiting-result", args: { valid: true, value: {} } } });

function answer(lane: string, calls: readonly ToolCallPart[]): TurnRecord {
  return buildRecord({
    id: turnId(`turn of ${lane}`),
    laneId: laneId(lane),
    turn: { steps: [buildStep({ parts: calls })] },
  });
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
    expect(reach([buildRow(answer("a", [florence, rome]), answer("b", [spaced]))], florence)).toEqual({
      same: ["a/call-1", "b/call-9"],
      others: ["a/call-2"],
      lanes: 2,
    });
  });

  it("never sends it to another tool with the same arguments", () => {
    const time = buildCall({ ...florence, id: "call-3", name: "time" });
    expect(reach([buildRow(answer("a", [florence, time]))], florence)).toEqual({
      same: ["a/call-1"],
      others: [],
      lanes: 1,
    });
  });

  it("leaves out calls that have a result, and lanes that have gone on", () => {
    const result = { output: "22", isError: false, origin: { by: "typed" } } as const;
    const args = { valid: true, value: {} } as const;
    const answered = buildCall({ ...florence, status: { state: "answered", args, result, at: 1 } });
    const first = buildRow(answer("a", [florence]), answer("b", [answered]), answer("c", [florence]));
    expect(reach([first, buildRow(answer("c", []))], florence)).toEqual({
      same: ["a/call-1"],
      others: [],
      lanes: 1,
    });
  });
});
