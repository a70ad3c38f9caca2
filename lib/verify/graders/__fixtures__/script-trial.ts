/** For tests: a trial from what a server says, step by step, through its bytes and our readers. */
import { delta, DONE, foldText, piece } from "@/lib/providers/__fixtures__/fold-chat";
import { sse } from "@/lib/providers/__fixtures__/fold-wire";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { parseArguments } from "@/lib/stream/turn/parse-arguments";
import type { Part, Step } from "@/lib/stream/turn/turn";
import { chooseMock } from "@/lib/tools/mocks/choose-mock";
import type { Mock } from "@/lib/tools/tool";
import type { AnswerMode, CaseAnswers, VerifyCase } from "@/lib/verify/case";
import type { GradedTrial, StepFacts } from "@/lib/verify/graders/graded-trial";

/** One answer. What it leaves out is as in a good one. */
export type Said = {
  readonly thought?: string;
  readonly text?: string;
  /** Name and arguments; a string is sent as it is. */
  readonly calls?: readonly (readonly [name: string, args: Json])[];
  readonly finish?: string;
  readonly usage?: JsonObject;
  /** Ids of the calls. */
  readonly ids?: readonly string[];
  /** The server refuses the request. */
  readonly refused?: { readonly status: number; readonly message: string };
  /** The answer as a step, for what bytes of chat completions cannot say. */
  readonly step?: Step;
  readonly facts?: Partial<StepFacts>;
};

const USAGE = { prompt_tokens: 20, completion_tokens: 10, total_tokens: 30 };

/** The trial in which a server gives these answers, one list for each prompt. Results come from the case's own tools. */
export function scriptTrial(
  of: VerifyCase,
  answers: readonly (readonly Said[])[],
  more: Partial<GradedTrial> = {},
): GradedTrial {
  const mode = more.mode ?? of.modes[0] ?? "stream";
  const facts: Record<string, StepFacts> = {};
  const before = new Map<string, Json[]>();
  const turns = answers.map((said, turn) => ({
    steps: said.map((answer, index) => {
      const id = `step-${turn}-${index}`;
      if (answer.facts !== undefined)
        facts[id] = { request: null, written: null, prompt: null, ...answer.facts };
      const step = answer.step ?? stepOf(answer, mode);
      return { ...step, id, parts: step.parts.map((part) => withResult(part, of, before)) };
    }),
  }));
  return { mode, turns, facts, framesOf: () => [], paired: null, efforts: null, ...more };
}

/** The step that this answer's bytes fold to. */
export function stepOf(said: Said, mode: AnswerMode): Step {
  if (said.refused !== undefined) {
    const { status, message } = said.refused;
    const body = JSON.stringify({ error: { message, type: "invalid_request_error" } });
    return foldText(body, { contentType: "application/json", status });
  }
  return mode === "stream"
    ? foldText(streamOf(said), { thinkTags: "auto" })
    : foldText(JSON.stringify(bodyOf(said)), {
        contentType: "application/json",
        isStreamed: false,
        thinkTags: "auto",
      });
}

function finishOf({ finish, calls = [] }: Said): string {
  return finish ?? (calls.length > 0 ? "tool_calls" : "stop");
}

function pieceOf(said: Said, index: number, [name, args]: readonly [string, Json]): JsonObject {
  const id = said.ids?.[index] ?? `call_${said.text ?? ""}${JSON.stringify(said.calls ?? [])}${index}`;
  return piece({ index, id, name, args: typeof args === "string" ? args : JSON.stringify(args) });
}

function streamOf(said: Said): string {
  const { thought, text, calls = [], usage = USAGE } = said;
  return sse(
    ...(thought === undefined ? [] : [delta({ reasoning_content: thought })]),
    ...(text === undefined ? [] : [delta({ content: text })]),
    ...calls.map((call, index) => delta({ tool_calls: [pieceOf(said, index, call)] })),
    delta({}, finishOf(said)),
    { choices: [], usage },
    DONE,
  );
}

function bodyOf(said: Said): JsonObject {
  const { thought, text, calls = [], usage = USAGE } = said;
  const message = {
    role: "assistant",
    content: text ?? null,
    ...(thought === undefined ? {} : { reasoning_content: thought }),
    ...(calls.length === 0 ? {} : { tool_calls: calls.map((call, index) => pieceOf(said, index, call)) }),
  };
  return { choices: [{ index: 0, message, finish_reason: finishOf(said) }], usage };
}

function withResult(part: Part, of: VerifyCase, before: Map<string, Json[]>): Part {
  if (part.type !== "tool-call" || part.status.state !== "awaiting-result") return part;
  const args = parseArguments(part.input);
  const mock = mockOf(of.tools.find(({ name }) => name === part.name.trim())?.answers);
  if (mock === null || !args.valid) return part;
  const earlier = before.get(part.name) ?? [];
  const chosen = chooseMock(mock, args.value, earlier);
  before.set(part.name, [...earlier, args.value]);
  if (chosen === null) return part;
  const result = { ...chosen.result, origin: { by: "mock", rule: chosen.rule } } as const;
  return { ...part, status: { state: "answered", args, result, at: 2 } };
}

function mockOf(answers: CaseAnswers | undefined): Mock | null {
  if (answers === undefined || answers.by === "never") return null;
  return answers.by === "sequence" ? { ...answers, after: "last" } : answers;
}
