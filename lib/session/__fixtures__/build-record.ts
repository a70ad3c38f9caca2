import { emptySetup } from "@/lib/session/store/first-session";
import { laneId, promptId, sessionId, turnId } from "@/lib/session/store/ids";
import type { Row, TurnRecord } from "@/lib/session/store/session";
import { emptyTurn } from "@/lib/stream/turn/fold";

/** A turn of a session, without steps and with nothing set, but for these fields. */
export function buildRecord(fields: Partial<TurnRecord> = {}): TurnRecord {
  return {
    id: turnId("turn"),
    sessionId: sessionId("session"),
    laneId: laneId("lane"),
    promptId: promptId("prompt"),
    parentId: null,
    prompt: "Hi",
    images: [],
    createdAt: 0,
    setup: emptySetup(null),
    sharedServer: false,
    notes: [],
    events: [],
    turn: emptyTurn(),
    ...fields,
  };
}

/** A row of answers to one prompt. */
export function buildRow(...answers: readonly TurnRecord[]): Row {
  return {
    asked: { promptId: promptId("prompt"), prompt: "Hi", images: [] },
    createdAt: 0,
    turns: new Map(answers.map((record) => [record.laneId, record])),
  };
}
