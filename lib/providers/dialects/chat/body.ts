import type {
  ChatCompletionAssistantMessageParam,
  ChatCompletionContentPartImage,
  ChatCompletionContentPartText,
  ChatCompletionCreateParamsBase,
  ChatCompletionMessageCustomToolCall,
  ChatCompletionMessageFunctionToolCall,
  ChatCompletionSystemMessageParam,
  ChatCompletionToolMessageParam,
  ChatCompletionUserMessageParam,
} from "openai/resources/chat/completions";

import type { ExtraFields } from "@/lib/providers/provider";
import type { AsJson, Json, JsonObject } from "@/lib/stream/turn/json";

/**
 * The body of a request in OpenAI's own types, which the writers of this folder are checked against, and what other
 * servers add to them. A key taken `& keyof` a type of the package is its own, with values that are wider or narrower.
 */
export type ChatBody = AsJson<
  Omit<ChatCompletionCreateParamsBase, "messages" | "reasoning_effort" | "stream">
> & { readonly [K in "messages" & keyof ChatCompletionCreateParamsBase]: readonly ChatMessage[] } & {
  readonly [K in "stream" & keyof ChatCompletionCreateParamsBase]: boolean;
} & ChatEffort &
  ExtraFields;

/** The fields that ask for thinking. */
export type ChatEffort = {
  /** OpenAI's field. A string, because each server has words of its own for it. */
  readonly [K in "reasoning_effort" & keyof ChatCompletionCreateParamsBase]?: string;
} & {
  /** OpenRouter and Vercel: https://openrouter.ai/docs/use-cases/reasoning-tokens */
  readonly reasoning?: {
    readonly enabled?: boolean;
    readonly effort?: string;
    readonly max_tokens?: number;
  };
  /** DeepSeek, Fireworks, MiniMax, Moonshot, Z.ai: https://api-docs.deepseek.com/guides/thinking_mode */
  readonly thinking?: {
    readonly type: "adaptive" | "disabled" | "enabled";
    readonly budget_tokens?: number;
  };
  /** Alibaba, with the one below: https://www.alibabacloud.com/help/en/model-studio/deep-thinking */
  readonly enable_thinking?: boolean;
  readonly thinking_budget?: number;
  /** llama.cpp, with the one below: tools/server/README.md of its repository. */
  readonly reasoning_budget_tokens?: number;
  readonly chat_template_kwargs?: JsonObject;
};

/** A message of one of the roles that are written here. */
export type ChatMessage =
  | AsJson<ChatCompletionSystemMessageParam | ChatCompletionToolMessageParam>
  | ChatUserMessage
  | ChatAnswer;

type ChatUserMessage = AsJson<Omit<ChatCompletionUserMessageParam, "content">> & {
  readonly [K in "content" & keyof ChatCompletionUserMessageParam]: ChatPrompt;
};

/** A prompt: plain text, or parts. */
export type ChatPrompt = string | readonly ChatPromptPart[];

export type ChatPromptPart = AsJson<ChatCompletionContentPartText | ChatCompletionContentPartImage>;

/** A past answer of the model. */
export type ChatAnswer = AsJson<Omit<ChatCompletionAssistantMessageParam, "tool_calls">> &
  ChatThoughts & {
    readonly [K in "tool_calls" & keyof ChatCompletionAssistantMessageParam]?: readonly ChatCall[];
  };

/** Past reasoning, which OpenAI's API takes none of. */
export type ChatThoughts = {
  /** DeepSeek, llama.cpp and most others: https://api-docs.deepseek.com/guides/thinking_mode */
  readonly reasoning_content?: string;
  /** OpenRouter, with the one below: https://openrouter.ai/docs/use-cases/reasoning-tokens */
  readonly reasoning?: string;
  /** The items as received. */
  readonly reasoning_details?: readonly Json[];
};

export type ChatCall =
  | AsJson<ChatCompletionMessageCustomToolCall>
  | (AsJson<ChatCompletionMessageFunctionToolCall> & ChatCallExtra);

/** Gemini's thought signature: https://ai.google.dev/gemini-api/docs/thought-signatures */
export type ChatCallExtra = { readonly extra_content?: JsonObject };
