/** Verifying in the page: runs that are kept, the one that goes on, and own cases. */
import { createStore, type StoreApi } from "zustand/vanilla";

import { browserErrorText } from "@/lib/session/store/notices";
import type { LaneId } from "@/lib/session/store/session";
import type { VerifyCase } from "@/lib/verify/case";
import { readCase, readSuiteLines } from "@/lib/verify/saved/saved-case";
import { readVerifyRun, readVerifyRunText } from "@/lib/verify/saved/saved-run";
import type { TrialKey } from "@/lib/verify/trial";
import { VERIFY_RUN_FORMAT, VERIFY_RUN_VERSION, type VerifyRun } from "@/lib/verify/verify-run";

import { firstLine, newCase, withOthers } from "./case-of-turn";
import { type GoingPorts, openGoing } from "./going-run";
import { FIRST_VERIFY_STATE, runName, type VerifyState } from "./verify-state";

/** Everything a person can do with runs. Nothing rejects: what fails is said in `VerifyState.problem`. */
export type VerifyActions = {
  /** Reads what is kept. Called once. */
  readonly start: () => Promise<void>;
  readonly openRun: (id: string) => Promise<void>;
  readonly closeRun: () => void;
  /** Another kept run, such as one to compare with; null where it is not there or cannot be read. */
  readonly readRun: (id: string) => Promise<VerifyRun | null>;
  /** Keeps and opens the run in a file that `vitrine verify --json` or this page wrote. */
  readonly importRun: (file: Pick<File, "name" | "text">) => Promise<void>;
  readonly rename: (id: string, name: string) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
  readonly undoRemove: () => Promise<void>;
  /** Begins a run, or goes on with one that was cut or paused: finished trials stay as they are. */
  readonly run: (run: VerifyRun, budgetTokens: number | null) => Promise<void>;
  /** Runs those trials of an ended run again that were not measured because a server was down or busy. */
  readonly runAgain: (run: VerifyRun) => Promise<void>;
  /** Lets the trials that run end and begins no other until it goes on. */
  readonly pause: () => void;
  readonly goOn: () => void;
  /** Ends the run's trials now; they are run again when it goes on. */
  readonly stop: () => void;
  /** The text of a trial's tape; null = gone. */
  readonly tapeOf: (runId: string, key: TrialKey) => Promise<string | null>;
  readonly saveCases: (cases: readonly VerifyCase[]) => Promise<void>;
  /** Begins the next plan with this lane of the comparison alone; null = all. */
  readonly want: (lane: LaneId | null) => void;
  readonly draftCase: (draft: VerifyCase | null) => void;
  /** Adds the cases of a JSONL file; one whose id is taken gets the next one free. */
  readonly importCases: (file: Pick<File, "name" | "text">) => Promise<void>;
  readonly dismissProblem: () => void;
};

export type VerifyApp = { readonly store: StoreApi<VerifyState>; readonly actions: VerifyActions };

export type VerifyPorts = GoingPorts & { readonly newId: () => string };

/** One page's verifying, wired. Nothing happens before `start`. */
export function createVerifyApp(ports: VerifyPorts): VerifyApp {
  const { database } = ports;
  const store = createStore<VerifyState>(() => FIRST_VERIFY_STATE);
  const fail = (what: string, error: unknown) =>
    store.setState({ problem: [what, browserErrorText(error)].filter(Boolean).join(" ") });
  const trying = async (what: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      fail(what, error);
    }
  };
  const refresh = async () => store.setState({ runs: await database.list() });
  const load = async (id: string) => {
    const stored = await database.load(id);
    if (stored === null) return null;
    const read = readVerifyRun({
      ...stored.head,
      trials: stored.trials,
      format: VERIFY_RUN_FORMAT,
      version: VERIFY_RUN_VERSION,
    });
    return read.ok ? { run: read.run, name: stored.name } : null;
  };

  let started: Promise<void> | null = null;
  const going = openGoing(ports, { store, load, refresh, fail });

  const saveCases: VerifyActions["saveCases"] = (cases) => {
    const before = store.getState().cases;
    store.setState({ cases });
    return trying("The cases could not be saved.", async () => {
      const all = withOthers(before, cases, readCases(await database.cases()));
      store.setState({ cases: all });
      await database.writeCases(all);
    });
  };

  return {
    store,
    actions: {
      start: () =>
        (started ??= trying("The saved runs could not be read.", async () => {
          const [runs, cases] = await Promise.all([database.list(), database.cases()]);
          store.setState({
            runs,
            cases: readCases(cases),
          });
        }).then(() => store.setState({ boot: "ready" }))),
      openRun: (id) =>
        trying("The run could not be opened.", async () => {
          const opened = await load(id);
          if (opened === null)
            store.setState({ problem: "The run is not in this browser, or its record cannot be read." });
          else store.setState({ open: opened });
        }),
      closeRun: () => store.setState({ open: null }),
      readRun: async (id) => {
        try {
          return (await load(id))?.run ?? null;
        } catch (error) {
          fail("The run could not be read.", error);
          return null;
        }
      },
      importRun: (file) =>
        trying("The file could not be read.", async () => {
          const read = readVerifyRunText(await file.text());
          if (!read.ok) {
            store.setState({ problem: `“${file.name}” could not be opened. ${read.why}` });
            return;
          }
          const isThere = store.getState().runs.some(({ id }) => id === read.run.id);
          // A second copy of a run is a run of its own: what is kept is never written over.
          const own = isThere ? { ...read.run, id: ports.newId() } : read.run;
          const name = runName(own);
          store.setState({ open: { run: own, name } });
          await database.writeRun(own, name);
          await refresh();
          if (read.notes.length > 0) store.setState({ problem: `“${file.name}”: ${read.notes.join(" ")}` });
        }),
      rename: (id, name) =>
        trying("The name could not be saved.", async () => {
          const opened = await load(id);
          if (opened === null) return;
          await database.writeHead(opened.run, name);
          store.setState(({ open }) => ({ open: open?.run.id === id ? { ...open, name } : open }));
          await refresh();
        }),
      remove: (id) =>
        trying("The run could not be deleted.", async () => {
          // First, or what it writes last would bring it back.
          await going.ended(id);
          const removed = await database.remove(id);
          store.setState(({ open, deleted }) => ({
            open: open?.run.id === id ? null : open,
            deleted: removed ?? deleted,
          }));
          await refresh();
        }),
      undoRemove: () =>
        trying("The run could not be brought back.", async () => {
          const { deleted } = store.getState();
          if (deleted === null) return;
          const isWhole = await database.restore(deleted);
          store.setState({ deleted: null });
          if (!isWhole)
            store.setState({
              problem: "The run is back without its tapes: the browser has no room for them.",
            });
          await refresh();
        }),
      run: going.run,
      runAgain: going.runAgain,
      pause: going.pause,
      goOn: going.goOn,
      stop: going.stop,
      tapeOf: async (runId, key) => {
        try {
          return await database.tape(runId, key);
        } catch (error) {
          fail("The tape could not be read.", error);
          return null;
        }
      },
      saveCases,
      importCases: (file) =>
        trying("The file could not be read.", async () => {
          const { cases, problems } = readSuiteLines(await file.text());
          const all = [...store.getState().cases];
          for (const each of cases) {
            const isTaken = all.some(({ id }) => id === each.id);
            all.push({
              ...each,
              group: "own",
              id: isTaken ? newCase(all).id : each.id,
              title: each.title === "" ? firstLine(each.prompts[0]?.text ?? "") : each.title,
            });
          }
          await saveCases(all);
          const [first] = problems;
          if (first !== undefined) store.setState({ problem: `“${file.name}”: ${first}` });
        }),
      want: (wanted) => store.setState({ wanted }),
      draftCase: (draft) => store.setState({ draft }),
      dismissProblem: () => store.setState({ problem: null }),
    },
  };
}

/** The saved cases that can be read. */
function readCases(saved: readonly unknown[]): readonly VerifyCase[] {
  return saved.flatMap((each) => {
    const read = readCase(each);
    return read.ok ? [read.test] : [];
  });
}
