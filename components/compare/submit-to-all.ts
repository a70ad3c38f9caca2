import type { Row, SessionActions, TurnRecord } from "@/lib/session/session";

type SubmitToAll = {
  readonly rows: readonly Row[];
  readonly record: TurnRecord;
  readonly toolName: string;
  readonly output: string;
  readonly isError: boolean;
  readonly submit: SessionActions["submitResult"];
};

/** Gives one typed result to every waiting call of that tool in the same row, in all lanes. */
export function submitToAll({ rows, record, toolName, output, isError, submit }: SubmitToAll): void {
  const row = rows.find(({ promptId }) => promptId === record.promptId);
  for (const turn of row?.turns.values() ?? []) {
    for (const step of turn.turn.steps) {
      for (const part of step.parts) {
        if (part.type !== "tool-call" || part.name !== toolName) continue;
        if (part.status.state === "awaiting-result")
          submit(turn.id, step.id, part.id, output, isError, "typed");
      }
    }
  }
}
