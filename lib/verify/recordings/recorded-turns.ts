/** The turns of one lane of a recording, as they are graded. Pure. */
import { type AttemptRecord } from "@/lib/run/record";
import { replayTurn } from "@/lib/run/replay";
import type { JsonObject } from "@/lib/stream/turn/json";
import { asObject, parseJson } from "@/lib/stream/turn/json-read";
import type { Turn } from "@/lib/stream/turn/turn";
import { shownBranch } from "@/lib/tape/shown-branch";
import type { Tape, TapeTurn } from "@/lib/tape/tape";

export type RecordedTurns = {
  readonly turns: readonly Turn[];
  /** What was asked in each turn. */
  readonly prompts: readonly string[];
  readonly records: readonly AttemptRecord[];
  /** The first request; null where it is not JSON. */
  readonly request: JsonObject | null;
  readonly isStreamed: boolean;
};

/** The turns of one lane of a tape, on the branch that was shown: another one is no part of the conversation. */
export function recordedTurns(tape: Tape, lane: number): RecordedTurns {
  const recorded = shownBranch(
    tape.turns.filter((turn) => turn.lane === lane),
    tape.lanes[lane]?.leaf ?? null,
  );
  const records = recorded.flatMap((turn) => turn.records);
  const [first] = recorded;
  return {
    turns: recorded.map((turn) => replayTurn(turn.events, turn.records).turn),
    prompts: recorded.map(({ prompt }) => prompt),
    records,
    request: first === undefined ? null : requestOf(first),
    isStreamed: records.some(({ isStreamed }) => isStreamed),
  };
}

function requestOf({ records }: TapeTurn): JsonObject | null {
  const [first] = records;
  return first === undefined ? null : asObject(parseJson(first.request));
}
