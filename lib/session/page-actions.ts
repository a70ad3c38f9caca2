import type { StoreApi } from "zustand/vanilla";

import { emptyTurn } from "@/lib/stream/fold";

import type { AppState } from "./app-state";
import type { Consent } from "./consent";
import type { SessionDatabase } from "./database";
import { exportFileName } from "./export-session";
import type { Images } from "./images";
import { linkOf } from "./link";
import type { LiveTurns } from "./live-turns";
import { type Say, wordsOf } from "./notices";
import type { Persist } from "./persist";
import type { Servers } from "./servers";
import type { PageActions } from "./session-app";
import type { TurnRunner } from "./turn-runner";
import { rowsOf } from "./turn-tree";
import { referencesIn, withBytes } from "./wire-images";

/** What a person can do beside the session itself. */
export function pageActions(ports: {
  readonly store: StoreApi<AppState>;
  readonly servers: Servers;
  readonly persist: Persist;
  readonly database: SessionDatabase;
  readonly images: Images;
  readonly runner: TurnRunner;
  readonly live: LiveTurns;
  readonly consent: Consent;
  readonly say: Say;
}): PageActions {
  const { store, servers, persist, database, images, runner, live, consent } = ports;
  return {
    say: ports.say,
    dismissNotice: (id) =>
      store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
    answerQuestion: consent.answer,
    refreshServers: servers.refresh,
    loadModels: servers.loadModels,
    installDemo: servers.installDemo,
    wiresOf: async (turn) => {
      // By its steps: a clone's and those that a retry kept were recorded under the turn that made them.
      const current = live.current(turn) ?? store.getState().turns.get(turn)?.turn ?? emptyTurn();
      const ids = current.steps.map((step) => step.id);
      const saved = await database.wiresOfSteps(ids).catch((error: unknown) => {
        ports.say("error", `The saved raw responses could not be read. ${wordsOf(error)}`);
        return [];
      });
      const unsaved = persist.unsavedWires().filter((wire) => ids.includes(wire.stepId));
      const running = runner.liveWire(turn);
      const all = [...saved, ...unsaved, ...(running === null ? [] : [running])];
      const found = new Map(all.map((wire) => [wire.stepId, wire]));
      return ids.flatMap((id) => found.get(id) ?? []);
    },
    sentRequest: async ({ request }) => withBytes(request, await images.base64(referencesIn(request))),
    readImage: images.read,
    exportFileName: (id) => {
      const { session, summaries } = store.getState();
      const summary = summaries.find((other) => other.id === id);
      return exportFileName(session.id === id ? session.name : (summary?.name ?? ""));
    },
    shareLink: () => {
      const { session, turns } = store.getState();
      const lastPrompt = rowsOf(session.lanes, turns).at(-1)?.prompt ?? "";
      return linkOf(session, session.draft === "" ? lastPrompt : session.draft);
    },
  };
}
