/** Watches a connection that may be lost without a sign: the machine slept, or the network changed. */
import type { Platform } from "./ports";

export type WatchedConnection = {
  /** Bytes came: the connection lives, though they may be keep-alives. */
  readonly seen: () => void;
  /** The answer moved on. */
  readonly moved: () => void;
  /** Aborts when the connection must be given up. */
  readonly lost: AbortSignal;
  readonly end: () => void;
};

/** How often a connection is checked, ms. */
const CHECK_EVERY_MS = 5_000;

/** Watches one connection from now on. `onSilent` is called when the answer stands still for a while, and when it moves. */
export function watchConnection(onSilent: (silent: boolean) => void, platform: Platform): WatchedConnection {
  const { clock } = platform;
  const lost = new AbortController();
  const watchdog = openWatchdog(clock.wall());
  let silent = false;
  const setSilent = (now: boolean) => {
    if (silent === now) return;
    silent = now;
    onSilent(now);
  };
  const check = () => {
    const state = watchdog.check(clock.wall());
    if (state === "lost") lost.abort();
    setSilent(state === "silent");
  };
  const stopChecks = platform.every(CHECK_EVERY_MS, check);
  const stopReturns = platform.onReturn((what) => {
    if (what === "online") watchdog.doubt(clock.wall());
    check();
  });
  return {
    seen: () => watchdog.seen(clock.wall()),
    moved: () => {
      watchdog.moved(clock.wall());
      setSilent(false);
    },
    lost: lost.signal,
    end: () => {
      stopChecks();
      stopReturns();
      setSilent(false);
    },
  };
}

/**
 * Distinguishes a lost connection from a slow server after the machine slept or the network changed. The browser says
 * nothing in that case: the read just never ends. All times are epoch ms, given from outside.
 */
export type Watchdog = {
  /** Bytes came: the connection lives, though they may be keep-alives. */
  readonly seen: (now: number) => void;
  /** The answer moved on: a word, a part of a call, progress with the prompt. */
  readonly moved: (now: number) => void;
  /** The network came back: a connection that was silent for a while must show that it survived. */
  readonly doubt: (now: number) => void;
  /** Called every few seconds. */
  readonly check: (now: number) => WatchdogState;
};

/** "silent": the answer has not moved for a while, which may be fine. "lost": give up. */
export type WatchdogState = "fine" | "silent" | "lost";

const SILENT_AFTER_MS = 20_000;
/** Background tabs run timers once a minute at worst; a longer gap between two checks is sleep. */
const SLEEP_GAP_MS = 75_000;
/** Time for a live connection to show itself after sleep: one heartbeat of the relay (15 s) and some. */
const GRACE_MS = 20_000;

/** A watchdog that starts now. */
export function openWatchdog(start: number): Watchdog {
  let lastSeen = start;
  let lastMoved = start;
  let lastCheck = start;
  let doubtSince: number | null = null;
  return {
    seen: (now) => {
      lastSeen = now;
      doubtSince = null;
    },
    moved: (now) => {
      lastMoved = now;
    },
    doubt: (now) => {
      if (now - lastSeen >= SILENT_AFTER_MS) doubtSince ??= now;
    },
    check: (now) => {
      if (now - lastCheck > SLEEP_GAP_MS) doubtSince ??= now;
      lastCheck = now;
      if (doubtSince !== null && now - doubtSince >= GRACE_MS) return "lost";
      return now - lastMoved >= SILENT_AFTER_MS ? "silent" : "fine";
    },
  };
}
