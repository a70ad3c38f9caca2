import type { Surroundings } from "./surroundings";
import { openWatchdog } from "./watchdog";

export type WatchedConnection = {
  /** Bytes came. */
  readonly seen: () => void;
  /** Aborts when the connection must be given up. */
  readonly lost: AbortSignal;
  readonly end: () => void;
};

/** How often a connection is looked at, ms. */
const CHECK_EVERY_MS = 5_000;

/** Watches one connection from now on. `onSilent` is told when nothing has come for a while, and when something does. */
export function watchConnection(onSilent: (silent: boolean) => void, world: Surroundings): WatchedConnection {
  const lost = new AbortController();
  const dog = openWatchdog(world.clock.wall());
  let silent = false;
  const say = (now: boolean) => {
    if (silent === now) return;
    silent = now;
    onSilent(now);
  };
  const check = () => {
    const state = dog.check(world.clock.wall());
    if (state === "lost") lost.abort();
    say(state === "silent");
  };
  const stopChecks = world.every(CHECK_EVERY_MS, check);
  const stopReturns = world.onReturn((what) => {
    if (what === "online") dog.doubt(world.clock.wall());
    check();
  });
  return {
    seen: () => {
      dog.seen(world.clock.wall());
      say(false);
    },
    lost: lost.signal,
    end: () => {
      stopChecks();
      stopReturns();
      say(false);
    },
  };
}
