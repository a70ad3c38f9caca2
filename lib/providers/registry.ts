import { alibaba } from "./alibaba";
import { anthropic } from "./anthropic";
import { avian } from "./avian";
import { azure } from "./azure";
import { bedrock } from "./bedrock";
import { cerebras } from "./cerebras";
import { deepinfra } from "./deepinfra";
import { deepseek } from "./deepseek";
import { fireworks } from "./fireworks";
import { gemini } from "./gemini";
import { geminiCompat } from "./gemini-compat";
import { groq } from "./groq";
import { huggingface } from "./huggingface";
import { llamaCpp } from "./llama-cpp";
import { lmStudio } from "./lm-studio";
import { minimax } from "./minimax";
import { mistral } from "./mistral";
import { moonshot } from "./moonshot";
import { nvidia } from "./nvidia";
import { ollama } from "./ollama";
import { openai } from "./openai";
import { openAiCompatible } from "./openai-compatible";
import { openAiResponses } from "./openai-responses";
import { openrouter } from "./openrouter";
import type { Provider } from "./provider";
import { sglang } from "./sglang";
import { together } from "./together";
import { vercel } from "./vercel";
import { vertex } from "./vertex";
import { vertexAnthropic } from "./vertex-anthropic";
import { vllm } from "./vllm";
import { xai } from "./xai";
import { zai } from "./zai";

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
