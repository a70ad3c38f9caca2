import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";

import { buildRecord } from "@/lib/session/__fixtures__/build-record";
import { freshName } from "@/lib/session/__fixtures__/test-app";
import { emptySession, firstSession } from "@/lib/session/store/first-session";
import { laneId, sessionId, turnId } from "@/lib/session/store/ids";
import type { SaveState, Session, TurnRecord } from "@/lib/session/store/session";

import { openDatabase, type SessionDatabase, type Writing } from "./database";
import { createPersist, type Persist } from "./persist";

type Stage = {
  readonly persist: Persist;
  readonly session: Session;
  /** Everything that was written, in its order. */
  readonly written: readonly Writing[];
  readonly states: readonly SaveState["state"][];
  /** From now on the store has no room for turns, or has it again. */
  readonly refuse: (isRefused: boolean) => void;
  /** Runs timers of at most this many ms, and waits until any write they started is done. */
  readonly pass: (ms: number) => Promise<void>;
};

describe("what is written when", () => {
  it("writes what is typed while an answer streams soon, and the answer not before its second is over", async () => {
    const { persist, session, written, pass } = openStage();
    persist.session(session);
    persist.turn(ANSWER);
    await pass(SOON);
    expect(namesOf(written)).toEqual([{ drafts: [""], turns: [ANSWER] }]);

    persist.turn(ANSWER);
    persist.session({ ...session, draft: "N" });
    persist.session({ ...session, draft: "Ne" });
    await pass(SOON);
    expect(namesOf(written).slice(1)).toEqual([{ drafts: ["Ne"], turns: [] }]);

    await pass(SECOND);
    expect(namesOf(written).slice(2)).toEqual([{ drafts: [], turns: [ANSWER] }]);
  });

  it("writes a turn that was never written with the session that shows it", async () => {
    const { persist, session, written, pass } = openStage();
    persist.turn(ANSWER);
    persist.session(session);
    await pass(SOON);
    expect(namesOf(written)).toEqual([{ drafts: [""], turns: [ANSWER] }]);
  });

  it("writes the turns of a session that was deleted and brought back with it", async () => {
    const { persist, session, written, pass } = openStage();
    persist.session(session);
    persist.turn(ANSWER);
    await pass(SOON);

    persist.drop(session.id);
    persist.revive(session.id);
    persist.session(session);
    persist.turn(ANSWER);
    await pass(SOON);
    expect(namesOf(written).slice(1)).toEqual([{ drafts: [""], turns: [ANSWER] }]);
  });

  it("says saved once nothing is left to write, and says each state once", async () => {
    const { persist, session, states, pass } = openStage();
    persist.session(session);
    persist.turn(ANSWER);
    await pass(SOON);
    expect(states).toEqual(["saving", "saved"]);

    persist.turn(ANSWER);
    persist.session({ ...session, draft: "N" });
    await pass(SOON);
    expect(states.slice(2)).toEqual(["saving"]);
    await pass(SECOND);
    expect(states.slice(3)).toEqual(["saved"]);
  });

  it("goes on saying that an answer is not saved while what is typed is", async () => {
    const { persist, session, states, pass, refuse } = openStage();
    persist.session(session);
    persist.turn(ANSWER);
    await pass(SOON);
    refuse(true);
    persist.turn(ANSWER);
    persist.session({ ...session, draft: "F" });
    await pass(SECOND);
    expect(states.at(-1)).toBe("not-saved");

    persist.session({ ...session, draft: "Fo" });
    await pass(SOON);
    expect(states.at(-1)).toBe("not-saved");

    refuse(false);
    await pass(TEN_SECONDS);
    expect(states.at(-1)).toBe("saved");
  });
});

const SOON = 100;
const SECOND = 1_000;
const TEN_SECONDS = 10_000;
const ANSWER = turnId("answer");
const nobody = () => undefined;

function openStage(): Stage {
  const lane = laneId("lane");
  const first = firstSession({ id: sessionId("first"), lanes: [lane, laneId("other")], now: 0, found: null });
  const session = emptySession({ id: sessionId("session"), lanes: [lane], now: 0, like: first });
  const record: TurnRecord = buildRecord({ id: ANSWER, sessionId: session.id, laneId: lane });
  const written: Writing[] = [];
  const real = openDatabase(freshName());
  const database: SessionDatabase = {
    ...real,
    write: async (writing) => {
      if (isRefusing && writing.turns.length > 0) throw new DOMException("no room", "QuotaExceededError");
      await real.write(writing);
      written.push(writing);
    },
  };
  const states: SaveState["state"][] = [];
  let isRefusing = false;
  let saved: () => void = nobody;
  const timers = new Set<{ readonly ms: number; readonly call: () => void }>();
  const persist = createPersist({
    database,
    readTurn: (id) => (id === record.id ? record : null),
    onState: ({ state }) => {
      states.push(state);
      if (state === "not-saved") saved();
    },
    onSaved: () => saved(),
    later: (ms, call) => {
      const timer = { ms, call };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  });
  return {
    persist,
    session,
    written,
    states,
    refuse: (isRefused) => {
      isRefusing = isRefused;
    },
    pass: (ms) =>
      new Promise((resolve) => {
        saved = resolve;
        for (const timer of timers) {
          if (timer.ms > ms) continue;
          timers.delete(timer);
          timer.call();
        }
      }),
  };
}

function namesOf(written: readonly Writing[]) {
  return written.map(({ sessions, turns }) => ({
    drafts: sessions.map(({ draft }) => draft),
    turns: turns.map(({ id }) => id),
  }));
}
