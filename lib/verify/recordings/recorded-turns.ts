/** From the exchanges of one recorded conversation to its turns, with results where the next request carries them. Pure. */
import { type AttemptRecord } from "@/lib/run/record";
import { replayEvents } from "@/lib/run/replay";
import type { TimedEvent } from "@/lib/stream/turn/event";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";
import type { JsonObject } from "@/lib/stream/turn/json";
import { asObject, parseJson } from "@/lib/stream/turn/json-read";
import type { ToolCallPart, Turn } from "@/lib/stream/turn/turn";
import type { Tape, TapeTurn } from "@/lib/tape/tape";

import { type RecordedResult, resultsIn } from "./recorded-results";

export type RecordedTurns = {
  readonly turns: readonly Turn[];
  /** What was asked in each turn. */
  readonly prompts: readonly string[];
  readonly records: readonly AttemptRecord[];
  /** The first request; null where it is not JSON. */
  readonly request: JsonObject | null;
  readonly isStreamed: boolean;
};

/**
 * The turns of one lane of a tape. `isOneEach`: the tape was made of another format, in which every exchange is a turn of
 * one step: those that bring results back go on with the turn before them.
 */
export function recordedTurns(tape: Tape, lane: number, isOneEach: boolean): RecordedTurns {
  const recorded = tape.turns.filter((turn) => turn.lane === lane);
  const turns: Turn[] = [];
  const prompts: string[] = [];
  let results: readonly RecordedResult[] = [];
  for (const each of recorded) {
    const { events } = replayEvents(each.events, each.records);
    const body = isOneEach ? requestOf(each) : null;
    const now = body === null ? [] : resultsIn(body);
    const before = turns.at(-1);
    if (isOneEach && before !== undefined && now.length > results.length) {
      turns[turns.length - 1] = goOn(answer(before, now.slice(results.length)), events);
    } else {
      turns.push(events.reduce(fold, emptyTurn()));
      prompts.push(each.prompt);
    }
    results = now;
  }
  const records = recorded.flatMap((turn) => turn.records);
  const [first] = recorded;
  return {
    turns,
    prompts,
    records,
    request: first === undefined ? null : requestOf(first),
    isStreamed: records.some(({ isStreamed }) => isStreamed),
  };
}

function requestOf({ records }: TapeTurn): JsonObject | null {
  const [first] = records;
  return first === undefined ? null : asObject(parseJson(first.request));
}

/** The turn with the next step behind it, later by what the turn took so far. */
function goOn(turn: Turn, events: readonly TimedEvent[]): Turn {
  const passed = Math.max(0, ...turn.steps.map(({ endedAt }) => endedAt ?? 0));
  return events.map(({ at, event }) => ({ at: at + passed, event })).reduce(fold, turn);
}

/** Gives each waiting call of the last step its result: by its id, else by its name, else in their order. */
function answer(turn: Turn, results: readonly RecordedResult[]): Turn {
  const step = turn.steps.at(-1);
  if (step === undefined) return turn;
  const left = [...results];
  const calls = step.parts.filter((part) => part.type === "tool-call");
  return calls.reduce((before, call) => {
    const index = indexFor(call, left);
    const [found] = index < 0 ? [] : left.splice(index, 1);
    if (found === undefined) return before;
    const { output, isError } = found;
    const event = {
      type: "tool-result",
      stepId: step.id,
      id: call.id,
      result: { output, isError, origin: { by: "typed" } },
    } as const;
    return fold(before, { at: step.endedAt ?? 0, event });
  }, turn);
}

function indexFor({ callId, name }: ToolCallPart, results: readonly RecordedResult[]): number {
  const byId = callId === null ? -1 : results.findIndex((each) => each.callId === callId);
  if (byId >= 0) return byId;
  const byName = results.findIndex((each) => each.name === name);
  return byName >= 0 ? byName : results.length - 1 < 0 ? -1 : 0;
}
