import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, it } from "vitest";

import type { AttemptRecord } from "@/lib/run/record";
import { type RelayStub, startRelay } from "@/lib/session/__fixtures__/relay-stub";
import { startTestApp, type TestApp } from "@/lib/session/__fixtures__/test-app";
import type { Bundle } from "@/lib/session/storage/database";
import { createIds } from "@/lib/session/store/ids";
import type { TurnRecord } from "@/lib/session/store/session";
import { readTape } from "@/lib/tape/read-tape";
import { writeTape } from "@/lib/tape/write-tape";

import { sessionOfTape } from "./session-of-tape";
import { tapeOfSession } from "./tape-of-session";

let relay: RelayStub;
let app: TestApp;

beforeEach(async () => {
  relay = await startRelay();
  app = await startTestApp({ fetch: relay.fetch });
});
afterEach(async () => {
  app.actions.stopAll();
  app.end();
  await relay.close();
});

const settled = () => app.settled();

/** What the open session is, with all that was recorded of it. */
async function wholeSession(): Promise<Bundle<AttemptRecord>> {
  const { session, turns } = app.store.getState();
  const records = await Promise.all([...turns.keys()].map((id) => app.page.recordsOf(id)));
  return { session, turns: [...turns.values()], records: records.flat(), images: [] };
}

/** The bundle as a tape gives it back. */
function throughTape(bundle: Bundle<AttemptRecord>, isWanted?: (turn: TurnRecord) => boolean) {
  const read = readTape(writeTape(tapeOfSession(bundle, isWanted)));
  if (!read.ok) return expect.unreachable(read.reason);
  expect(read.notes).toEqual([]);
  let unique = 0;
  return sessionOfTape(
    read.tape,
    createIds(() => `new-${(unique += 1)}`),
    5,
  );
}

/** What a person sees of turns: without ids, and with times in whole microseconds. */
function shownOf({ turns }: Bundle<AttemptRecord>) {
  return turns
    .toSorted((one, other) => one.createdAt - other.createdAt)
    .map(({ prompt, notes, sharedServer, createdAt, turn }): unknown =>
      JSON.parse(
        JSON.stringify({ prompt, notes, sharedServer, createdAt, turn }, (key, value: unknown) =>
          typeof value === "number" ? Math.round(value * 1000) / 1000 : key === "id" ? "" : value,
        ),
      ),
    );
}

async function answer(text: string): Promise<void> {
  (await relay.next()).head().text(text).finish();
  await settled();
}

it("a session with two lanes, a branch and a failure is the same after it went through a tape", async () => {
  expect(app.lanes()).toHaveLength(2);
  const [first] = app.lanes();
  if (first === undefined) return expect.unreachable("there is a lane");
  app.actions.send("Hello ☀", [first.id]);
  await answer("Hi — 思");
  app.actions.retry(app.leaf(0).id);
  await answer("Hi again");
  app.actions.send("Both", "all");
  await relay.next().then((exchange) => exchange.head().text("one").finish());
  await relay.next().then((exchange) => exchange.head().text("two").fail({ message: "It broke." }));
  await settled();
  const whole = await wholeSession();
  const copy = throughTape(whole);
  expect(shownOf(copy)).toEqual(shownOf(whole));
  expect(copy.session.lanes).toHaveLength(whole.session.lanes.length);
  expect(copy.turns.map(({ setup }) => setup)).toEqual(whole.turns.map(({ setup }) => setup));
  expect(new Set(copy.turns.map(({ promptId }) => promptId)).size).toBe(2);
  const [lane] = copy.session.lanes;
  expect(copy.turns.find(({ id }) => id === lane?.leaf)?.prompt).toBe("Both");
  expect(copy.turns.find(({ id }) => id === lane?.leaf)?.parentId).toBe(copy.turns[1]?.id);
  expect(
    copy.records.map(({ chunks }) => Buffer.concat(chunks.map(({ bytes }) => bytes)).toString()),
  ).toEqual(whole.records.map(({ chunks }) => Buffer.concat(chunks.map(({ bytes }) => bytes)).toString()));
});

it("one turn goes on a tape without the others, and without its parent", async () => {
  const [lane] = app.lanes();
  if (lane === undefined) return expect.unreachable("there is a lane");
  app.actions.send("One", [lane.id]);
  await answer("first");
  app.actions.send("Two", [lane.id]);
  await answer("second");
  const whole = await wholeSession();
  const copy = throughTape(whole, ({ prompt }) => prompt === "Two");
  expect(copy.turns.map(({ prompt, parentId }) => [prompt, parentId])).toEqual([["Two", null]]);
  expect(copy.session.lanes).toHaveLength(1);
});

it("what answers the calls of tools is on no tape", async () => {
  const [lane] = app.lanes();
  if (lane === undefined) return expect.unreachable("there is a lane");
  const headers = [{ name: "authorization", value: "Bearer sk-typed" }];
  const request = { method: "GET", url: "https://secret.example", headers, body: null } as const;
  const bindings = { weather: { kind: "http", request } } as const;
  app.actions.changeSetup(lane.id, { bindings });
  app.actions.send("One", [lane.id]);
  await answer("first");
  const whole = await wholeSession();
  expect(JSON.stringify(whole.turns)).toContain("sk-typed");
  const text = writeTape(tapeOfSession(whole));
  expect(text).not.toContain("sk-typed");
  expect(text).not.toContain("secret.example");
});
