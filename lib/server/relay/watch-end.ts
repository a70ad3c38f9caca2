import "server-only";
import { stopping } from "@/lib/server/start/stopping";

export type WatchedEnd = {
  /** Aborts when the page leaves, or when this process is asked to end. */
  readonly signal: AbortSignal;
  /** For a page that leaves without its request's signal saying so. */
  readonly leave: () => void;
  /** To be called once the request is answered. */
  readonly forget: () => void;
};

/** What may end the answer to `request` early. */
export function watchEnd(request: Request): WatchedEnd {
  const stop = new AbortController();
  const leave = () => stop.abort();
  const ends = [request.signal, stopping()];
  for (const end of ends) end.addEventListener("abort", leave, { once: true });
  if (ends.some((end) => end.aborted)) leave();
  // Also keeps `request` alive: its signal would go quiet once it is collected.
  const forget = () => ends.forEach((end) => end.removeEventListener("abort", leave));
  return { signal: stop.signal, leave, forget };
}
