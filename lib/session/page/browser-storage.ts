/**
 * Browser features that may be blocked: with site data blocked, storage, locks and channels throw. A feature that
 * throws counts as absent.
 */
import * as z from "zod/mini";

import type { TabChannel } from "@/lib/session/actions/create-app";
import type { MarkerStore } from "@/lib/session/actions/open-marker";
import type { Locks } from "@/lib/session/storage/web-locks";
import { sessionId } from "@/lib/session/store/ids";
import type { SessionId } from "@/lib/session/store/session";

const REMEMBERED = "vitrine-session";
const OPENING = "vitrine-opening";

/** The session this tab has open, remembered over a reload. */
export const tabMemory = {
  read: (): SessionId | null => {
    const id = orAbsent(() => sessionStorage.getItem(REMEMBERED));
    return id === null || id === "" ? null : sessionId(id);
  },
  write: (id: SessionId): void => {
    orAbsent(() => sessionStorage.setItem(REMEMBERED, id));
  },
};

const markSchema = z.object({
  id: z.pipe(z.string().check(z.minLength(1)), z.transform(sessionId)),
  at: z.number(),
});

/** Shared by all tabs and visits, because a frozen tab may be closed and never reloaded. */
export const markerStore: MarkerStore = {
  read: () => {
    const mark = z.safeParse(
      markSchema,
      orAbsent<unknown>(() => JSON.parse(localStorage.getItem(OPENING) ?? "null")),
    );
    return mark.success ? mark.data : null;
  },
  write: (mark) => {
    orAbsent(() => {
      if (mark === null) localStorage.removeItem(OPENING);
      else localStorage.setItem(OPENING, JSON.stringify(mark));
    });
  },
};

/** Web Locks; null where there are none. */
export function pageLocks(): Locks | null {
  return orAbsent(() => (typeof navigator !== "undefined" && "locks" in navigator ? navigator.locks : null));
}

/** News between the tabs of one browser, checked by the schema. Opened at the first use. */
export function tabChannel<News>(name: string, schema: z.ZodMiniType<News>): TabChannel<News> {
  let channel: BroadcastChannel | null = null;
  const open = () => (channel ??= orAbsent(() => new BroadcastChannel(name)));
  return {
    post: (news) => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target but its own origin
      orAbsent(() => open()?.postMessage(news));
    },
    listen: (listener) => {
      const onMessage = (message: MessageEvent<unknown>) => {
        const news = z.safeParse(schema, message.data);
        if (news.success) listener(news.data);
      };
      const opened = open();
      opened?.addEventListener("message", onMessage);
      return () => opened?.removeEventListener("message", onMessage);
    },
  };
}

/** Asks the browser, once, to keep what is saved. */
export function askOnce(): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    // Absent where the page is not a secure context. A refusal changes nothing: the browser may clear what is saved.
    const storage: StorageManager | null | undefined = orAbsent(() => navigator.storage);
    storage?.persist().catch(() => undefined);
  };
}

function orAbsent<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}
