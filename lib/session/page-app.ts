import * as z from "zod/mini";

import { createApp, type TabChannel } from "./create-app";
import { openDatabase } from "./database";
import { createFrameClock } from "./frame-clock";
import { createIds, randomId, sessionId } from "./ids";
import { createKeyWatch } from "./key-watch";
import { createOneAFrame } from "./one-a-frame";
import type { SessionId } from "./session";
import { browserSurroundings } from "./surroundings";

// The page's content security policy forbids the compiled checks that zod would otherwise try.
z.config({ jitless: true });

const REMEMBERED = "vitrine-session";
const CHANNEL = "vitrine-sessions";
const PERSON_CHANNEL = "vitrine-person";

const sessionsSchema: z.ZodMiniType<readonly SessionId[]> = z.array(
  z.pipe(z.string().check(z.minLength(1)), z.transform(sessionId)),
);

const keys = createKeyWatch();

/**
 * The one app of this page. Also made on the server, where it only ever shows its first state: nothing here
 * touches the browser before `start` or an action.
 */
export const pageApp = createApp({
  world: browserSurroundings(),
  ids: createIds(randomId),
  frames: createFrameClock(keys),
  oneAFrame: createOneAFrame(keys),
  database: openDatabase(),
  locks: typeof navigator !== "undefined" && "locks" in navigator ? navigator.locks : null,
  later: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
  remembered: {
    read: () => {
      const id = sessionStorage.getItem(REMEMBERED);
      return id === null ? null : sessionId(id);
    },
    write: (id) => sessionStorage.setItem(REMEMBERED, id),
  },
  channel: tabChannel(CHANNEL, sessionsSchema),
  personChannel: tabChannel(PERSON_CHANNEL, z.literal("changed")),
  onLeave: (listener) => {
    const onHidden = () => {
      if (document.hidden) listener();
    };
    window.addEventListener("pagehide", listener);
    document.addEventListener("visibilitychange", onHidden);
    return () => {
      window.removeEventListener("pagehide", listener);
      document.removeEventListener("visibilitychange", onHidden);
    };
  },
  guardLeave: (isUnsafe) => {
    const onBeforeUnload = (event: BeforeUnloadEvent) => {
      if (isUnsafe()) event.preventDefault();
    };
    window.addEventListener("beforeunload", onBeforeUnload);
    return () => window.removeEventListener("beforeunload", onBeforeUnload);
  },
  forgetLink: () => window.history.replaceState(window.history.state, "", window.location.pathname),
  askToKeep: askOnce(),
});

function askOnce(): () => void {
  let asked = false;
  return () => {
    // Absent where the page is not a secure context.
    const storage: StorageManager | undefined = navigator.storage;
    if (asked || !storage) return;
    asked = true;
    void storage.persist();
  };
}

function tabChannel<News>(name: string, schema: z.ZodMiniType<News>): TabChannel<News> {
  let channel: BroadcastChannel | null = null;
  const open = () => (channel ??= new BroadcastChannel(name));
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target but its own origin
    tell: (news) => open().postMessage(news),
    listen: (listener) => {
      const onMessage = (message: MessageEvent<unknown>) => {
        const news = z.safeParse(schema, message.data);
        if (news.success) listener(news.data);
      };
      const opened = open();
      opened.addEventListener("message", onMessage);
      return () => opened.removeEventListener("message", onMessage);
    },
  };
}
