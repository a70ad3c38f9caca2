import "fake-indexeddb/auto";
import { expect, it } from "vitest";
import { createStore } from "zustand/vanilla";

import { type AttemptRecord, bytesOf } from "@/lib/run/record";
import { buildRecord } from "@/lib/session/__fixtures__/build-record";
import { freshName } from "@/lib/session/__fixtures__/test-app";
import { type AppState, initialState } from "@/lib/session/store/app-state";
import { emptySetup, firstSession } from "@/lib/session/store/first-session";
import { laneId, sessionId } from "@/lib/session/store/ids";
import type { TurnRecord } from "@/lib/session/store/session";
import { buildStep } from "@/lib/stream/turn/__fixtures__/build-step";

import { openDatabase } from "./database";
import { packRecord, unpackRecord } from "./record-parts";
import { sessionBundle } from "./session-bundle";

const SESSION = firstSession({
  id: sessionId("s"),
  lanes: [laneId("lane"), laneId("other")],
  now: 5,
  found: null,
});

/** A turn with steps of these ids. */
function turnWith(...steps: readonly string[]): TurnRecord {
  return buildRecord({
    sessionId: SESSION.id,
    createdAt: 1,
    setup: emptySetup({ provider: "llamacpp", model: "tiny" }),
    turn: { steps: steps.map((id) => buildStep({ id })) },
  });
}

function record(stepId: string, attempt: number, text = "data: x\n\n"): AttemptRecord {
  return {
    stepId,
    attempt,
    url: "http://127.0.0.1:8080/v1/chat/completions",
    request: "{}",
    speech: null,
    thinkTags: "auto",
    isStreamed: true,
    head: null,
    chunks: [{ at: 1, bytes: new TextEncoder().encode(text) }],
    droppedBytes: 0,
    end: { how: "closed", at: 2 },
  };
}

/** The whole of a session of which some records are saved and some are not yet. */
async function wholeOf(turn: TurnRecord, saved: readonly AttemptRecord[], unsaved: readonly AttemptRecord[]) {
  const database = openDatabase(freshName());
  const records = await Promise.all(saved.map(packRecord));
  await database.writeBundle({ session: SESSION, turns: [turn], records, images: [] });
  const whole = await sessionBundle(SESSION.id, {
    store: createStore<AppState>(initialState),
    database,
    persist: {
      unsavedRecords: () => unsaved.map(({ chunks, ...facts }) => ({ facts, parts: [{ index: 0, chunks }] })),
      unsavedImages: () => [],
    },
    readTurn: () => null,
    read: () => Promise.resolve({ session: SESSION, turns: [turn] }),
  });
  if (whole === null) expect.unreachable("the session is there");
  return whole.bundle.records;
}

it("a whole session has its records by step and attempt, whatever the ids of its steps are", async () => {
  const saved = [record("b", 1), record("a", 2), record("c", 1), record("a", 1)];
  const records = await wholeOf(turnWith("c", "a", "d", "b"), saved, [record("d", 2), record("d", 1)]);
  expect(records.map(({ stepId, attempt }) => [stepId, attempt])).toEqual([
    ["c", 1],
    ["a", 1],
    ["a", 2],
    ["d", 1],
    ["d", 2],
    ["b", 1],
  ]);
});

it("a whole session holds the bytes of its records compressed, also those that are not saved yet", async () => {
  const long = "data: the same again\n\n".repeat(10_000);
  const originals = [record("a", 1, long), record("b", 1, long)];
  const [saved, unsaved] = originals;
  if (saved === undefined || unsaved === undefined) expect.unreachable("there are two");
  const records = await wholeOf(turnWith("a", "b"), [saved], [unsaved]);
  for (const { parts } of records) {
    const held = parts.reduce((sum, { reads }) => sum + reads.gzip.length, 0);
    expect(held).toBeLessThan(bytesOf(saved.chunks) / 10);
  }
  expect(await Promise.all(records.map(unpackRecord))).toEqual(originals);
});

it("a part that was written while the rest was read is there once", async () => {
  const records = await wholeOf(turnWith("a"), [record("a", 1)], [record("a", 1)]);
  expect(await Promise.all(records.map(unpackRecord))).toEqual([record("a", 1)]);
});
