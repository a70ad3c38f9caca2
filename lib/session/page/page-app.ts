import * as z from "zod/mini";

import { type AppPorts, createApp } from "@/lib/session/actions/create-app";
import type { SessionApp } from "@/lib/session/actions/session-app";
import type { TakeNews } from "@/lib/session/actions/take-over";
import { openDatabase } from "@/lib/session/storage/database";
import { createFrameClock } from "@/lib/session/store/frame-clock";
import { createIds, randomId, sessionId } from "@/lib/session/store/ids";
import { createKeyWatch } from "@/lib/session/store/key-watch";
import { createOneAFrame } from "@/lib/session/store/one-a-frame";
import type { SessionId } from "@/lib/session/store/session";

import { browserPlatform } from "./browser-platform";
import { askOnce, markerStore, pageLocks, tabChannel, tabMemory } from "./browser-storage";
import { fromFirstHtml } from "./first-html";
import { markedRecording, unmarkRecording } from "./recording-mark";

// The page's content security policy forbids the compiled checks that zod would otherwise try.
z.config({ jitless: true });

const CHANNEL = "vitrine-sessions";
const PERSON_CHANNEL = "vitrine-person";

const idSchema: z.ZodMiniType<SessionId> = z.pipe(z.string().check(z.minLength(1)), z.transform(sessionId));
const takeSchema: z.ZodMiniType<TakeNews> = z.object({
  kind: z.enum(["ask", "heard", "kept"]),
  id: idSchema,
});
const sessionsSchema: z.ZodMiniType<readonly SessionId[]> = z.array(idSchema);

let made: SessionApp | null = null;

/**
 * The app of this tab, made at its first use. It outlives a screen that broke and is drawn again. Also made on the
 * server, where it only ever shows its first state: nothing here touches the browser before `start` or an action.
 */
export function pageApp(): SessionApp {
  return (made ??= createApp(browserPorts()));
}

function browserPorts(): AppPorts {
  const keys = createKeyWatch();
  return {
    platform: browserPlatform(),
    ids: createIds(randomId),
    frames: createFrameClock(keys),
    oneAFrame: createOneAFrame(keys),
    database: openDatabase(),
    locks: pageLocks(),
    later: (ms, call) => {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
    remembered: tabMemory,
    marker: markerStore,
    whenDrawn,
    channel: tabChannel(CHANNEL, sessionsSchema),
    takeChannel: tabChannel("vitrine-take", takeSchema),
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
    onHash: (listener) => {
      const onChange = () => listener(window.location.hash);
      window.addEventListener("hashchange", onChange);
      return () => window.removeEventListener("hashchange", onChange);
    },
    forgetLink: () => window.history.replaceState(window.history.state, "", window.location.pathname),
    markedRecording: { read: markedRecording, clear: unmarkRecording },
    askToKeep: askOnce(),
    first: fromFirstHtml,
  };
}

/** Time, in ms, for what is drawn after the first frames: rows above the newest ones. */
const REST_DRAWN_MS = 1_500;

/** After two frames and a quiet moment. A page in the background has no frames. */
function whenDrawn(call: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let frame = 0;
  const rest = () => {
    timer = setTimeout(call, REST_DRAWN_MS);
  };
  if (document.hidden) rest();
  else frame = requestAnimationFrame(() => (frame = requestAnimationFrame(rest)));
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
