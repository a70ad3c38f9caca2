/** What a trial sends: the lane's settings with what its case differs in. Pure. */
import type { DialectId } from "@/lib/providers/dialect-id";
import type { LaneSetup, Speech } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import { effortOptions } from "@/lib/providers/rules/effort";
import { willThink } from "@/lib/providers/rules/will-think";
import { speechOf } from "@/lib/providers/speech-of";
import type { RequestShape } from "@/lib/run/prepare-step";
import type { JsonObject } from "@/lib/stream/turn/json";
import { type Mock, NEW_TOOL_CHOICES, type ToolBinding, type ToolDefinition } from "@/lib/tools/tool";
import type { AnswerMode, CaseAnswers, VerifyCase } from "@/lib/verify/case";
import type { VerifyLane } from "@/lib/verify/verify-run";

/** Output tokens of a case that sets none, and of one whose model thinks. */
const OUTPUT_CAP = 1_024;
const THINKING_CAP = 8_192;
/** Enough for every case, and an end to a model that calls without end. */
const MOST_CALLS = 24;

export type TrialRequest = {
  /** One for each prompt: which tools are on may differ. */
  readonly prompts: readonly { readonly text: string; readonly setup: LaneSetup }[];
  readonly tools: readonly ToolDefinition[];
  readonly shape: RequestShape;
};

/** The requests of a case in a lane, at a level of effort (null = the lane's own); or why it sends nothing there. */
export function trialRequest(
  test: VerifyCase,
  lane: Pick<VerifyLane, "setup" | "before">,
  { mode, effort }: { readonly mode: AnswerMode; readonly effort: string | null },
): TrialRequest | string {
  const provider = findProvider(lane.setup.provider);
  if (provider === null) return `Vitrine knows no provider "${lane.setup.provider}".`;
  const speech = speechOf(provider, lane.setup.dialect);
  const patch = patchOf(test, speech.dialect, reportsWriting(lane.setup));
  if (patch === null) return `The case has no such request in the dialect ${speech.dialect}.`;
  const setup = setupOf(test, lane, { speech, effort });
  return {
    prompts: test.prompts.map(({ text, tools }) => ({
      text,
      setup: {
        ...setup,
        tools: test.tools.flatMap(({ name }) => (tools?.includes(name) === false ? [] : [name])),
      },
    })),
    tools: test.tools.map(toolOf),
    shape: { stream: mode === "stream", thoughts: test.ask.thoughts, patch },
  };
}

/** Output tokens that one request of the case may take at most in this lane. */
export function outputCap(
  test: VerifyCase,
  lane: Pick<VerifyLane, "setup" | "before">,
  effort: string | null,
): number {
  const provider = findProvider(lane.setup.provider);
  const speech = provider === null ? null : speechOf(provider, lane.setup.dialect);
  const own = speech === null ? effort : effortOf(test, lane.setup, { speech, effort });
  const thinks =
    speech !== null &&
    (own === null ? willThink(speech.quirks, lane.setup) : own !== "none" && own !== "off");
  const { maxTokens } = test.ask;
  const wanted = maxTokens ?? (thinks ? THINKING_CAP : OUTPUT_CAP);
  const context = lane.before?.contextTokens ?? null;
  return Math.min(
    wanted,
    lane.setup.maxTokens ?? wanted,
    context === null ? wanted : Math.max(1, Math.floor(context / 4)),
  );
}

type Place = { readonly speech: Speech; readonly effort: string | null };

function setupOf(test: VerifyCase, lane: Pick<VerifyLane, "setup" | "before">, place: Place): LaneSetup {
  const { setup } = lane;
  const { ask } = test;
  return {
    ...setup,
    system: test.system,
    effort: effortOf(test, setup, place),
    // A limit of its own would end a thought that the case asks for.
    thinkingTokens: ask.thinking === "off" ? null : setup.thinkingTokens,
    maxTokens: outputCap(test, lane, place.effort),
    toolChoice: ask.toolChoice ?? { kind: "auto" },
    parallelToolCalls: ask.parallelToolCalls,
    responseSchema: ask.responseSchema,
    webSearch: false,
    limits: { steps: ask.maxSteps, calls: MOST_CALLS },
    bindings: {},
    answeredBy: "tools",
  };
}

function effortOf(test: VerifyCase, setup: LaneSetup, { speech, effort }: Place): string | null {
  const own = effort ?? setup.effort;
  const provider = findProvider(setup.provider);
  if (test.ask.thinking === null || provider === null) return own;
  const { values, verified } = effortOptions(provider, speech.quirks, setup.model);
  const takesAny = !verified && speech.quirks.effortShape === "effort-and-template";
  if (test.ask.thinking === "off") return values.includes("none") || takesAny ? "none" : own;
  if (own !== null && own !== "none") return own;
  return values.find((value) => value !== "none") ?? (takesAny ? "low" : own);
}

/** Whether the lane's server may report what a model wrote: llama.cpp does in chat completions. */
export function reportsWriting(setup: LaneSetup): boolean {
  const provider = findProvider(setup.provider);
  return (
    provider?.controls === "llama-server" && speechOf(provider, setup.dialect).dialect === "chat-completions"
  );
}

/** Whether a model would write the same again: nothing is sampled, or from the same seed. */
export function isRepeatable(request: JsonObject | null): boolean {
  return request !== null && (request["temperature"] === 0 || request["top_k"] === 1 || "seed" in request);
}

/** What is laid over the body; null where the case has nothing for this dialect. */
function patchOf({ ask }: VerifyCase, dialect: DialectId, isReporting: boolean): JsonObject | null {
  const own = ask.patch === null ? {} : (ask.patch[dialect] ?? null);
  if (own === null) return null;
  // llama.cpp then adds what the model wrote before calls and thoughts were taken out of it.
  return isReporting ? { verbose: true, ...own } : own;
}

function toolOf({
  name,
  description,
  parameters,
  strict,
  answers,
}: VerifyCase["tools"][number]): ToolDefinition {
  return {
    ...NEW_TOOL_CHOICES,
    id: name,
    name,
    description,
    parameters,
    strict,
    binding: bindingOf(answers),
  };
}

function bindingOf(answers: CaseAnswers): ToolBinding {
  return answers.by === "never" ? { kind: "ask" } : { kind: "mock", mock: mockOf(answers), delayMs: 0 };
}

function mockOf(answers: Exclude<CaseAnswers, { readonly by: "never" }>): Mock {
  switch (answers.by) {
    case "fixed":
      return { by: "fixed", result: answers.result };
    case "arguments":
      return { by: "arguments", rules: answers.rules };
    case "sequence":
      return { by: "sequence", results: answers.results, after: "last" };
  }
}
