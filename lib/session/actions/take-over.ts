/** How a session moves from the tab that has it to the one that asks for it. */
import type { StoreApi } from "zustand/vanilla";

import type { AppState } from "@/lib/session/store/app-state";
import type { Notify } from "@/lib/session/store/notices";
import type { SessionId } from "@/lib/session/store/session";

/** Messages between tabs. "heard" and "kept" answer an "ask". */
export type TakeNews = {
  readonly kind: "ask" | "heard" | "kept";
  readonly id: SessionId;
};

export type TakeOver = {
  /** Asks the tab that has the open session for it, again and again until it answers: a tab may be suspended. */
  readonly useHere: () => void;
  readonly listen: (news: TakeNews) => void;
};

export type TakeOverPorts = {
  readonly store: StoreApi<AppState>;
  readonly post: (news: TakeNews) => void;
  /** Calls back once after `ms`; the returned function cancels. */
  readonly later: (ms: number, call: () => void) => () => void;
  /** Gives a session away; false where it stays. */
  readonly handOver: (id: SessionId) => Promise<boolean>;
  readonly notify: Notify;
};

const ASK_EVERY_MS = 1_000;
/** Asked this often without an answer, the other tab is said not to answer. */
const PATIENCE = 3;

export function createTakeOver({ store, post, later, handOver, notify }: TakeOverPorts): TakeOver {
  let unheard = 0;
  let cancel: (() => void) | null = null;
  let isHandingOver = false;

  const holds = (id: SessionId, as: AppState["ownership"]) => {
    const { session, ownership } = store.getState();
    return session.id === id && ownership === as;
  };
  const stop = () => {
    cancel?.();
    cancel = null;
    store.setState({ takeOver: "none" });
  };
  const ask = (id: SessionId) => {
    if (!holds(id, "elsewhere")) return stop();
    store.setState({ takeOver: unheard < PATIENCE ? "asked" : "unanswered" });
    unheard += 1;
    cancel = later(ASK_EVERY_MS, () => ask(id));
    post({ kind: "ask", id });
  };
  const answer = async (id: SessionId) => {
    if (!holds(id, "owner")) return;
    post({ kind: "heard", id });
    if (isHandingOver) return;
    isHandingOver = true;
    const isGiven = await handOver(id);
    isHandingOver = false;
    if (!isGiven) post({ kind: "kept", id });
  };

  return {
    useHere: () => {
      cancel?.();
      unheard = 0;
      ask(store.getState().session.id);
    },
    listen: ({ kind, id }) => {
      if (kind === "ask") return void answer(id);
      if (cancel === null || !holds(id, "elsewhere")) return;
      unheard = 0;
      if (kind === "heard") return;
      stop();
      notify(
        "error",
        "The other tab could not save this comparison, so it stays there. Duplicate it to work here.",
      );
    },
  };
}
