// @ts-check
import { readFileSync } from "node:fs";

const EVERY_MS = 500;

/** @typedef {{ readonly onGone: (end: () => void) => void }} Starter */

/**
 * Watches, from now on, npm that runs this script: a signal to npm ends only the shell between the two, and the script
 * would stay behind. `onGone` calls back once. A script that npm does not run is never called back: its starter may
 * leave.
 *
 * @returns {Starter}
 */
export function watchStarter() {
  const isNpms = process.env["npm_lifecycle_event"] !== undefined;
  const before = ancestors();
  return {
    onGone(end) {
      if (!isNpms) return;
      const timer = setInterval(() => {
        if (ancestors() === before) return;
        clearInterval(timer);
        end();
      }, EVERY_MS);
      timer.unref();
    },
  };
}

/** The ids of our parent and, if that is a shell and the system reports it, of its parent. */
function ancestors() {
  return `${process.ppid} ${parentOfShell(process.ppid)}`;
}

/** @param {number} pid */
function parentOfShell(pid) {
  if (process.platform !== "linux") return null;
  try {
    // Where the shell has made way for us, npm is our parent, and who started npm may leave.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return /^\d+ \((?:a|ba|da)?sh\) \S (\d+)/.exec(stat)?.[1] ?? null;
  } catch {
    // It ended just now, and our parent is another by the next look.
    return null;
  }
}
