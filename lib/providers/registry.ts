import { alibaba } from "@/lib/providers/presets/alibaba";
import { anthropic } from "@/lib/providers/presets/anthropic";
import { avian } from "@/lib/providers/presets/avian";
import { azure } from "@/lib/providers/presets/azure";
import { bedrock } from "@/lib/providers/presets/bedrock";
import { cerebras } from "@/lib/providers/presets/cerebras";
import { deepinfra } from "@/lib/providers/presets/deepinfra";
import { deepseek } from "@/lib/providers/presets/deepseek";
import { fireworks } from "@/lib/providers/presets/fireworks";
import { gemini } from "@/lib/providers/presets/gemini";
import { geminiCompat } from "@/lib/providers/presets/gemini-compat";
import { groq } from "@/lib/providers/presets/groq";
import { huggingface } from "@/lib/providers/presets/huggingface";
import { llamaCpp } from "@/lib/providers/presets/llama-cpp";
import { lmStudio } from "@/lib/providers/presets/lm-studio";
import { minimax } from "@/lib/providers/presets/minimax";
import { mistral } from "@/lib/providers/presets/mistral";
import { moonshot } from "@/lib/providers/presets/moonshot";
import { nvidia } from "@/lib/providers/presets/nvidia";
import { ollama } from "@/lib/providers/presets/ollama";
import { openai } from "@/lib/providers/presets/openai";
import { openAiCompatible } from "@/lib/providers/presets/openai-compatible";
import { openAiResponses } from "@/lib/providers/presets/openai-responses";
import { openrouter } from "@/lib/providers/presets/openrouter";
import { sglang } from "@/lib/providers/presets/sglang";
import { together } from "@/lib/providers/presets/together";
import { vercel } from "@/lib/providers/presets/vercel";
import { vertex } from "@/lib/providers/presets/vertex";
import { vertexAnthropic } from "@/lib/providers/presets/vertex-anthropic";
import { vllm } from "@/lib/providers/presets/vllm";
import { xai } from "@/lib/providers/presets/xai";
import { zai } from "@/lib/providers/presets/zai";

import type { Provider } from "./provider";

/** Every upstream Vitrine knows that has an address, in the order they are offered: local first. */
export const providers: readonly Provider[] = [
  llamaCpp,
  ollama,
  lmStudio,
  vllm,
  sglang,
  openai,
  openAiResponses,
  azure,
  anthropic,
  gemini,
  geminiCompat,
  vertex,
  vertexAnthropic,
  bedrock,
  xai,
  zai,
  groq,
  huggingface,
  openrouter,
  vercel,
  avian,
  deepseek,
  mistral,
  together,
  fireworks,
  cerebras,
  moonshot,
  minimax,
  alibaba,
  deepinfra,
  nvidia,
];

const byId = new Map([...providers, openAiCompatible].map((provider) => [provider.id, provider]));

/** The provider with this id, also of servers that people add, or null when none has it. */
export function findProvider(id: string): Provider | null {
  return byId.get(id) ?? null;
}
