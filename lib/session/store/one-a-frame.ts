import { type KeyWatch, LONGEST_KEY_WAIT_MS } from "./key-watch";

/** A hidden page has no frames: the next call is made after this many ms instead. */
const LONGEST_FRAME_MS = 100;

/** Runs calls in order, at most one per frame. The first runs immediately. */
export type OneAFrame = (call: () => void) => void;

/**
 * For work that fills a frame by itself, such as an answer that settles: four lanes that end together take four frames,
 * and a key pressed in the meantime gets its own frame first.
 */
export function createOneAFrame(keys: KeyWatch): OneAFrame {
  const waiting: (() => void)[] = [];
  let isTaken = false;
  let madeAt = 0;

  const take = (call: () => void) => {
    isTaken = true;
    madeAt = performance.now();
    try {
      call();
    } finally {
      inNextFrame(next);
    }
  };
  const next = () => {
    const isForKey = keys.isKey() && performance.now() - madeAt < LONGEST_KEY_WAIT_MS;
    if (isForKey && waiting.length > 0) {
      inNextFrame(next);
      return;
    }
    const call = waiting.shift();
    if (call === undefined) isTaken = false;
    else take(call);
  };
  return (call) => {
    if (isTaken) waiting.push(call);
    else take(call);
  };
}

function inNextFrame(call: () => void): void {
  const once = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    call();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, LONGEST_FRAME_MS);
}
