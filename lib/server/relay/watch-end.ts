import { stopping } from "@/lib/server/start/stopping";

export type WatchedEnd = {
  /** Aborts when the page leaves, or when this process is asked to end. */
  readonly signal: AbortSignal;
  /** For a page that leaves without its request's signal saying so. */
  readonly leave: () => void;
  /** To be called once the request is answered. */
  readonly forget: () => void;
};

/** What may end an answer early: whoever asked for it leaves, or this process ends. */
export function watchEnd(asker: Pick<Request, "signal">): WatchedEnd {
  const stop = new AbortController();
  const leave = () => stop.abort();
  const ends = () => [asker.signal, stopping()];
  for (const end of ends()) end.addEventListener("abort", leave, { once: true });
  if (ends().some((end) => end.aborted)) leave();
  // `asker` is held on to: the signal of a request goes quiet once the request is collected.
  const forget = () => ends().forEach((end) => end.removeEventListener("abort", leave));
  return { signal: stop.signal, leave, forget };
}
