/** Runs turns: step after step, until a turn waits for results or has ended. */
import type { StoreApi } from "zustand/vanilla";

import type { LaneSetup } from "@/lib/providers/provider";
import type { Images } from "@/lib/session/images/images";
import type { Surroundings } from "@/lib/session/page/surroundings";
import { createServerLoad } from "@/lib/session/servers/server-load";
import type { AppState } from "@/lib/session/store/app-state";
import type { Consent } from "@/lib/session/store/consent";
import type { NewIds } from "@/lib/session/store/ids";
import type { Keys } from "@/lib/session/store/keys";
import type { LiveTurns } from "@/lib/session/store/live-turns";
import type { OneAFrame } from "@/lib/session/store/one-a-frame";
import { endpointsAtHand, toolsAtHand } from "@/lib/session/store/person";
import type { LaneId, TurnId, TurnRecord, WireRecord } from "@/lib/session/store/session";
import type { StepRequest, StreamEvent, TimedEvent } from "@/lib/stream/turn/event";
import { fold } from "@/lib/stream/turn/fold";
import type { Turn } from "@/lib/stream/turn/turn";

import { stepSetup } from "./past-setup";
import { prepareTurn } from "./prepare-turn";
import { runStep } from "./run-step";
import type { StepPlaces } from "./step-places";
import { openTurnClock, type TurnClock } from "./turn-clock";

export type TurnRunner = {
  /** Runs the turn's next step. A turn that is live or not in the store is left alone. */
  readonly next: (id: TurnId) => void;
  /** Stops the live turns that pass the test and keeps their partial answers. */
  readonly stop: (test: (turn: TurnId, lane: LaneId) => boolean) => void;
  /** Resolves when nothing is live any more. */
  readonly settled: () => Promise<void>;
  /** The raw record of the step that is under way, so far; null when the turn is not live. */
  readonly liveWire: (id: TurnId) => WireRecord | null;
  /** Folds events into a turn that is not live. */
  readonly amend: (id: TurnId, events: readonly TimedEvent[]) => Turn | null;
};

export type RunnerPorts = {
  readonly store: StoreApi<AppState>;
  readonly live: LiveTurns;
  readonly world: Surroundings;
  readonly ids: NewIds;
  readonly keys: Keys;
  readonly places: StepPlaces;
  readonly images: Images;
  readonly consent: Consent;
  readonly oneAFrame: OneAFrame;
  /** A turn changed, live or not. */
  readonly onTurn: (id: TurnId) => void;
  /** A step has ended; its raw record is complete. */
  readonly onWire: (wire: WireRecord) => void;
};

/** A runner over one store. Turns run side by side; a turn's steps one after another. */
export function createTurnRunner(ports: RunnerPorts): TurnRunner {
  const { store, live, world, ids } = ports;
  const stops = new Map<TurnId, AbortController>();
  const runs = new Set<Promise<void>>();
  const recording = new Map<TurnId, () => WireRecord>();
  const load = createServerLoad((turns) => {
    for (const id of turns) patchRecord(store, id, { sharedServer: true });
  });

  const run = async (record: TurnRecord, at: TurnClock, stop: AbortController): Promise<void> => {
    const { id, setup } = record;
    const stepId = ids.step();
    const { provider, endpoint } = setup;
    const emit = (events: readonly TimedEvent[]) => {
      live.push(id, events);
      ports.onTurn(id);
    };
    const { preparation, record: recorded } = await prepareTurn(record, ports, stop.signal);
    const request = stepRequest(setup, preparation.ok ? preparation.step.dialect : "");
    if (!preparation.ok) {
      emit([
        { at: at(), event: { type: "step-start", stepId, request } },
        { at: at(), event: { type: "step-fail", error: preparation.error } },
      ]);
      return;
    }
    const { chat, url, notes, openReader } = preparation.step;
    patchRecord(store, id, { notes: [...new Set([...record.notes, ...notes])] });
    const wire = await runStep(
      {
        stepId,
        turnId: id,
        request,
        chat,
        recorded: recorded(JSON.stringify(chat.body)),
        url,
        key: ports.keys.get(provider, endpoint),
        openReader,
        at,
        emit,
        signal: stop.signal,
        takePlace: (onWait) => {
          const alone = store.getState().session.sequential;
          return ports.places.take({ server: url, alone }, stop.signal, onWait);
        },
        onSend: () => load.begin(url, id),
        onSilent: (silent) => setSilent(store, id, silent),
        onRecord: (read) => recording.set(id, read),
      },
      world,
    );
    ports.onWire(wire);
  };

  const stepRequest = (setup: LaneSetup, dialect: string): StepRequest => {
    const { provider, model, endpoint } = setup;
    const { person, session } = store.getState();
    const known = {
      tools: toolsAtHand(person.tools, session.tools),
      endpoints: endpointsAtHand(person.endpoints, session.endpoints),
    };
    return { provider, dialect, model, endpoint, setup: stepSetup(setup, known) };
  };

  /** The start of a step that failed before it could be written. */
  const opening = ({ setup }: TurnRecord, at: number): TimedEvent => {
    const request = stepRequest(setup, setup.dialect ?? "");
    return { at, event: { type: "step-start", stepId: ids.step(), request } };
  };

  const finish = (id: TurnId) => {
    const turn = live.current(id);
    stops.delete(id);
    recording.delete(id);
    store.setState((state) => {
      const liveTurns = new Map(state.live);
      liveTurns.delete(id);
      const record = state.turns.get(id);
      if (!record || !turn) return { live: liveTurns };
      return { live: liveTurns, turns: new Map(state.turns).set(id, { ...record, turn }) };
    });
    live.close(id);
    ports.onTurn(id);
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

  return {
    next: (id) => {
      const record = store.getState().turns.get(id);
      if (!record || stops.has(id)) return;
      const stop = new AbortController();
      stops.set(id, stop);
      const at = openTurnClock(record.createdAt, record.turn, world.clock);
      live.open(id, record.turn, at);
      store.setState((state) => ({ live: new Map(state.live).set(id, record.laneId) }));
      const running = run(record, at, stop)
        .catch((error: unknown) => {
          const failure = { at: at(), event: failedByUs(error) };
          live.push(id, isStepOpen(live.current(id)) ? [failure] : [opening(record, at()), failure]);
          throw error;
        })
        .finally(() => inFrame(() => finish(id)))
        .finally(() => runs.delete(running));
      runs.add(running);
    },
    stop: (test) => {
      for (const [id, lane] of store.getState().live) if (test(id, lane)) stops.get(id)?.abort();
    },
    settled: async () => {
      await Promise.allSettled(runs);
    },
    liveWire: (id) => recording.get(id)?.() ?? null,
    amend: (id, events) => {
      const record = store.getState().turns.get(id);
      if (!record || stops.has(id)) return null;
      const turn = events.reduce(fold, record.turn);
      if (turn === record.turn) return null;
      patchRecord(store, id, { turn });
      ports.onTurn(id);
      return turn;
    },
  };
}

function isStepOpen(turn: Turn | null): boolean {
  return turn?.steps.at(-1)?.endedAt === null;
}

/** A bug of ours must not leave a turn running for ever; it is still thrown, for the console. */
function failedByUs(error: unknown): StreamEvent {
  const message = "A bug in Vitrine stopped this step. Retry. If it happens again, reload the page.";
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { type: "step-fail", error: { source: "app", code: "BUG", message, retryable: true, detail } };
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
