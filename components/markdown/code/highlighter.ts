import { whenKeepingUp } from "@/components/markdown/keeping-up";

import type { HighlightReply, HighlightRequest } from "./highlight-messages";
import { grammarOf } from "./languages";

/** Lines sent at once. The worker serves all blocks in turn, so no block may keep it for long. */
const BATCH = 100;
/** Most lines of one block that are colored. */
export const MOST_COLORED = 20_000;

/** The colors of finished lines, from line `first` on: lengths and token classes in turn. */
type OnColors = (first: number, colors: readonly (readonly number[])[]) => void;

/** The colors of one code block. */
export type Coloring = {
  /** Adds finished lines that follow those added before. */
  push(lines: readonly string[]): void;
  /** Whether anybody would see the colors: lines are sent only while they are wanted, and while the page keeps up. */
  want(isWanted: boolean): void;
  /** No colors are wanted any more. */
  close(): void;
};

const takers = new Map<number, (reply: HighlightReply) => void>();
let worker: Worker | null = null;
let isBroken = false;
let lastId = 0;

/** Starts coloring a block, or gives null where its language is unknown or the worker cannot run: it stays plain. */
export function openColoring(language: string, onColors: OnColors): Coloring | null {
  const grammar = grammarOf(language);
  if (grammar === null || isBroken) return null;
  lastId += 1;
  const id = lastId;
  const lines: string[] = [];
  let sent = 0;
  let colored = 0;
  let isWanted = false;
  // Until the lines it was asked for are sent and have come back.
  let isBusy = false;

  const isDue = () => isWanted && takers.has(id) && sent < Math.min(lines.length, MOST_COLORED);
  const sendSoon = () => {
    if (isBusy || !isDue()) return;
    isBusy = true;
    whenKeepingUp(send);
  };
  const send = () => {
    isBusy = false;
    if (!isDue()) return;
    const batch = lines.slice(sent, sent + BATCH);
    isBusy = true;
    sent += batch.length;
    post({ type: "lines", id, language: grammar, lines: batch });
  };
  takers.set(id, (reply) => {
    if (reply.lines === null) {
      takers.delete(id);
      return;
    }
    isBusy = false;
    onColors(colored, reply.lines);
    colored += reply.lines.length;
    sendSoon();
  });
  return {
    push(more) {
      if (!takers.has(id)) return;
      for (const line of more) lines.push(line);
      sendSoon();
    },
    want(wanted) {
      isWanted = wanted;
      sendSoon();
    },
    close() {
      if (takers.delete(id) && sent > 0) post({ type: "close", id });
    },
  };
}

function post(request: HighlightRequest): void {
  if (isBroken) return;
  worker ??= start();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
  worker?.postMessage(request);
}

function start(): Worker | null {
  try {
    const started = new Worker(new URL("./highlight.worker.ts", import.meta.url), { type: "module" });
    started.addEventListener("message", (event: MessageEvent<HighlightReply>) => {
      takers.get(event.data.id)?.(event.data);
    });
    started.addEventListener("error", () => giveUp(started));
    return started;
  } catch {
    // No workers here, or a policy forbids them: code stays plain.
    isBroken = true;
    return null;
  }
}

function giveUp(failed: Worker): void {
  isBroken = true;
  failed.terminate();
  takers.clear();
}
