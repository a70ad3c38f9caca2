import type { Surroundings } from "@/lib/session/page/surroundings";

import { openWatchdog } from "./watchdog";

export type WatchedConnection = {
  /** Bytes came: the connection lives, though they may be keep-alives. */
  readonly seen: () => void;
  /** The answer moved on. */
  readonly moved: () => void;
  /** Aborts when the connection must be given up. */
  readonly lost: AbortSignal;
  readonly end: () => void;
};

/** How often a connection is looked at, ms. */
const CHECK_EVERY_MS = 5_000;

/** Watches one connection from now on. `onSilent` is called when the answer stands still for a while, and when it moves. */
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
    seen: () => dog.seen(world.clock.wall()),
    moved: () => {
      dog.moved(world.clock.wall());
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
