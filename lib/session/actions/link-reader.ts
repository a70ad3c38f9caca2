import type { StoreApi } from "zustand/vanilla";

import type { Clock } from "@/lib/run/ports";
import type { AppState } from "@/lib/session/store/app-state";
import { foundModel } from "@/lib/session/store/first-session";
import type { NewIds } from "@/lib/session/store/ids";
import { browserErrorText, type Notify } from "@/lib/session/store/notices";
import type { LaneId, Session } from "@/lib/session/store/session";

import { isLinkHash, readLink, sessionOfLink } from "./link";

/** The parts of the page's address that may ask for a comparison, with their `?` and `#`. */
export type PageAddress = { readonly search: string; readonly hash: string };

/** The session that an address asks for, and what is to say of its lanes. */
export type Linked = { readonly session: Session; readonly notices: ReadonlyMap<LaneId, string> };

type LinkReaderPorts = {
  readonly store: StoreApi<AppState>;
  readonly ids: NewIds;
  readonly clock: Clock;
  readonly notify: Notify;
  /** The page's address no longer needs its link. */
  readonly forgetLink: () => void;
};

/** Reads what the page's address asks for; null when it asks for nothing, or for what cannot be had, which a notice explains. */
export function createLinkReader({
  store,
  ids,
  clock,
  notify,
  forgetLink,
}: LinkReaderPorts): (address: PageAddress) => Promise<Linked | null> {
  return async ({ search, hash }) => {
    const now = clock.wall();
    const { person, servers } = store.getState();
    const link = readLink(search);
    if (isLinkHash(hash)) {
      try {
        // Most visits come by no link.
        const { openLinkHash } = await import("@/lib/session/link/open-link-hash");
        const opened = await openLinkHash(hash, { ids, now, person, servers });
        notify(opened.ok ? "info" : "error", opened.message);
        if (opened.ok) return opened;
      } catch (error) {
        notify("error", `The link could not be opened. ${browserErrorText(error)}`);
      }
      forgetLink();
    }
    if (link === null) return null;
    const found = servers.reply && foundModel(servers.reply);
    return sessionOfLink(link, { id: ids.session(), lane: ids.lane, now, found });
  };
}
