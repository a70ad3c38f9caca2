/** What a step was asked and what it answered, as attributes of both vocabularies. */
import { cachedTokensOf } from "@/lib/providers/dialect-id";
import { findProvider } from "@/lib/providers/registry";
import { measureStep } from "@/lib/stream/figures/measure-turn";
import type { FinishKind } from "@/lib/stream/turn/event";
import type { Step } from "@/lib/stream/turn/turn";
import type { ComparedTurn } from "@/lib/tape/formats/turns/comparison";

import { type Attribute, bool, double, int, json, text, texts } from "./attributes";
import type { TracedStep } from "./messages";

/** Everything that was set for a request and is not its model or its messages. */
export function invocation({ setup }: ComparedTurn, { request }: Step): object {
  const { samplers, maxTokens, effort } = request.setup ?? setup;
  return {
    ...samplers,
    ...(maxTokens === null ? {} : { max_tokens: maxTokens }),
    ...(effort === null ? {} : { effort }),
  };
}

/** The request of a step. */
export function requestAttributes(
  turn: ComparedTurn,
  step: Step,
  conversation: string,
): readonly Attribute[] {
  const { request } = step;
  const { samplers, maxTokens } = request.setup ?? turn.setup;
  const address = addressOf(request);
  const stop = samplers["stop"];
  return [
    ...text("gen_ai.operation.name", "chat"),
    ...text("gen_ai.provider.name", providerName(request.provider)),
    ...text("gen_ai.conversation.id", conversation),
    ...text("gen_ai.request.model", request.model),
    ...bool("gen_ai.request.stream", true),
    ...int("gen_ai.request.max_tokens", maxTokens),
    ...double("gen_ai.request.temperature", samplers["temperature"]),
    ...double("gen_ai.request.top_p", samplers["top_p"]),
    ...int("gen_ai.request.top_k", samplers["top_k"]),
    ...int("gen_ai.request.seed", samplers["seed"]),
    ...double("gen_ai.request.frequency_penalty", samplers["frequency_penalty"]),
    ...double("gen_ai.request.presence_penalty", samplers["presence_penalty"]),
    ...texts(
      "gen_ai.request.stop_sequences",
      (Array.isArray(stop) ? stop : [stop]).filter((each) => typeof each === "string"),
    ),
    ...(turn.setup.responseSchema === null ? [] : text("gen_ai.output.type", "json")),
    ...(address === null
      ? []
      : [
          ...text("server.address", address.hostname),
          ...int("server.port", Number(address.port) || (address.protocol === "https:" ? 443 : 80)),
        ]),
  ];
}

function addressOf({ endpoint, provider }: Step["request"]): URL | null {
  const address = endpoint ?? findProvider(provider)?.baseUrl ?? "";
  return URL.canParse(address) ? new URL(address) : null;
}

/** Names that the conventions give to providers; others are named as Vitrine does. */
const PROVIDER_NAMES: Readonly<Record<string, string>> = {
  azure: "azure.ai.openai",
  bedrock: "aws.bedrock",
  gemini: "gcp.gemini",
  "gemini-compat": "gcp.gemini",
  "openai-responses": "openai",
  vertex: "gcp.vertex_ai",
  "vertex-anthropic": "gcp.vertex_ai",
  mistral: "mistral_ai",
  moonshot: "moonshot_ai",
  xai: "x_ai",
};

/** A provider's name in the conventions. */
export function providerName(provider: string): string {
  if (provider === "") return "unknown";
  return Object.hasOwn(PROVIDER_NAMES, provider) ? (PROVIDER_NAMES[provider] ?? provider) : provider;
}

const FINISHES: Readonly<Record<FinishKind, string | null>> = {
  stop: "stop",
  "tool-calls": "tool_call",
  length: "length",
  "content-filter": "content_filter",
  error: "error",
  truncated: null,
  unknown: null,
};

/** How a step was answered: ids, reasons and counts. */
export function answerAttributes(step: Step): readonly Attribute[] {
  const numbers = measureStep(step, cachedTokensOf);
  const { usage, finish } = step;
  const reason = finish === null ? null : (FINISHES[finish.unified] ?? finish.raw);
  const firstMs =
    step.firstTokenAt === null || step.request.hasMadeTimes === true
      ? null
      : step.firstTokenAt - (step.sentAt ?? step.startedAt);
  const input = numbers.inputTokens.value;
  const output = numbers.outputTokens.value;
  const cached = numbers.cachedTokens.value;
  // An estimate is no count of a provider.
  const reasoning = usage?.reasoning ?? null;
  return [
    ...text("gen_ai.response.id", step.responseId),
    ...text("gen_ai.response.model", step.responseModel),
    ...texts("gen_ai.response.finish_reasons", reason === null ? [] : [reason]),
    ...double("gen_ai.response.time_to_first_chunk", firstMs === null ? null : firstMs / 1000),
    ...int("gen_ai.usage.input_tokens", input),
    ...int("gen_ai.usage.output_tokens", output),
    ...int("gen_ai.usage.cache_read.input_tokens", cached),
    ...int("gen_ai.usage.reasoning.output_tokens", reasoning),
    ...int("llm.token_count.prompt", input),
    ...int("llm.token_count.completion", output),
    ...int(
      "llm.token_count.total",
      usage?.total ?? (input === null || output === null ? null : input + output),
    ),
    ...int("llm.token_count.prompt_details.cache_read", cached),
    ...int("llm.token_count.completion_details.reasoning", reasoning),
    ...double("llm.cost.total", step.costUsd),
    ...(step.status.state === "failed" ? text("error.type", step.status.error.code) : []),
  ];
}

/** What was said. */
export function contentAttributes(
  { setup }: ComparedTurn,
  { step, input, output }: TracedStep,
): readonly Attribute[] {
  const said = step.parts.map((part) => (part.type === "text" ? part.text : "")).join("");
  const asked = input
    .at(-1)
    ?.parts.map((part) => ("content" in part && part.type === "text" ? part.content : ""));
  return [
    ...(setup.system.trim() === ""
      ? []
      : json("gen_ai.system_instructions", [{ type: "text", content: setup.system }])),
    ...json("gen_ai.input.messages", input),
    ...json("gen_ai.output.messages", [output]),
    ...text("input.value", asked?.join("")),
    ...text("output.value", said),
  ];
}
