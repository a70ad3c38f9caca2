/** A comparison of two lanes and two prompts, with everything that a turn can hold. */
import { plainSetup } from "@/lib/providers/plain-setup";
import {
  buildCall,
  buildImage,
  buildProviderCall,
  buildReasoning,
  buildStep,
  buildText,
  buildUnknown,
  buildUsage,
} from "@/lib/stream/turn/__fixtures__/build-step";
import type { ComparedTool, ComparedTurn, Comparison } from "@/lib/tape/formats/turns/comparison";

export const WEATHER: ComparedTool = {
  id: "tool-1",
  name: "weather",
  description: "The weather in a place",
  parameters: { type: "object", properties: { location: { type: "string" } } },
  strict: null,
};

export function buildTurn(turn: Partial<ComparedTurn> = {}): ComparedTurn {
  return {
    id: "turn-1",
    prompt: "What is the weather in Florence?",
    images: [],
    createdAt: 1_764_000_000_000,
    setup: {
      ...plainSetup({ provider: "llamacpp", model: "smollm2-135m" }),
      system: "Be short.",
      effort: "low",
      maxTokens: 200,
      samplers: { temperature: 0.2, top_k: 40, seed: 7 },
      tools: ["tool-1"],
    },
    notes: [],
    sharedServer: false,
    turn: { steps: [CALLING, ANSWERING] },
    ...turn,
  };
}

const CALLING = buildStep({
  id: "step-1",
  firstTokenAt: 300,
  lastTokenAt: 900,
  responseId: "chatcmpl-1",
  responseModel: "smollm2-135m-q8",
  finish: { unified: "tool-calls", raw: "tool_calls" },
  usage: buildUsage({ input: 50, output: 20, total: 70, reasoning: 8, cached: 30 }),
  parts: [
    buildReasoning(),
    buildCall({
      status: {
        state: "answered",
        args: { valid: true, value: { location: "Florence" } },
        result: { output: '{"degrees":22}', isError: false, origin: { by: "mock", rule: null } },
        at: 1500,
        ranFrom: 1100,
      },
    }),
  ],
});

const ANSWERING = buildStep({
  id: "step-2",
  startedAt: 1500,
  sentAt: 1500,
  firstTokenAt: 1700,
  lastTokenAt: 2000,
  endedAt: 2100,
  usage: buildUsage({ input: 90, output: 9 }),
  parts: [buildText({ text: "It is **22 degrees** and sunny.", startedAt: 1700, endedAt: 2000 })],
});

/** An answer that failed behind parts of every other kind. */
export const FAILED = buildTurn({
  id: "turn-2",
  notes: ["The picture was made smaller."],
  sharedServer: true,
  setup: { ...plainSetup({ provider: "openai", model: "gpt-6" }) },
  turn: {
    steps: [
      buildStep({
        request: { provider: "openai", dialect: "responses", model: "gpt-6", endpoint: null },
        status: {
          state: "failed",
          error: { source: "provider", code: "HTTP_500", message: "Overloaded", retryable: true },
        },
        finish: null,
        parts: [
          buildReasoning({ text: "" }),
          buildProviderCall(),
          buildImage(),
          buildUnknown(),
          buildCall({ id: "call-2", callId: null, input: '{"location', status: { state: "unfinished" } }),
        ],
      }),
    ],
  },
});

export function buildComparison(comparison: Partial<Comparison> = {}): Comparison {
  return {
    name: "Weather of two models",
    lanes: [{ label: "smollm2-135m" }, { label: "gpt-6" }],
    rows: [
      [buildTurn(), FAILED],
      [buildTurn({ id: "turn-3", prompt: "Thanks", turn: { steps: [ANSWERING] } }), null],
    ],
    tools: [WEATHER],
    ...comparison,
  };
}
