import type { Surroundings } from "@/lib/session/page/surroundings";

/** The end of a body comes right behind the last event, if it comes at all. */
const END_WITHIN_MS = 50;

/**
 * Reads a finished answer's body to its end, which is near, so that no connection breaks: Vitrine's server would take
 * a canceled read for a page that left, and hang up on the upstream. A body that stays open is canceled.
 */
export async function letEnd(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  world: Pick<Surroundings, "wait">,
): Promise<void> {
  const ended = new AbortController();
  void world.wait(END_WITHIN_MS, ended.signal).then((isOver) => (isOver ? cancel(reader) : undefined));
  try {
    while (!(await reader.read()).done);
  } catch {
    // It broke, and the answer was whole before.
  }
  ended.abort();
}

/** Closes the connection of a body whose rest nobody needs. */
export async function cancel(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  await reader.cancel().catch(() => undefined);
}
