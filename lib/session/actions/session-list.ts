import type { StoreApi } from "zustand/vanilla";

import { type SessionDatabase, summaryOf } from "@/lib/session/storage/database";
import type { AppState } from "@/lib/session/store/app-state";
import { browserErrorText, count, type Notify } from "@/lib/session/store/notices";
import type { SessionId } from "@/lib/session/store/session";

import type { Parking } from "./parking";

/** Keeps `AppState.summaries` true. */
export type SessionList = {
  /** Reads it anew. */
  readonly refresh: () => Promise<void>;
  /** These sessions were just written by this tab. */
  readonly saved: (ids: readonly SessionId[]) => void;
};

export function createSessionList(ports: {
  readonly store: StoreApi<AppState>;
  readonly database: SessionDatabase;
  readonly parking: Parking;
  readonly notify: Notify;
}): SessionList {
  const { store, database, parking, notify } = ports;
  const refresh = async () => {
    try {
      const { summaries, refused } = await database.list();
      const listed = new Set(summaries.map((summary) => summary.id));
      const unsaved = parking.all().filter((open) => !listed.has(open.session.id));
      store.setState({ summaries: [...unsaved.map((open) => summaryOf(open.session)), ...summaries] });
      if (refused > 0) {
        notify(
          "info",
          `${count(refused, "saved comparison")} can't be read by this version and was left unchanged.`,
        );
      }
    } catch (error) {
      notify("error", `The saved comparisons could not be read. ${browserErrorText(error)}`);
    }
  };

  return {
    refresh,
    saved: (ids) => {
      const { session, summaries } = store.getState();
      if (!ids.includes(session.id)) return;
      const others = summaries.filter((summary) => summary.id !== session.id);
      store.setState({
        summaries: [summaryOf(session), ...others].toSorted((a, b) => b.updatedAt - a.updatedAt),
      });
    },
  };
}
