import { openTailReader } from "../../components/chat/tail-reader";
import type { TimedEvent } from "../../lib/stream/event";
import { emptyTurn, fold } from "../../lib/stream/fold";
import { type Row, rowOf } from "../row";
import { sampleArguments } from "../sample-text";

const BYTES = 100_000;
/** Characters of one frame at 1,000 tok/s. */
const A_FRAME = 68;

/** What reading 100 kB of streaming arguments costs in all: folded, read for the unfinished tail each frame, parsed. */
export async function measureArguments(): Promise<readonly Row[]> {
  const text = sampleArguments(BYTES, 11);
  const before = process.cpuUsage();
  readAll(text);
  const { user, system } = process.cpuUsage(before);
  return [
    rowOf({
      id: "page.arguments.parse",
      what: "100 kB of tool arguments, folded and parsed frame by frame, in all",
      unit: "ms",
      vitrine: (user + system) / 1000,
      gate: { on: "vitrine", is: "at most", limit: 100 },
    }),
  ];
}

function readAll(text: string): void {
  const tailOf = openTailReader();
  const request = { provider: "bench", model: "bench", dialect: "chat-completions", endpoint: null };
  const begin: readonly TimedEvent[] = [
    { at: 0, event: { type: "step-start", stepId: "s", request } },
    { at: 0, event: { type: "tool-input-start", id: "c", callId: "c", name: "save_rows" } },
  ];
  let turn = begin.reduce(fold, emptyTurn());
  for (let at = 0; at < text.length; at += A_FRAME) {
    turn = fold(turn, {
      at,
      event: { type: "tool-input-delta", id: "c", text: text.slice(at, at + A_FRAME) },
    });
    const part = turn.steps[0]?.parts[0];
    if (part?.type === "tool-call") tailOf(part.input);
  }
  turn = fold(turn, { at: text.length, event: { type: "tool-input-end", id: "c" } });
  const part = turn.steps[0]?.parts[0];
  if (part?.type !== "tool-call" || part.status.state !== "awaiting-result" || !part.status.args.valid)
    throw new Error("the arguments did not parse");
}
