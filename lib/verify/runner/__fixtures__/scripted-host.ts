/** A host whose server answers as a test says, at once, with a clock that only moves when something waits or is sent. */
import { plainSetup } from "@/lib/providers/plain-setup";
import type { AttemptRequest, OpenedAnswer } from "@/lib/run/ports";
import { createQueue } from "@/lib/run/queue";
import { createSemaphore } from "@/lib/run/semaphore";
import type { RunError } from "@/lib/stream/turn/event";
import type { Json } from "@/lib/stream/turn/json";
import type { Tape } from "@/lib/tape/tape";
import type { GradedTrial } from "@/lib/verify/graders/graded-trial";
import type { SuitePorts, SuiteSink } from "@/lib/verify/runner/run-suite";
import type { Trial, TrialKey, Verdict } from "@/lib/verify/trial";
import type { VerifyLane, VerifyRun } from "@/lib/verify/verify-run";

/** What the server says to a request. */
export type Say =
  | { readonly text: string; readonly thoughtTokens?: number }
  | { readonly call: string; readonly args: Json }
  /** As it stands, in the form that was asked for. */
  | { readonly bytes: string }
  | { readonly error: RunError };

export type Script = (request: {
  readonly model: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly nth: number;
}) => Say | Promise<Say>;

/** "429 · try later": a server that is too busy. */
export const RATE_LIMIT: RunError = {
  source: "provider",
  code: "HTTP_429",
  message: "Try later.",
  status: 429,
  retryable: true,
};

/** Our own limit of answers. */
export const REFUSED_HERE: RunError = {
  source: "app",
  code: "RATE_LOCAL",
  message: "6 answers are already running.",
  status: 429,
  retryable: true,
};

export function scriptedHost(script: Script, ports: Partial<SuitePorts> = {}) {
  let now = 0;
  let nth = 0;
  /** Models in the order of their requests. */
  const sent: string[] = [];
  const open = async ({ chat }: AttemptRequest): Promise<OpenedAnswer> => {
    nth += 1;
    const model = chat.model ?? "";
    sent.push(model);
    const say = await script({ model, body: chat.body, nth });
    now += 10;
    if ("error" in say) return { ok: false, error: say.error };
    const isStreamed = chat.body["stream"] === true;
    return {
      ok: true,
      body: new Blob([bytesOf(say, isStreamed)]).stream(),
      head: {
        status: 200,
        contentType: isStreamed ? "text/event-stream" : "application/json",
        requestId: null,
        connectMs: null,
        headersMs: 1,
      },
    };
  };
  const all: SuitePorts = {
    platform: {
      clock: { now: () => now, wall: () => 1_700_000_000_000 + now },
      random: () => 0.5,
      wait: (ms, signal) => {
        if (signal.aborted) return Promise.resolve(false);
        now += ms;
        // The wait behind a finish reason is for sockets that stay open: none does here.
        return ms === 5_000 || ms === 50 ? new Promise(() => undefined) : Promise.resolve(true);
      },
      every: () => () => undefined,
      onReturn: () => () => undefined,
    },
    transport: { open, brokeOff: () => REFUSED_HERE },
    queue: createQueue(createSemaphore(8), () => false),
    servers: () => null,
    keyFor: () => null,
    endpointName: () => null,
    writtenBy: "1.2.3",
    grade: gradeByText,
    factsOf: () => Promise.resolve(null),
    renderPrompt: () => Promise.resolve(null),
    streamsOf: () => 1,
    ...ports,
  };
  return { ports: all, sent };
}

/** Passes an answer that says "yes"; a failed request is not measured. */
function gradeByText(_test: unknown, { turns }: GradedTrial): Verdict {
  const step = turns.at(-1)?.steps.at(-1);
  if (step?.status.state === "failed")
    return { verdict: "not-measured", reason: "rate-limit", why: step.status.error.message };
  const text = step?.parts.map((part) => (part.type === "text" ? part.text : "")).join("") ?? "";
  return text.includes("yes")
    ? { verdict: "pass", notes: [] }
    : { verdict: "fail", fault: "text", blame: "model", why: `Said "${text}".`, evidence: [] };
}

/** Keeps everything that a run reports. */
export function openSink() {
  const begun: TrialKey[] = [];
  const trials: Trial[] = [];
  const tapes: (Tape | null)[] = [];
  const runs: VerifyRun[] = [];
  const sink: SuiteSink = {
    onBegin: (key) => void begun.push(key),
    onTrial: (trial, tape) => {
      trials.push(trial);
      tapes.push(tape);
    },
    onRun: (run) => void runs.push(run),
  };
  return { sink, begun, trials, tapes, runs };
}

/** A lane of a llama-server at an address of its own. */
export function laneOf(model: string, fields: Partial<VerifyLane> = {}): VerifyLane {
  return {
    label: `llamacpp/${model}`,
    from: "server",
    setup: { ...plainSetup({ provider: "llamacpp", model }), endpoint: "http://127.0.0.1:1/v1" },
    efforts: [null],
    before: null,
    after: null,
    ...fields,
  };
}

type Answer = Exclude<Say, { readonly error: RunError } | { readonly bytes: string }>;

function bytesOf(say: Exclude<Say, { readonly error: RunError }>, isStreamed: boolean): string {
  if ("bytes" in say) return say.bytes;
  return isStreamed ? streamed(say) : whole(say);
}

function streamed(say: Answer): string {
  const delta =
    "text" in say
      ? { content: say.text }
      : { tool_calls: [{ index: 0, id: "c1", type: "function", function: functionOf(say) }] };
  const finish = "text" in say ? "stop" : "tool_calls";
  const chunks = [
    { choices: [{ index: 0, delta }] },
    { choices: [{ index: 0, delta: {}, finish_reason: finish }] },
    { choices: [], usage: usageOf(say) },
  ];
  return [...chunks.map((chunk) => JSON.stringify(chunk)), "[DONE]"]
    .map((data) => `data: ${data}\n\n`)
    .join("");
}

function whole(say: Answer): string {
  const message =
    "text" in say
      ? { role: "assistant", content: say.text }
      : { role: "assistant", tool_calls: [{ id: "c1", type: "function", function: functionOf(say) }] };
  return JSON.stringify({
    object: "chat.completion",
    choices: [{ index: 0, message, finish_reason: "text" in say ? "stop" : "tool_calls" }],
    usage: usageOf(say),
  });
}

function functionOf({ call, args }: Extract<Answer, { readonly call: string }>): object {
  return { name: call, arguments: JSON.stringify(args) };
}

function usageOf(say: Answer): object {
  const thought = "thoughtTokens" in say ? say.thoughtTokens : undefined;
  return thought === undefined
    ? USAGE
    : { ...USAGE, completion_tokens_details: { reasoning_tokens: thought } };
}

const USAGE = { prompt_tokens: 5, completion_tokens: 10, total_tokens: 15 };
