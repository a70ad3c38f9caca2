import type { ProvidersReply } from "@/lib/contract/servers";
import { providers } from "@/lib/providers/registry";
import { type TabChannel, createApp } from "@/lib/session/actions/create-app";
import type { MarkerStore } from "@/lib/session/actions/open-marker";
import type { SessionApp } from "@/lib/session/actions/session-app";
import type { TakeNews } from "@/lib/session/actions/take-over";
import type { BrowserPlatform } from "@/lib/session/page/browser-platform";
import type { FromFirstHtml } from "@/lib/session/page/first-html";
import { type SessionDatabase, openDatabase } from "@/lib/session/storage/database";
import type { Locks } from "@/lib/session/storage/web-locks";
import { WHOLE_FRAME } from "@/lib/session/store/frame-clock";
import { createIds, sessionId } from "@/lib/session/store/ids";
import type { OneAFrame } from "@/lib/session/store/one-a-frame";
import type { Lane, SessionId, TurnId, TurnRecord } from "@/lib/session/store/session";
import type { Step, ToolCallPart, Turn } from "@/lib/stream/turn/turn";

import { createFakeLocks } from "./fake-locks";

let names = 0;

/** A name that no other database of the test run has. */
export const freshName = (): string => `test-${(names += 1)}`;

export type TestApp = SessionApp & {
  readonly database: SessionDatabase;
  /** Waits that run asked for and that nobody ended yet, with their length in ms. */
  readonly waits: { readonly ms: number; readonly pass: () => void }[];
  /** Moves the clock, in ms. */
  readonly pass: (ms: number) => void;
  /** Sets the wall clock forward, or back, in ms: the machine slept, or its time was set. */
  readonly jump: (ms: number) => void;
  /** Runs every tick that is registered, as a timer would. */
  readonly tick: () => void;
  /** The page was drawn and is idle. */
  readonly drawn: () => void;
  /** The part of the page's address behind `#` changes. */
  readonly follow: (hash: string) => void;
  /** How often the page's address was cleared of its link. */
  readonly forgotten: () => number;
  /** How often the mark of a recording that was open was cleared. */
  readonly cleared: () => number;
  /** The page is left, as by a reload. */
  readonly leave: () => void;
  /** Writes what is due, as the timer of a second would. */
  readonly saveNow: () => void;
  /** Resolves once `test` holds; looked at after every change of the store and every frame. */
  readonly until: (test: () => boolean) => Promise<void>;
  /** Resolves once no answer streams. */
  readonly settled: () => Promise<void>;
  readonly lanes: () => readonly Lane[];
  /** The open session as an exported file. */
  readonly exported: () => Promise<string>;
  /** The turn of a lane's leaf as it is now. */
  readonly leaf: (lane: number) => TurnRecord;
  readonly turn: (id: TurnId) => Turn;
  /** The steps of that turn. */
  readonly steps: (lane?: number) => readonly Step[];
  /** The calls of that turn, in order. */
  readonly calls: (lane?: number) => readonly ToolCallPart[];
  readonly end: () => void;
};

export type TestAppOptions = {
  readonly fetch: typeof fetch;
  readonly database?: SessionDatabase;
  readonly locks?: Locks;
  readonly search?: string;
  readonly hash?: string;
  readonly remembered?: SessionId;
  /** The kept recording that played before a reload. */
  readonly marked?: string | null;
  /** null = the servers were not checked yet. */
  readonly reply?: ProvidersReply | null;
  /** What joins this tab with others of the test. */
  readonly personChannel?: TabChannel<"changed">;
  readonly takeChannel?: TabChannel<TakeNews>;
  readonly marker?: MarkerStore;
  /** First id of this tab. */
  readonly from?: number;
  /** When answers that ended are settled; at once unless told otherwise. */
  readonly oneAFrame?: OneAFrame;
  /** What the first HTML has for the page; nothing unless told otherwise. */
  readonly first?: Partial<FromFirstHtml>;
};

/** A started page over a stub relay, with a clock, timers and frames in the test's hand. */
export async function startTestApp(options: TestAppOptions): Promise<TestApp> {
  let now = 0;
  let wall = 1_000_000;
  let unique = options.from ?? 0;
  let remembered = options.remembered ?? null;
  let due: (() => void)[] = [];
  const drawn: (() => void)[] = [];
  const waits: { ms: number; pass: () => void }[] = [];
  const left = new Set<() => void>();
  const ticks = new Set<() => void>();
  const hashes = new Set<(hash: string) => void>();
  let forgotten = 0;
  let cleared = 0;
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const platform: BrowserPlatform = {
    fetch: options.fetch,
    clock: { now: () => now, wall: () => wall + now },
    random: () => 0.5,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () => resolve(false), { once: true });
        waits.push({ ms, pass: () => resolve(true) });
        changed();
      }),
    every: (_ms, tick) => {
      ticks.add(tick);
      return () => ticks.delete(tick);
    },
    onReturn: () => () => undefined,
  };
  const database = options.database ?? openDatabase(freshName());
  const app = createApp({
    platform,
    database,
    ids: createIds(() => `id-${(unique += 1)}`),
    // Every event is a frame of its own.
    frames: {
      request: (draw) =>
        queueMicrotask(() => {
          draw(WHOLE_FRAME);
          changed();
        }),
    },
    oneAFrame: options.oneAFrame ?? ((call) => call()),
    locks: options.locks ?? createFakeLocks(),
    later: (_ms, call) => {
      due.push(call);
      return () => {
        due = due.filter((other) => other !== call);
      };
    },
    remembered: { read: () => remembered, write: (id) => (remembered = sessionId(id)) },
    marker: options.marker ?? { read: () => null, write: () => undefined },
    whenDrawn: (call) => {
      drawn.push(call);
      return () => undefined;
    },
    takeChannel: options.takeChannel ?? { post: () => undefined, listen: () => () => undefined },
    channel: { post: () => undefined, listen: () => () => undefined },
    personChannel: options.personChannel ?? { post: () => undefined, listen: () => () => undefined },
    onLeave: (listener) => {
      left.add(listener);
      return () => left.delete(listener);
    },
    guardLeave: () => () => undefined,
    onHash: (listener) => {
      hashes.add(listener);
      return () => hashes.delete(listener);
    },
    forgetLink: () => (forgotten += 1),
    markedRecording: { read: () => options.marked ?? null, clear: () => (cleared += 1) },
    askToKeep: () => undefined,
    first: { takeServers: () => null, takeInput: () => null, takeStarter: () => null, ...options.first },
  });
  app.store.subscribe(changed);
  app.store.setState(({ servers }) => ({
    servers: { ...servers, reply: options.reply === undefined ? llamaReply : options.reply },
  }));
  const end = app.start({ search: options.search ?? "", hash: options.hash ?? "" });

  const until = (test: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        if (!test()) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
    });
  const { store, live } = app;
  const lanes = () => store.getState().session.lanes;
  const record = (id: TurnId | null | undefined): TurnRecord => {
    const found = id ? store.getState().turns.get(id) : undefined;
    if (!found) throw new Error("The lane has no turn");
    const current = live.current(found.id);
    return current ? { ...found, turn: current } : found;
  };
  const steps = (lane = 0) => record(lanes()[lane]?.leaf).turn.steps;
  await until(() => store.getState().boot === "ready");
  return {
    ...app,
    database,
    waits,
    pass: (ms) => {
      now += ms;
    },
    jump: (ms) => {
      wall += ms;
    },
    tick: () => {
      for (const tick of ticks) tick();
    },
    saveNow: () => {
      for (const call of due.splice(0)) call();
    },
    drawn: () => {
      for (const call of drawn.splice(0)) call();
    },
    follow: (hash) => {
      for (const listener of hashes) listener(hash);
    },
    forgotten: () => forgotten,
    cleared: () => cleared,
    leave: () => {
      for (const listener of left) listener();
    },
    until,
    settled: () => until(() => store.getState().live.size === 0),
    lanes,
    exported: async () => {
      const text = await app.actions.exportSession(store.getState().session.id);
      if (text === null) throw new Error("Nothing was exported");
      return text;
    },
    leaf: (lane) => record(lanes()[lane]?.leaf),
    turn: (id) => record(id).turn,
    steps,
    calls: (lane) => steps(lane).flatMap(({ parts }) => parts.filter((part) => part.type === "tool-call")),
    end,
  };
}

/** llama.cpp is there with one model; every hosted provider lacks its key. */
export const llamaReply: ProvidersReply = {
  version: "0.0.0",
  endpointsAllowed: true,
  demo: { state: "off", reason: "test" },
  providers: providers.map((provider) => ({
    id: provider.id,
    label: provider.label,
    local: provider.location.kind === "local",
    baseUrl: provider.baseUrl,
    key: provider.location.kind === "local" ? "not-needed" : "missing",
    keyEnv: provider.keyEnv,
    hint: provider.hint,
    reach:
      provider.id === "llamacpp"
        ? {
            state: "ready",
            latencyMs: 1,
            server: null,
            models: [{ id: "tiny", contextLength: null, note: null }],
          }
        : { state: "absent" },
  })),
};
