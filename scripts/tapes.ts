/**
 * Makes the recordings that Vitrine ships, on the real small model: `npm run tapes`, or some of them:
 * `npm run tapes -- two-calls server-killed`.
 */
import { mkdir } from "node:fs/promises";
import path from "node:path";

import { directTransport, nodePlatform } from "../cli/node-host";
import { type LaneRecording, recordRun, type RecordingLabels, saveTape } from "../cli/record-run";
import { cliDesk } from "../cli/tool-desk";
import { startLlama } from "../e2e/fixtures";
import { type Scenario, startUpstream } from "../e2e/upstream";
import { plainSetup } from "../lib/providers/plain-setup";
import type { LaneSetup } from "../lib/providers/provider";
import { createQueue } from "../lib/run/queue";
import { runTurn } from "../lib/run/run-turn";
import { createSemaphore } from "../lib/run/semaphore";
import { openTurnClock } from "../lib/run/turn-clock";
import type { StreamEvent } from "../lib/stream/turn/event";
import { emptyTurn, fold } from "../lib/stream/turn/fold";
import type { Turn } from "../lib/stream/turn/turn";
import { sampleTools } from "../lib/tools/samples";
import { createResultShare } from "../lib/tools/share-results";

const FOLDER = path.join(import.meta.dirname, "../public/tapes");
const MODEL = "smollm2-135m";

/** One recording: what is asked, of whom, and what else happens while it runs. */
type Scene = {
  readonly file: string;
  readonly labels: RecordingLabels;
  readonly prompt: string;
  /** Names of sample tools. */
  readonly tools: readonly string[];
  readonly lanes: readonly Partial<LaneSetup>[];
  /** Called with every event; `mark` names the moment. */
  readonly onEvent?: (event: StreamEvent, turn: Turn, mark: (text: string) => void) => void;
  /** How the last step of each lane must end, or the recording is of no use. */
  readonly ends: "done" | "truncated" | "failed";
  /** Whether the turn is what the recording is for. */
  readonly isGood: (turn: Turn) => boolean;
};

/** Names of the recordings to make; none = all. */
const WANTED = new Set(process.argv.slice(2));

async function record(scene: Scene): Promise<void> {
  if (WANTED.size > 0 && !WANTED.has(path.basename(scene.file, ".tape"))) return;
  const { file, labels, prompt, lanes, ends, isGood } = scene;
  const tools = sampleTools.filter(({ name }) => scene.tools.includes(name));
  const recording = recordRun(prompt, tools, labels);
  const queue = createQueue(createSemaphore(lanes.length), () => true);
  const turns = await Promise.all(
    lanes.map((lane, index) => {
      const plain = { ...plainSetup({ provider: "llamacpp", model: MODEL }), samplers: { temperature: 0 } };
      const setup: LaneSetup = { ...plain, ...lane, tools: tools.map(({ id }) => id) };
      const mark = (text: string) => recording.mark(index, text);
      return runLane(
        { ...scene, tools },
        { setup, queue, mark, recording: recording.lane(setup.model, setup) },
      );
    }),
  );
  for (const turn of turns) {
    const state = turn.steps.at(-1)?.status.state;
    if (state !== ends || !isGood(turn))
      throw new Error(`${file}: not what it is for: ${JSON.stringify(turn)}`);
  }
  const problem = saveTape(recording.tape(), path.join(FOLDER, file));
  if (problem !== null) throw new Error(`${file}: ${problem}`);
  console.log(`${file}: ${turns.map(({ steps }) => `${steps.length} steps`).join(", ")}`);
}

type LaneOf = {
  readonly setup: LaneSetup;
  readonly queue: ReturnType<typeof createQueue>;
  readonly mark: (text: string) => void;
  readonly recording: LaneRecording;
};

async function runLane(
  { prompt, tools, onEvent }: Pick<Scene, "prompt" | "onEvent"> & { readonly tools: typeof sampleTools },
  { setup, queue, mark, recording }: LaneOf,
): Promise<Turn> {
  let turn = emptyTurn();
  let steps = 0;
  recording.begin();
  const clock = openTurnClock(nodePlatform.clock.wall(), turn, nodePlatform.clock);
  await runTurn(
    {
      setup,
      endpointName: null,
      tools,
      past: [],
      asked: { prompt },
      at: () => Math.round(clock() * 1000) / 1000,
      signal: new AbortController().signal,
      sink: {
        emit: (events, from) => {
          recording.emit(events, from);
          for (const timed of events) {
            turn = fold(turn, timed);
            onEvent?.(timed.event, turn, mark);
          }
        },
        turn: () => turn,
      },
    },
    {
      platform: nodePlatform,
      transport: directTransport,
      queue,
      desk: cliDesk(
        { tools, results: new Map(), allowed: new Set(), share: createResultShare() },
        setup,
        () => turn,
      ),
      newStepId: () => `step-${(steps += 1)}`,
      servers: () => null,
      keyFor: () => null,
      onAttempt: recording.onAttempt,
    },
  );
  return turn;
}

const REAL = "";
const calls = (turn: Turn) =>
  turn.steps.map(({ parts }) => parts.filter(({ type }) => type === "tool-call").length);
const thinks = (turn: Turn) => turn.steps.some(({ parts }) => parts.some(({ type }) => type === "reasoning"));

async function main(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const llama = await startLlama();
  // The model server of this run, where llama.cpp usually listens on the tape.
  process.env["LLAMA_CPP_URL"] = `${llama.url}/v1`;
  try {
    await record({
      file: "think-call-answer.tape",
      labels: { name: "Think, call a tool, answer", source: REAL },
      prompt: "What is the weather in Florence?",
      tools: ["weather"],
      lanes: [{ effort: "low" }],
      ends: "done",
      isGood: (turn) => calls(turn).join() === "1,0" && thinks(turn),
    });
    await record({
      file: "two-calls.tape",
      labels: { name: "Two calls at once", source: REAL },
      prompt: "Add 2 and 3, and multiply 2 and 3.",
      tools: ["add", "multiply"],
      lanes: [{ effort: "low" }],
      ends: "done",
      isGood: (turn) => calls(turn).join() === "2,0",
    });
    await record({
      file: "low-and-high-effort.tape",
      labels: { name: "Low and high effort, side by side", source: REAL },
      prompt: "How many months are in a year?",
      tools: [],
      lanes: [{ effort: "low" }, { effort: "high" }],
      ends: "done",
      isGood: thinks,
    });
    let isEnded = false;
    await record({
      file: "end-thinking.tape",
      labels: { name: "End thinking now", source: REAL },
      prompt: "How many months are in a year?",
      tools: [],
      lanes: [{ effort: "high" }],
      onEvent: (event, turn, mark) => {
        const step = turn.steps.at(-1);
        const thought = step?.parts.find(({ type }) => type === "reasoning");
        if (isEnded || event.type !== "reasoning-delta" || (thought?.deltas ?? 0) < 6) return;
        isEnded = true;
        mark("End thinking now");
        void endThinking(llama.url, step?.responseId ?? "");
      },
      ends: "done",
      isGood: (turn) => thinks(turn) && isEnded,
    });
    await recordKill(llama);
  } finally {
    await llama.stop();
  }
  await recordLoop();
}

async function endThinking(url: string, id: string): Promise<void> {
  const response = await fetch(`${url}/v1/chat/completions/control`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ id, action: "reasoning_end" }),
  });
  if (!response.ok) throw new Error(`The thought could not be ended: ${await response.text()}`);
}

/** The server is killed in the middle of its answer, so this is the last that it does. */
async function recordKill(llama: Awaited<ReturnType<typeof startLlama>>): Promise<void> {
  const kills: Promise<void>[] = [];
  await record({
    file: "server-killed.tape",
    labels: { name: "The server dies in the middle", source: REAL },
    prompt: "Write a python function that adds two numbers.",
    tools: [],
    lanes: [{ effort: "none", maxTokens: 300 }],
    onEvent: (event, turn, mark) => {
      const text = turn.steps.at(-1)?.parts.find(({ type }) => type === "text");
      if (kills.length > 0 || event.type !== "text-delta" || (text?.deltas ?? 0) < 8) return;
      mark("The server is killed");
      kills.push(llama.kill());
    },
    ends: "truncated",
    isGood: ({ steps }) => steps.length === 1,
  });
  await Promise.all(kills);
}

/** A loop that the small model cannot do: a server that follows a script, and says so. */
async function recordLoop(): Promise<void> {
  const plan = [
    { thought: "First I look up the weather in Florence.", tool: "weather", args: { location: "Florence" } },
    { thought: "Then in Rome, to compare.", tool: "weather", args: { location: "Rome" } },
    {
      thought: "Rome is warmer. By how much? 25 minus 22.",
      tool: "calculator",
      args: { expression: "25 - 22" },
    },
    { thought: "And in Oslo, for contrast.", tool: "weather", args: { location: "Oslo" } },
  ];
  const answer = "Rome is the warmest with 25 degrees, 3 more than Florence. Oslo has snow at 3 degrees.";
  let step = 0;
  const scenario: Scenario = async (exchange) => {
    const next = plan[step];
    step += 1;
    exchange.delta({ role: "assistant", content: null });
    if (next === undefined) {
      await exchange.paced("content", words(answer), 30);
      return exchange.finish("stop", {
        prompt_tokens: 420,
        completion_tokens: words(answer).length,
        total_tokens: 420 + words(answer).length,
      });
    }
    await exchange.paced("reasoning_content", words(next.thought), 30);
    const text = JSON.stringify(next.args);
    const id = `call_${step}`;
    exchange.delta({
      tool_calls: [{ index: 0, id, type: "function", function: { name: next.tool, arguments: "" } }],
    });
    for (const piece of text.match(/.{1,6}/gu) ?? []) {
      await new Promise((resolve) => setTimeout(resolve, 30));
      exchange.delta({ tool_calls: [{ index: 0, function: { arguments: piece } }] });
    }
    exchange.finish("tool_calls");
  };
  const upstream = await startUpstream({ "scripted-loop": scenario });
  try {
    await record({
      file: "five-steps.tape",
      labels: { name: "A loop of five steps", source: "scripted server" },
      prompt: "Compare the weather in Florence, Rome and Oslo.",
      tools: ["weather", "calculator"],
      lanes: [
        { provider: "openai-compatible", endpoint: upstream.baseUrl, model: "scripted-loop", samplers: {} },
      ],
      ends: "done",
      isGood: ({ steps }) => steps.length === 5,
    });
  } finally {
    await upstream.close();
  }
}

function words(text: string): readonly string[] {
  return text.match(/\S+\s*/gu) ?? [];
}

await main();
