/** Connects runs of turns to the page: its store, what is drawn, and what is saved. */
import type { StoreApi } from "zustand/vanilla";

import { isAnswered } from "@/lib/run/calls";
import type { Emit, Platform, Queue, Transport } from "@/lib/run/ports";
import type { AttemptRecorder } from "@/lib/run/record";
import type { RunPorts } from "@/lib/run/run-turn";
import { failStep, requestOf } from "@/lib/run/step-request";
import { openTurnClock, type TurnClock } from "@/lib/run/turn-clock";
import type { Images } from "@/lib/session/images/images";
import { createServerLoad } from "@/lib/session/servers/server-load";
import type { AppState } from "@/lib/session/store/app-state";
import type { Consent } from "@/lib/session/store/consent";
import type { NewIds } from "@/lib/session/store/ids";
import type { Keys } from "@/lib/session/store/keys";
import type { LiveTurns } from "@/lib/session/store/live-turns";
import type { OneAFrame } from "@/lib/session/store/one-a-frame";
import { endpointsAtHand, toolsAtHand } from "@/lib/session/store/person";
import type { LaneId, TurnId, TurnRecord } from "@/lib/session/store/session";
import type { RunError, StreamEvent, TimedEvent } from "@/lib/stream/turn/event";
import { fold } from "@/lib/stream/turn/fold";
import type { ToolCallPart, Turn } from "@/lib/stream/turn/turn";
import type { ToolHosts } from "@/lib/tools/run-binding";

import { callsAllowedBy, createLaneDesks } from "./lane-desk";
import { loadRun } from "./load-run";
import { lacksAddressOf, prepareTurn } from "./prepare-turn";

export type TurnRunner = {
  /** Runs the turn on from its last step; calls that wait there run first. A live turn goes on once it has ended, where its calls are answered then. */
  readonly next: (id: TurnId) => void;
  /** Stops the live turns that pass the test and keeps their partial answers. */
  readonly stop: (test: (turn: TurnId, lane: LaneId) => boolean) => void;
  /** Resolves when nothing is live any more. */
  readonly settled: () => Promise<void>;
  /** Folds events into a turn, also while it is live. */
  readonly amend: (id: TurnId, events: readonly TimedEvent[]) => Turn | null;
  /** Runs a call's tool, whatever its approval, and folds its events into its turn until it ends or is stopped. */
  readonly runTool: (id: TurnId, call: ToolRun) => Promise<void>;
  /** The calls of a turn's last step that wait and that a definition, allowed by its key, lets run. */
  readonly allowedCalls: (id: TurnId, key: string) => readonly ToolRun[];
};

export type ToolRun = {
  readonly stepId: string;
  readonly call: ToolCallPart;
};

export type RunnerPorts = {
  readonly store: StoreApi<AppState>;
  readonly live: LiveTurns;
  readonly platform: Platform;
  readonly transport: Transport;
  readonly ids: NewIds;
  readonly keys: Keys;
  readonly queue: Queue;
  readonly images: Images;
  readonly consent: Consent;
  readonly oneAFrame: OneAFrame;
  /** What this page can run. */
  readonly hosts: ToolHosts;
  /** A turn changed, live or not. */
  readonly onTurn: (id: TurnId) => void;
  /** An attempt of this turn begins. */
  readonly onAttempt: (id: TurnId, recorder: AttemptRecorder) => void;
};

/** A runner over one store. Turns run side by side; a turn's steps one after another. */
export function createTurnRunner(ports: RunnerPorts): TurnRunner {
  const { store, live, platform, ids } = ports;
  const stops = new Map<TurnId, AbortController>();
  const runs = new Set<Promise<void>>();
  const tools = new Map<TurnId, Set<AbortController>>();
  /** Live turns that are to go on and have not ended yet. */
  const late = new Set<TurnId>();
  const deskFor = createLaneDesks(ports);
  const load = createServerLoad((turns) => {
    for (const id of turns) patchRecord(store, id, { sharedServer: true });
  });

  const emitTo =
    (id: TurnId): Emit =>
    (events, from) => {
      live.push(id, events);
      if (from === "run") keepEvents(store, id, events);
      ports.onTurn(id);
    };

  const addNotes = (id: TurnId, notes: readonly string[]) => {
    const known = store.getState().turns.get(id)?.notes ?? [];
    patchRecord(store, id, { notes: [...new Set([...known, ...notes])] });
  };

  const run = async (record: TurnRecord, at: TurnClock, stop: AbortController): Promise<void> => {
    const { id } = record;
    const facts = laneFacts(store.getState(), record);
    const sink = { emit: emitTo(id), turn: () => live.current(id) ?? record.turn };
    const loaded = await loadRun();
    const fail = (error: RunError) =>
      failStep({ at, sink, request: requestOf(facts, ""), error }, ids.step());
    if (!loaded.ok) return fail(loaded.error);
    const prepared = await prepareTurn(record, ports, stop.signal);
    if (!prepared.ok) return fail(prepared.error);
    const { past, asked, notes, asRecorded } = prepared;
    const turnPorts: RunPorts = {
      ...ports,
      desk: loaded.createDesk(deskFor(record)),
      newStepId: ids.step,
      servers: () => store.getState().servers.reply,
      keyFor: ({ provider, endpoint }) => ports.keys.get(provider, endpoint),
      lacksAddressOf: (lane) => lacksAddressOf(lane, store.getState(), ports.keys),
      asRecorded,
      onNotes: (more) => addNotes(id, [...notes, ...more]),
      onSend: (server) => load.begin(server, id),
      onSilent: (silent) => setSilent(store, id, silent),
      onAttempt: (recorder) => ports.onAttempt(id, recorder),
    };
    await loaded.runTurn(
      {
        ...facts,
        past,
        asked,
        at,
        signal: stop.signal,
        sink,
      },
      turnPorts,
    );
  };

  const finish = (id: TurnId) => {
    const turn = live.current(id);
    stops.delete(id);
    store.setState((state) => {
      const liveTurns = new Map(state.live);
      liveTurns.delete(id);
      const record = state.turns.get(id);
      if (!record || !turn) return { live: liveTurns };
      return { live: liveTurns, turns: new Map(state.turns).set(id, { ...record, turn }) };
    });
    live.close(id);
    ports.onTurn(id);
    if (late.delete(id) && isAnswered(turn?.steps.at(-1))) next(id);
  };

  const inFrame = (call: () => void) =>
    new Promise<void>((resolve, reject) =>
      ports.oneAFrame(() => {
        try {
          resolve(call());
        } catch (error) {
          reject(error);
        }
      }),
    );

  const amend = (id: TurnId, events: readonly TimedEvent[]): Turn | null => {
    const record = store.getState().turns.get(id);
    if (!record) return null;
    if (stops.has(id)) {
      emitTo(id)(events, "run");
      return live.current(id);
    }
    const turn = events.reduce(fold, record.turn);
    if (turn === record.turn) return null;
    patchRecord(store, id, { turn, events: [...record.events, ...events] });
    ports.onTurn(id);
    return turn;
  };

  const isRunning = (id: TurnId, stepId: string, call: ToolCallPart): boolean => {
    const turn = live.current(id) ?? store.getState().turns.get(id)?.turn;
    const step = turn?.steps.find((candidate) => candidate.id === stepId);
    const part = step?.parts.find((candidate) => candidate.id === call.id);
    return part?.type === "tool-call" && part.status.state === "running";
  };

  const next = (id: TurnId): void => {
    const record = store.getState().turns.get(id);
    if (!record) return;
    if (stops.has(id)) {
      late.add(id);
      return;
    }
    const stop = new AbortController();
    stops.set(id, stop);
    const at = openTurnClock(record.createdAt, record.turn, platform.clock);
    live.open(id, record.turn, at);
    store.setState((state) => ({ live: new Map(state.live).set(id, record.laneId) }));
    const running = run(record, at, stop)
      .catch((error: unknown) => {
        const failure = { at: at(), event: failedByUs(error) };
        const opening: TimedEvent = {
          at: at(),
          event: {
            type: "step-start",
            stepId: ids.step(),
            request: requestOf(laneFacts(store.getState(), record), record.setup.dialect ?? ""),
          },
        };
        emitTo(id)(isStepOpen(live.current(id)) ? [failure] : [opening, failure], "run");
        throw error;
      })
      .finally(() => inFrame(() => finish(id)))
      .finally(() => runs.delete(running));
    runs.add(running);
  };

  const runTool = async (id: TurnId, { stepId, call }: ToolRun): Promise<void> => {
    const loaded = await loadRun();
    const record = store.getState().turns.get(id);
    if (!record) return;
    const at = openTurnClock(record.createdAt, live.current(id) ?? record.turn, platform.clock);
    if (!loaded.ok) {
      const { message } = loaded.error;
      amend(id, [{ at: at(), event: { type: "tool-run-fail", stepId, id: call.id, message } }]);
      return;
    }
    const stop = new AbortController();
    const events = loaded.createDesk(deskFor(record)).run(call, stop.signal);
    if (events === null) return;
    const running = tools.get(id) ?? new Set();
    tools.set(id, running.add(stop));
    // Once somebody gave another result, what the tool brings is late.
    const emit: Emit = (each) => {
      const isLate =
        each.some(({ event }) => event.type !== "tool-run-start") && !isRunning(id, stepId, call);
      if (!isLate) amend(id, each);
    };
    const done = loaded.runCall({ stepId, call, events, at, emit });
    await done.finally(() => {
      running.delete(stop);
      if (running.size === 0) tools.delete(id);
    });
  };

  const allowedCalls = (id: TurnId, key: string): readonly ToolRun[] => {
    const record = store.getState().turns.get(id);
    const step = (live.current(id) ?? record?.turn)?.steps.at(-1);
    if (record === undefined || step === undefined) return [];
    const calls = callsAllowedBy(key, step, deskFor(record), record.setup.limits.calls);
    return calls.map((call) => ({ stepId: step.id, call }));
  };

  return {
    next,
    amend,
    runTool,
    allowedCalls,
    stop: (test) => {
      for (const [id, lane] of store.getState().live) {
        if (!test(id, lane)) continue;
        late.delete(id);
        stops.get(id)?.abort();
      }
      for (const [id, running] of tools) {
        const lane = store.getState().turns.get(id)?.laneId;
        if (lane !== undefined && test(id, lane)) for (const each of running) each.abort();
      }
    },
    settled: async () => {
      await Promise.allSettled(runs);
    },
  };
}

/** What is known of a turn's lane when it runs. */
function laneFacts({ person, session }: AppState, { setup }: TurnRecord) {
  const endpoints = endpointsAtHand(person.endpoints, session.endpoints);
  const named = endpoints.find(({ baseUrl }) => baseUrl === setup.endpoint);
  return {
    setup,
    endpointName: named?.name ?? null,
    tools: toolsAtHand(person.tools, session.tools),
  };
}

function isStepOpen(turn: Turn | null): boolean {
  return turn?.steps.at(-1)?.endedAt === null;
}

/** A bug of ours must not leave a turn running forever; it is still thrown, for the console. */
function failedByUs(error: unknown): StreamEvent {
  const message = "A bug in Vitrine stopped this step. Retry. If it happens again, reload the page.";
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { type: "step-fail", error: { source: "app", code: "BUG", message, retryable: true, detail } };
}

function keepEvents(store: StoreApi<AppState>, id: TurnId, events: readonly TimedEvent[]): void {
  const record = store.getState().turns.get(id);
  if (record) patchRecord(store, id, { events: [...record.events, ...events] });
}

function patchRecord(store: StoreApi<AppState>, id: TurnId, patch: Partial<TurnRecord>): void {
  store.setState((state) => {
    const record = state.turns.get(id);
    return record ? { turns: new Map(state.turns).set(id, { ...record, ...patch }) } : state;
  });
}

function setSilent(store: StoreApi<AppState>, id: TurnId, silent: boolean): void {
  store.setState((state) => {
    const next = new Set(state.silent);
    if (silent) next.add(id);
    else next.delete(id);
    return { silent: next };
  });
}
