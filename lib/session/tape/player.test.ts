import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, it } from "vitest";

import { type AttemptRecord, recordKey } from "@/lib/run/record";
import { type RelayStub, startRelay } from "@/lib/session/__fixtures__/relay-stub";
import { startTestApp, type TestApp } from "@/lib/session/__fixtures__/test-app";
import { WHOLE_FRAME } from "@/lib/session/store/frame-clock";
import { createIds, turnId } from "@/lib/session/store/ids";
import type { OpenedRecording } from "@/lib/session/tape/opened-recording";
import { writeTape } from "@/lib/tape/write-tape";

import { openRecording } from "./open-recording";
import { createRecordingApp } from "./recording-app";
import { timelineOf } from "./recording-timeline";
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

const settled = () => app.until(() => app.store.getState().live.size === 0);

/** Two lanes: an answer in pieces, a minute in which a person thinks, then one that breaks off beside one that ends. */
async function recorded(): Promise<OpenedRecording> {
  const [first] = app.lanes();
  if (first === undefined) return expect.unreachable("there is a lane");
  app.actions.send("Hello", [first.id]);
  const one = await relay.next();
  app.pass(100);
  one.head().text("It is ");
  await app.until(() => JSON.stringify(app.turn(app.leaf(0).id)).includes("It is "));
  app.pass(900);
  one.text("noon.").finish();
  await settled();
  app.pass(60_000);
  app.actions.send("And now?", "all");
  const [left, right] = [await relay.next(), await relay.next()];
  app.pass(50);
  left.head().text("One").fail({ message: "It broke." });
  right.head().text("Two").finish();
  await settled();
  const { session, turns } = app.store.getState();
  const records = await Promise.all([...turns.keys()].map((id) => app.page.recordsOf(id)));
  const tape = tapeOfSession({ session, turns: [...turns.values()], records: records.flat(), images: [] });
  const read = openRecording("run.tape", new TextEncoder().encode(writeTape(tape)), {
    ids: ids("tape"),
    now: 7,
  });
  return read.ok ? read.recording : expect.unreachable(read.reason);
}

function ids(prefix: string) {
  let unique = 0;
  return createIds(() => `${prefix}-${(unique += 1)}`);
}

function opened(recording: OpenedRecording) {
  const ticks = new Set<(ms: number) => void>();
  const { app: shown, player } = createRecordingApp(recording, {
    platform: {
      clock: { now: () => 0, wall: () => 0 },
      random: () => 0.5,
      wait: () => new Promise(() => undefined),
      every: () => () => undefined,
      onReturn: () => () => undefined,
    },
    frames: { request: (draw) => draw(WHOLE_FRAME) },
    ids: ids("shown"),
    everyFrame: (tick) => {
      ticks.add(tick);
      return () => ticks.delete(tick);
    },
  });
  /** Everything that is on screen: turns with what has streamed, lanes, and what runs. */
  const screen = () => {
    const { turns, live, session } = shown.store.getState();
    return {
      turns: [...turns.values()].map((record) =>
        Object.assign({}, record, { turn: shown.live.current(record.id) ?? record.turn }),
      ),
      live: [...live.keys()].toSorted(),
      leaves: session.lanes.map(({ leaf }) => leaf),
    };
  };
  const pass = (ms: number) => {
    for (const tick of ticks) tick(ms);
  };
  return { shown, player, screen, pass, isRunning: () => ticks.size > 0 };
}

it("a recording that has played shows the very turns that were recorded, and stops", async () => {
  const recording = await recorded();
  const { player, screen, pass, isRunning } = opened(recording);
  player.play();
  for (let frame = 0; isRunning() && frame < 10_000; frame += 1) pass(16);
  expect(player.state.getState()).toMatchObject({ isPlaying: false, at: player.state.getState().endsAt });
  const { turns, session } = recording.bundle;
  const byStart = turns.toSorted((one, other) => one.createdAt - other.createdAt);
  expect(screen()).toEqual({
    turns: byStart,
    live: [],
    leaves: session.lanes.map(({ leaf }) => leaf),
  });
});

it("a moment that is sought shows what playing up to it shows", async () => {
  const recording = await recorded();
  const played = opened(recording);
  const sought = opened(recording);
  played.player.setSkipsWaits(false);
  played.player.setSpeed(0.5);
  played.player.play();
  let moments = 0;
  while (played.isRunning() && moments < 100_000) {
    played.pass(97);
    sought.player.seek(played.player.state.getState().at);
    expect(sought.screen()).toEqual(played.screen());
    moments += 1;
  }
  sought.player.seek(0);
  sought.player.seek(played.player.state.getState().endsAt);
  expect(sought.screen()).toEqual(played.screen());
});

it("speed is a factor of time, and a wait for a person is cut short only where it is asked for", async () => {
  const recording = await recorded();
  const framesToEnd = (set: (player: ReturnType<typeof opened>["player"]) => void) => {
    const { player, pass, isRunning } = opened(recording);
    set(player);
    player.play();
    let frames = 0;
    for (; isRunning() && frames < 100_000; frames += 1) pass(10);
    return frames * 10;
  };
  const whole = framesToEnd((player) => player.setSkipsWaits(false));
  expect(whole).toBeGreaterThan(61_000);
  expect(framesToEnd((player) => player.setSkipsWaits(true))).toBeLessThan(2_500);
  const twice = framesToEnd((player) => {
    player.setSkipsWaits(false);
    player.setSpeed(2);
  });
  expect(Math.abs(twice - whole / 2)).toBeLessThan(20);
});

it("steps go from event to event, both ways, and end at the ends", async () => {
  const { player, screen } = opened(await recorded());
  const seen = [screen()];
  const times = [0];
  for (let step = 0; step < 1_000 && player.state.getState().at < player.state.getState().endsAt; step += 1) {
    player.step(1);
    seen.push(screen());
    times.push(player.state.getState().at);
  }
  expect(times).toEqual([...new Set(times)].toSorted((one, other) => one - other));
  expect(times).toHaveLength(5);
  for (let index = times.length - 2; index > 0; index -= 1) {
    player.step(-1);
    expect(player.state.getState().at).toBe(times[index]);
    expect(screen()).toEqual(seen[index]);
  }
});

it("a recording can be neither changed nor sent: what would do so does nothing", async () => {
  const { shown, player, screen } = opened(await recorded());
  player.seek(player.state.getState().endsAt);
  const before = screen();
  const [lane] = shown.store.getState().session.lanes;
  if (lane === undefined) return expect.unreachable("there is a lane");
  expect(shown.actions.send("Again", "all")).toMatchObject({ state: "refused" });
  shown.actions.setDraft("typed");
  shown.actions.changeSetup(lane.id, { model: "other" });
  shown.actions.closeLane(lane.id);
  if (lane.leaf !== null) shown.actions.retry(lane.leaf);
  expect(screen()).toEqual(before);
  expect(shown.store.getState().session.draft).toBe("");
});

it("another branch of a recording is shown where it is asked for", async () => {
  const { bundle, ...rest } = await recorded();
  const [first] = bundle.turns;
  if (first === undefined) return expect.unreachable("there are turns");
  const retried = { ...first, id: turnId("retried"), createdAt: first.createdAt + 1 };
  const lanes = bundle.session.lanes.map((lane) =>
    lane.id === first.laneId ? { ...lane, leaf: first.id } : lane,
  );
  const branches = { ...bundle, session: { ...bundle.session, lanes }, turns: [first, retried] };
  const { shown, player } = opened({ ...rest, bundle: branches, timeline: timelineOf(branches) });
  player.seek(player.state.getState().endsAt);
  const leaf = () => shown.store.getState().session.lanes.find(({ id }) => id === first.laneId)?.leaf;
  expect(leaf()).toBe(first.id);
  shown.actions.showSibling(first.id, 1);
  expect(leaf()).toBe(retried.id);
  shown.actions.showSibling(retried.id, -1);
  expect(leaf()).toBe(first.id);
});

it("the bytes of every step can be looked at", async () => {
  const recording = await recorded();
  const { shown, player } = opened(recording);
  player.seek(player.state.getState().endsAt);
  const found = await Promise.all(
    [...shown.store.getState().turns.keys()].map((id) => shown.page.recordsOf(id)),
  );
  expect(byKey(found.flat())).toEqual(byKey(recording.bundle.records));
});

function byKey(records: readonly AttemptRecord[]): readonly AttemptRecord[] {
  return records.toSorted((one, other) => (recordKey(one) < recordKey(other) ? -1 : 1));
}
