import { openArgumentsReader } from "@/components/answer/tool/arguments-reader";
import { type FrameReport, WHOLE_FRAME } from "@/lib/session/store/frame-clock";
import { turnId } from "@/lib/session/store/ids";
import { createLiveTurns } from "@/lib/session/store/live-turns";
import type { StreamEvent, TimedEvent } from "@/lib/stream/turn/event";
import { emptyTurn } from "@/lib/stream/turn/fold";

import { sampleArguments, tokensOf } from "../../e2e/sample-text";
import { mainThreadMs } from "../machine";
import { type Row, rowOf } from "../row";

const BYTES = 100_000;
/** The relay gathers a fast stream for 8 ms. */
const TOKENS_A_READ = 8;
/** A lane is drawn every 50 ms. */
const READS_A_DRAW = 6;

/** What reading 100 kB of streaming arguments costs in all: folded, read for the unfinished tail at each draw, parsed. */
export async function measureArguments(): Promise<readonly Row[]> {
  const reads = readsOf(sampleArguments(BYTES, 11));
  // A page has read other answers before.
  readAll(readsOf(sampleArguments(BYTES / 10, 3)));
  const before = mainThreadMs();
  readAll(reads);
  const took = mainThreadMs() - before;
  return [
    rowOf({
      id: "page.arguments.parse",
      what: "100 kB of tool arguments, folded and parsed draw by draw, in all",
      unit: "ms",
      vitrine: took,
      gate: { on: "vitrine", is: "at most", limit: 100 },
    }),
  ];
}

/** As a live turn does it: reads are pushed, a draw shows them, one reader draws them. */
function readAll(reads: readonly (readonly string[])[]): void {
  const frames: ((frame: FrameReport) => void)[] = [];
  const live = createLiveTurns({ request: (draw) => frames.push(draw) });
  const id = turnId("bench");
  const push = (...events: readonly StreamEvent[]) => live.push(id, events.map(timed));
  const read = openArgumentsReader("json");
  live.open(id, emptyTurn(), () => performance.now());
  push({
    type: "step-start",
    stepId: "s",
    request: { provider: "bench", dialect: "chat-completions", model: "bench", endpoint: null },
  });
  push({ type: "tool-input-start", id: "c", callId: "c", name: "save_rows" });
  for (const [index, tokens] of reads.entries()) {
    push(...tokens.map(deltaOf));
    if (index % READS_A_DRAW !== 0) continue;
    frames.shift()?.(WHOLE_FRAME);
    const words = live.words(id, "c");
    if (words !== null) read(words);
  }
  push({ type: "tool-input-end", id: "c" });
  frames.shift()?.(WHOLE_FRAME);
  const last = live.drawn(id)?.steps[0]?.parts[0];
  if (last?.type !== "tool-call" || last.status.state !== "awaiting-result" || !last.status.args.valid)
    throw new Error("the arguments did not parse");
}

/** The tokens of each read at 1,000 tok/s. */
function readsOf(text: string): readonly (readonly string[])[] {
  const tokens = tokensOf(text);
  const reads: (readonly string[])[] = [];
  for (let at = 0; at < tokens.length; at += TOKENS_A_READ) reads.push(tokens.slice(at, at + TOKENS_A_READ));
  return reads;
}

function deltaOf(text: string): StreamEvent {
  return { type: "tool-input-delta", id: "c", text };
}

function timed(event: StreamEvent): TimedEvent {
  return { at: 0, event };
}
