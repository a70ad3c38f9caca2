/**
 * The fields of a chat completion that are read, and the metadata that is ignored on purpose, with who sends it.
 * Any other field that says something is named once a step.
 */
import { knownFields, type KnownFields } from "@/lib/providers/dialects/shared/unknown-fields";

export const CHUNK_FIELDS: KnownFields = knownFields(
  "id",
  "object",
  "model",
  "choices:list|object",
  "error",
  "usage",
  "timings",
  "prompt_progress",
  "x_groq",
  "time_info",
  "latency_checkpoint",
  // Every server.
  "created",
  "type",
  // OpenAI, Azure, Groq, OpenRouter, Z.ai, Vercel.
  "system_fingerprint",
  "service_tier",
  "obfuscation",
  "prompt_filter_results",
  "usage_breakdown",
  "provider",
  "request_id",
  "generationId",
  // xAI, llama.cpp in router mode, vLLM, LiteLLM.
  "num_sources_used",
  "prompt_logprobs",
  "prompt_token_ids",
  "kv_transfer_params",
  "metadata",
  // MiniMax: how the call went; a failure is read as an error.
  "base_resp",
);

export const CHOICE_FIELDS: KnownFields = knownFields(
  "index",
  "delta:object",
  "message:object",
  "text:text",
  "finish_reason:text",
  "usage",
  "error",
  // OpenAI: probabilities that a person asked for; they are in the inspector.
  "logprobs",
  // OpenRouter, Azure, vLLM, SGLang, padding of OpenAI.
  "native_finish_reason",
  "content_filter_results",
  "content_filter_result",
  "stop_reason",
  "matched_stop",
  "token_ids",
  "prompt_token_ids",
  "p",
  "obfuscation",
);

export const MESSAGE_FIELDS: KnownFields = knownFields(
  "role",
  "content:text|list|object",
  "refusal:text|list|object",
  "reasoning:text",
  "reasoning_content:text",
  "reasoning_text:text",
  "reasoning_details:list",
  "tool_calls:list|object",
  "function_call:object",
  "images:list",
  "annotations:list",
  // GitHub Copilot: what reasoning_text says, encrypted.
  "reasoning_opaque",
  // Vercel, OpenAI, LiteLLM.
  "provider_metadata",
  "provider_specific_fields",
  "obfuscation",
  "name",
);

export const CALL_FIELDS: KnownFields = knownFields(
  "index",
  "id",
  "type",
  "function:object",
  "custom:object",
  "name:text",
  "arguments",
  "extra_content",
);

export const FUNCTION_FIELDS: KnownFields = knownFields("name:text", "arguments");

export const CUSTOM_FIELDS: KnownFields = knownFields("name:text", "input");
