/** `vitrine run`: the same core as the page, with Node's own connection to the servers. */
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";

import { readBinding } from "@/lib/contract/tool-binding";
import type { LaneSetup } from "@/lib/providers/provider";
import type { Emit, Queue } from "@/lib/run/ports";
import { createQueue } from "@/lib/run/queue";
import { runTurn } from "@/lib/run/run-turn";
import { createSemaphore } from "@/lib/run/semaphore";
import { openTurnClock } from "@/lib/run/turn-clock";
import { closeAllConnections } from "@/lib/server/mcp/connections";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";
import type { Turn } from "@/lib/stream/turn/turn";
import type { Tape } from "@/lib/tape/tape";
import { readTools } from "@/lib/tools/formats/read-tools";
import { createResultShare, type ResultShare } from "@/lib/tools/share-results";
import type { ToolDefinition } from "@/lib/tools/tool";

import { type CliLane, readRunArguments, type RunArguments } from "./arguments";
import { directTransport, nodePlatform } from "./node-host";
import { orderedOutputs } from "./ordered-output";
import { createPrinter, describeEnd, type Output } from "./print-turn";
import { incompleteNote, type LaneRecording, recordRun, saveTape, whyUnwritable } from "./record-run";
import { cliDesk } from "./tool-desk";
import { EXIT, type ExitCode } from "./usage";

/** Runs the command and resolves to its exit code. */
export async function runCommand(words: readonly string[], output: Output): Promise<ExitCode> {
  const read = readRunArguments(words);
  if (!read.ok) return usageError(read.message, output);
  const { run } = read;
  const tools = await toolsOf(run.toolsFile);
  if (!tools.ok) return usageError(tools.message, output);
  const isTool = (name: string) => tools.tools.some((tool) => tool.name === name);
  const unknown = [...run.results.keys()].find((name) => !isTool(name));
  if (unknown !== undefined) return usageError(`--result ${unknown}: no tool has this name.`, output);
  const stranger = [...run.allowed].find((name) => !isTool(name));
  if (stranger !== undefined) return usageError(`--allow ${stranger}: no tool has this name.`, output);
  const prompt = run.prompt ?? (process.stdin.isTTY ? "" : await text(process.stdin));
  if (prompt.trim() === "") return usageError("Give a prompt with --prompt, or on standard input.", output);
  const unwritable = run.recordFile === null ? null : whyUnwritable(run.recordFile);
  if (unwritable !== null)
    return usageError(`--record ${run.recordFile ?? ""}: cannot be written (${unwritable}).`, output);
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  // Lanes of one server wait for each other: they would slow each other down unseen.
  const queue = createQueue(createSemaphore(run.lanes.length), () => true);
  const outputs = orderedOutputs(output, run.lanes.length);
  const share = createResultShare();
  const recording = run.recordFile === null ? null : recordRun(prompt, tools.tools);
  const recordings = run.lanes.map((lane) => recording?.lane(lane.label, setupOf(lane, tools.tools)) ?? null);
  const turns = await Promise.all(
    run.lanes.map(async (lane, index) => {
      const own = outputs[index] ?? { ...output, end: () => undefined };
      try {
        return await runLane(
          {
            lane,
            run,
            prompt,
            tools: tools.tools,
            signal: stop.signal,
            queue,
            share,
            recording: recordings[index] ?? null,
          },
          own,
        );
      } finally {
        own.end();
      }
    }),
  );
  // A program that was started as an MCP server would keep this process alive.
  await closeAllConnections();
  if (recording !== null && !keep(recording.tape(), run.recordFile ?? "", output)) return EXIT.notMeasured;
  return turns.every(hasWorked) ? EXIT.done : EXIT.failed;
}

/** Whether the tape could be written. */
function keep(tape: Tape, file: string, output: Output): boolean {
  const problem = saveTape(tape, file);
  if (problem !== null) {
    output.err(`--record ${file}: the recording could not be written (${problem}).\n`);
    return false;
  }
  const incomplete = incompleteNote(tape);
  if (incomplete !== null) output.err(`note: ${file}: ${incomplete}\n`);
  return true;
}

function setupOf({ setup }: CliLane, tools: readonly ToolDefinition[]): LaneSetup {
  return { ...setup, tools: tools.map(({ id }) => id) };
}

type LaneRun = {
  readonly lane: CliLane;
  readonly run: RunArguments;
  readonly prompt: string;
  readonly tools: readonly ToolDefinition[];
  readonly signal: AbortSignal;
  readonly queue: Queue;
  /** Where equal calls of the lanes meet. */
  readonly share: ResultShare;
  readonly recording: LaneRecording | null;
};

/** Runs one lane to its end and writes its turn. */
async function runLane(laneRun: LaneRun, output: Output): Promise<Turn> {
  const { lane, run, prompt, tools, signal, queue, share, recording } = laneRun;
  const printer = run.isJson ? null : createPrinter(output);
  let turn = emptyTurn();
  const notes = new Set<string>();
  const emit: Emit = (events, from) => {
    recording?.emit(events, from);
    for (const timed of events) {
      turn = fold(turn, timed);
      printer?.event(timed.event, turn);
    }
  };
  if (run.lanes.length > 1) printer?.lane(lane.label);
  let steps = 0;
  recording?.begin();
  const setup = setupOf(lane, tools);
  const clock = openTurnClock(nodePlatform.clock.wall(), turn, nodePlatform.clock);
  await runTurn(
    {
      setup,
      endpointName: lane.endpointName,
      tools,
      past: [],
      asked: { prompt },
      // Whole microseconds, as a tape has them: what is replayed is what was shown.
      at: () => Math.round(clock() * 1000) / 1000,
      signal,
      sink: { emit, turn: () => turn },
    },
    {
      platform: nodePlatform,
      transport: directTransport,
      queue,
      desk: cliDesk({ tools, results: run.results, allowed: run.allowed, share }, setup, () => turn),
      newStepId: () => `step-${(steps += 1)}`,
      servers: () => null,
      keyFor: () => null,
      onAttempt: (recorder) => recording?.onAttempt(recorder),
      onNotes: (more) => {
        for (const note of more) {
          if (!notes.has(note)) printer?.note(note);
          notes.add(note);
        }
      },
    },
  );
  recording?.end(notes);
  if (run.isJson) output.out(`${JSON.stringify({ lane: lane.label, notes: [...notes], turn })}\n`);
  else printer?.end(describeEnd(turn));
  return turn;
}

function hasWorked({ steps }: Turn): boolean {
  return steps.at(-1)?.status.state === "done";
}

type ToolsOfFile =
  | { readonly ok: true; readonly tools: readonly ToolDefinition[] }
  | { readonly ok: false; readonly message: string };

async function toolsOf(file: string | null): Promise<ToolsOfFile> {
  if (file === null) return { ok: true, tools: [] };
  let content: string;
  try {
    content = readFileSync(file, "utf8");
  } catch (error) {
    return {
      ok: false,
      message: `--tools ${file}: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  const { found, skipped, notes } = await readTools(content, { others: [], readBinding });
  const [first] = skipped;
  if (first !== undefined)
    return {
      ok: false,
      message: `--tools ${file}: ${first.name ?? `item ${String(first.position)}`}: ${first.why}`,
    };
  if (found.length === 0) return { ok: false, message: `--tools ${file}: ${notes.join(" ")}` };
  return { ok: true, tools: found.map(({ tool }) => tool) };
}

function usageError(message: string, output: Output): ExitCode {
  output.err(`${message}\nFor all options: npm run --silent vitrine -- help\n`);
  return EXIT.usage;
}
