/** The run that goes on in this page: begun, drawn as it goes, kept trial by trial, and one at a time. */
import type { StoreApi } from "zustand/vanilla";

import { formatCount } from "@/lib/stream/figures/format-number";
import type { Trial, TrialKey } from "@/lib/verify/trial";
import type { VerifyRun } from "@/lib/verify/verify-run";

import { lostTrials } from "./new-run";
import type { GoingRun, RunInPage } from "./run-in-page";
import type { VerifyDatabase } from "./verify-database";
import { type LiveRun, type OpenRun, runName, type VerifyState } from "./verify-state";

/** What a run needs of the page. */
export type GoingPorts = {
  readonly database: VerifyDatabase;
  /** Fetches what runs a suite. */
  readonly loadRunner: () => Promise<RunInPage>;
  /** Calls back within a quarter of a second or so; however often a run moves, the page draws that often. */
  readonly later: (ms: number, call: () => void) => () => void;
  /** Holds the run for this tab until it is let go of; null where another tab holds it. */
  readonly hold: (runId: string) => Promise<(() => void) | null>;
};

type Around = {
  readonly store: StoreApi<VerifyState>;
  readonly load: (id: string) => Promise<OpenRun | null>;
  readonly refresh: () => Promise<void>;
  readonly fail: (what: string, error: unknown) => void;
};

/** A live run is drawn this often, in ms. */
const DRAW_MS = 200;

/** Begins, pauses and ends the run of this page. Nothing rejects: what fails is said in `VerifyState.problem`. */
export function openGoing(ports: GoingPorts, { store, load, refresh, fail }: Around) {
  const { database } = ports;
  let control: GoingRun | null = null;
  /** A person stopped the run that goes on. */
  let isStopped = false;
  let going: Promise<void> = Promise.resolve();

  const setLive = (state: LiveRun["state"]) =>
    store.setState(({ live }) => ({ live: live === null ? null : { ...live, state } }));
  const say = (problem: string) => store.setState({ problem });

  /** Writes that may fail while the run goes on: the first failure is said, and what is shown stays. */
  const openKeeper = () => {
    let isTold = false;
    const writes: Promise<void>[] = [];
    const keep = async (write: () => Promise<void>) => {
      try {
        await write();
      } catch (error) {
        if (!isTold)
          fail("This run can't be kept in this browser: export it before you leave the page.", error);
        isTold = true;
      }
    };
    return {
      now: keep,
      soon: (write: () => Promise<void>) => void writes.push(keep(write)),
      settled: () => Promise.all(writes),
    };
  };

  const begin = async (asked: VerifyRun, budgetTokens: number | null): Promise<void> => {
    // Another tab may have gone on with it since it was opened here.
    const kept = await load(asked.id).catch(() => null);
    const begun =
      kept === null || kept.run.trials.length < asked.trials.length
        ? { ...asked, endedAt: null }
        : { ...kept.run, endedAt: null };
    const { planned, begin: beginRun } = await ports.loadRunner();
    const name = kept?.name ?? runName(begun);
    const nameNow = () => store.getState().runs.find(({ id }) => id === begun.id)?.name ?? name;
    store.setState({
      open: { run: begun, name },
      live: { id: begun.id, state: "running", done: begun.trials.length, at: null, planned: planned(begun) },
    });
    const live = followLive(store, begun, ports.later);
    const keeper = openKeeper();
    try {
      await keeper.now(() => database.writeHead(begun, name));
      await keeper.now(refresh);
      let isExplained = false;
      control = beginRun(begun, {
        budgetTokens,
        onBegin: live.begin,
        onRun: live.push,
        onRefused: (why) => {
          isExplained = true;
          say(why);
        },
        onTrial: (runId, trial, tape) => keeper.soon(() => database.writeTrial(runId, trial, tape)),
      });
      const ended = await control.ended;
      live.push(ended);
      await keeper.settled();
      const isSpent = budgetTokens !== null && ended.endedAt === null && ended.voided === null;
      if (isSpent && !isStopped && !isExplained)
        say(
          `The run stopped at its limit of ${formatCount(budgetTokens)} output tokens. “Go on” continues it without one.`,
        );
      await keeper.now(() => database.writeRun(ended, nameNow()));
    } finally {
      control = null;
      live.end();
      store.setState({ live: null });
      await keeper.now(refresh);
    }
  };

  const run = async (asked: VerifyRun, budgetTokens: number | null): Promise<void> => {
    if (store.getState().live !== null) return;
    isStopped = false;
    store.setState({
      live: { id: asked.id, state: "running", done: asked.trials.length, at: null, planned: 0 },
    });
    try {
      const release = await ports.hold(asked.id);
      if (release === null) {
        say("This run goes on in another tab of this browser. Go on there, or wait until it has ended.");
        return;
      }
      await begin(asked, budgetTokens).finally(release);
    } catch (error) {
      fail("The run could not go on.", error);
    } finally {
      store.setState({ live: null });
    }
  };

  return {
    /** Begins a run, or goes on with one that was cut or paused: finished trials stay as they are. */
    run: (asked: VerifyRun, budgetTokens: number | null): Promise<void> => {
      if (store.getState().live !== null) return Promise.resolve();
      going = run(asked, budgetTokens);
      return going;
    },
    /** Runs the trials again that a server was down or busy for. */
    runAgain: async (ended: VerifyRun): Promise<void> => {
      if (store.getState().live !== null) return;
      const lost: ReadonlySet<Trial> = new Set(lostTrials(ended));
      const left = { ...ended, trials: ended.trials.filter((trial) => !lost.has(trial)) };
      await database
        .removeTrials(
          ended.id,
          [...lost].map(({ key }) => key),
        )
        .catch((error: unknown) => fail("The run could not be changed in this browser.", error));
      going = run(left, null);
      await going;
    },
    pause: () => {
      control?.pause();
      setLive("paused");
    },
    goOn: () => {
      control?.goOn();
      setLive("running");
    },
    /** Ends the run's trials now; they are run again when it goes on. */
    stop: () => {
      isStopped = true;
      control?.stop();
    },
    /** Resolves when no trial of this run is written any more. */
    ended: async (id: string): Promise<void> => {
      if (store.getState().live?.id !== id) return;
      isStopped = true;
      control?.stop();
      await going;
    },
  };
}

/** The live run with every trial so far; written into the store a few times a second. */
function followLive(store: StoreApi<VerifyState>, begun: VerifyRun, later: GoingPorts["later"]) {
  let current = begun;
  let at: TrialKey | null = null;
  let cancel: (() => void) | null = null;
  const draw = () => {
    cancel = null;
    store.setState(({ open, live }) => ({
      open: open?.run.id === current.id ? { ...open, run: current } : open,
      live: live === null ? null : { ...live, done: current.trials.length, at },
    }));
  };
  const soon = () => {
    cancel ??= later(DRAW_MS, draw);
  };
  return {
    begin: (key: TrialKey) => {
      at = key;
      soon();
    },
    push: (next: VerifyRun) => {
      current = next;
      soon();
    },
    end: () => {
      cancel?.();
      draw();
    },
  };
}
