/** `vitrine replay FILE`: prints what a recording shows, as `run` printed it. Nothing is sent anywhere. */
import { parseArgs } from "node:util";

import { replayEvents } from "@/lib/run/replay";
import { waitFor } from "@/lib/run/wait-for";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";
import type { Turn } from "@/lib/stream/turn/turn";
import type { Tape, TapeTurn } from "@/lib/tape/tape";

import { orderedOutputs } from "./ordered-output";
import { createPrinter, describeEnd, type Output } from "./print-turn";
import { incompleteNote } from "./record-run";
import { openRecording } from "./recording-file";
import { EXIT, type ExitCode } from "./usage";

/** Longest wait between two events, in ms of the recording: nobody waits for a person of the past. */
const LONGEST_WAIT = 5_000;

type ReplayArguments = {
  readonly file: string;
  /** 0 = all at once. */
  readonly speed: number;
  readonly isJson: boolean;
};

/** Runs the command and resolves to its exit code: that of the run, or "not measured" where the recording lacks something. */
export async function replayCommand(words: readonly string[], output: Output): Promise<ExitCode> {
  const read = readArguments(words);
  if (typeof read === "string") {
    output.err(`${read}\nFor all options: npm run --silent vitrine -- help\n`);
    return EXIT.usage;
  }
  const opened = openRecording(read.file);
  if (!opened.ok) {
    output.err(`${read.file}: ${opened.reason}\n`);
    return EXIT.notMeasured;
  }
  const { tape, notes } = opened;
  for (const note of [labelOf(tape), ...notes]) output.err(`note: ${note}\n`);
  const outputs = orderedOutputs(output, tape.lanes.length);
  const turns = await Promise.all(
    tape.lanes.map(async (_lane, lane) => {
      const own = outputs[lane] ?? { ...output, end: () => undefined };
      try {
        return await replayLane({ tape, lane, ...read }, own);
      } finally {
        own.end();
      }
    }),
  );
  const incomplete = incompleteNote(tape);
  if (incomplete !== null) {
    output.err(`note: ${incomplete}\n`);
    return EXIT.notMeasured;
  }
  return turns.every((turn) => turn?.steps.at(-1)?.status.state === "done") ? EXIT.done : EXIT.failed;
}

/** Plays the turns of one lane and resolves to the last of them; null where it has none. */
async function replayLane(
  { tape, lane, speed, isJson }: ReplayArguments & { readonly tape: Tape; readonly lane: number },
  output: Output,
): Promise<Turn | null> {
  const label = tape.lanes[lane]?.label ?? "";
  const printer = isJson ? null : createPrinter(output);
  const turns = tape.turns.filter((turn) => turn.lane === lane);
  if (tape.lanes.length > 1) printer?.lane(label);
  let last: Turn | null = null;
  for (const recorded of turns) {
    if (turns.length > 1) printer?.prompt(recorded.prompt);
    last = await replayTurn(recorded, speed, (event, turn) => printer?.event(event, turn));
    for (const note of recorded.notes) printer?.note(note);
    const prompt = turns.length > 1 ? { prompt: recorded.prompt } : {};
    if (isJson)
      output.out(`${JSON.stringify({ lane: label, ...prompt, notes: recorded.notes, turn: last })}\n`);
    else printer?.end(describeEnd(last));
  }
  return last;
}

type Show = (event: Parameters<ReturnType<typeof createPrinter>["event"]>[0], turn: Turn) => void;

async function replayTurn({ events, records }: TapeTurn, speed: number, show: Show): Promise<Turn> {
  let turn = emptyTurn();
  let at: number | null = null;
  for (const timed of replayEvents(events, records).events) {
    const wait = at === null ? 0 : Math.min(LONGEST_WAIT, timed.at - at);
    if (speed > 0 && wait > 0) await waitFor(wait / speed, new AbortController().signal);
    at = Math.max(at ?? 0, timed.at);
    turn = fold(turn, timed);
    show(timed.event, turn);
  }
  return turn;
}

function readArguments(words: readonly string[]): ReplayArguments | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { speed: { type: "string" }, json: { type: "boolean" } },
      allowPositionals: true,
    });
    const [file, other] = positionals;
    if (file === undefined) return "Name a recording: vitrine replay FILE.";
    if (other !== undefined) return `"${other}": one recording is replayed at a time.`;
    const speed = values.speed === undefined ? 0 : Number(values.speed);
    if (!Number.isFinite(speed) || speed < 0 || values.speed?.trim() === "")
      return `--speed ${values.speed ?? ""}: write a number, such as 1 for the pace of the recording or 0 for all at once.`;
    return { file, speed, isJson: values.json ?? false };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** "recording of 28 Nov 2026, smollm2-135m (scripted server). Nothing is sent." What is not known is left out. */
function labelOf({ startedAt, lanes, source }: Tape): string {
  const date = new Date(startedAt).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  const models = new Set(lanes.map(({ setup }) => setup.model).filter((model) => model !== ""));
  const known = [...(startedAt > 0 ? [`of ${date}`] : []), ...models];
  const from = source === "" ? "" : ` (${source})`;
  return `recording${known.length === 0 ? "" : ` ${known.join(", ")}`}${from}. Nothing is sent.`;
}
