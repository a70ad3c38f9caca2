import type { Session, TurnId, TurnRecord } from "@/lib/session/store/session";
/** Earlier runs of a comparison whose results of a tool can answer its calls again. Pure. */
import { calledName } from "@/lib/stream/turn/called-name";
import { isObject } from "@/lib/stream/turn/json-read";
import type { RecordedCall } from "@/lib/tools/tool";

export type RecordedRun = {
  readonly id: TurnId;
  /** The run as a person knows it: its prompt, lane and model. */
  readonly label: string;
  /** Its answered calls of the tool, oldest first. */
  readonly calls: readonly RecordedCall[];
};

/** The runs in which the tool of this name got results, newest first. */
export function recordedRuns(
  { lanes }: Pick<Session, "lanes">,
  turns: ReadonlyMap<TurnId, TurnRecord>,
  name: string,
): readonly RecordedRun[] {
  return [...turns.values()]
    .toSorted((a, b) => b.createdAt - a.createdAt)
    .flatMap((record) => {
      const calls = answeredCalls(record, name);
      if (calls.length === 0) return [];
      const lane = lanes.findIndex(({ id }) => id === record.laneId) + 1;
      const who = lane === 0 ? record.setup.model : `lane ${lane}, ${record.setup.model}`;
      return [{ id: record.id, label: `${shortened(record.prompt)} (${who})`, calls }];
    });
}

function answeredCalls({ turn }: TurnRecord, name: string): readonly RecordedCall[] {
  return turn.steps.flatMap(({ parts }) =>
    parts.flatMap((part): readonly RecordedCall[] => {
      if (part.type !== "tool-call" || calledName(part) !== name) return [];
      const { status } = part;
      if (status.state !== "answered" || !status.args.valid || !isObject(status.args.value)) return [];
      const { output, isError } = status.result;
      return [{ args: status.args.value, result: { output, isError } }];
    }),
  );
}

const SHOWN_CHARACTERS = 40;

function shortened(text: string): string {
  const line = text.trim().replaceAll(/\s+/gu, " ");
  return line.length <= SHOWN_CHARACTERS ? line : `${line.slice(0, SHOWN_CHARACTERS - 1)}…`;
}
