import { expect, it } from "vitest";

import type {
  ChatAnswer,
  ChatBody,
  ChatCall,
  ChatCallExtra,
  ChatEffort,
  ChatMessage,
  ChatPromptPart,
  ChatThoughts,
} from "./body";

const LEAST = { model: "m", stream: true, messages: [] } as const;
const CALL = { id: "c", type: "function", function: { name: "f", arguments: "{}" } } as const;

// What is held here is held by the compiler: a line below `@ts-expect-error` that compiles is an error.
it("the types of a chat body refuse each misspelled field", () => {
  const fields: readonly object[] = [
    { ...LEAST } satisfies ChatBody,
    // @ts-expect-error -- models
    { models: "m", stream: true, messages: [] } satisfies ChatBody,
    // @ts-expect-error -- streams
    { model: "m", streams: true, messages: [] } satisfies ChatBody,
    // @ts-expect-error -- message
    { model: "m", stream: true, message: [] } satisfies ChatBody,
    // @ts-expect-error -- tool
    { tool: [] } satisfies Partial<ChatBody>,
    // @ts-expect-error -- toolChoice
    { toolChoice: "auto" } satisfies Partial<ChatBody>,
    // @ts-expect-error -- parallel_tools
    { parallel_tools: true } satisfies Partial<ChatBody>,
    // @ts-expect-error -- max_token
    { max_token: 1 } satisfies Partial<ChatBody>,
    // @ts-expect-error -- max_completion_token
    { max_completion_token: 1 } satisfies Partial<ChatBody>,
    // @ts-expect-error -- stream_option
    { stream_option: { include_usage: true } } satisfies Partial<ChatBody>,
    // @ts-expect-error -- includes_usage
    { stream_options: { includes_usage: true } } satisfies Partial<ChatBody>,
    // @ts-expect-error -- responseFormat
    { responseFormat: { type: "json_object" } } satisfies Partial<ChatBody>,
    // @ts-expect-error -- timings_per_tokens
    { timings_per_tokens: true } satisfies Partial<ChatBody>,
    // @ts-expect-error -- reasoning_efforts
    { reasoning_efforts: "low" } satisfies ChatEffort,
    // @ts-expect-error -- max_token
    { reasoning: { max_token: 1 } } satisfies ChatEffort,
    // @ts-expect-error -- enable
    { thinking: { type: "enable" } } satisfies ChatEffort,
    // @ts-expect-error -- budget_token
    { thinking: { type: "enabled", budget_token: 1 } } satisfies ChatEffort,
    // @ts-expect-error -- enabled_thinking
    { enabled_thinking: true } satisfies ChatEffort,
    // @ts-expect-error -- reasoning_budget
    { reasoning_budget: 1 } satisfies ChatEffort,
    // @ts-expect-error -- template_kwargs
    { template_kwargs: {} } satisfies ChatEffort,
  ];
  const messages: readonly object[] = [
    { role: "user", content: "" } satisfies ChatMessage,
    // @ts-expect-error -- person
    { role: "person", content: "" } satisfies ChatMessage,
    // @ts-expect-error -- contents
    { role: "user", contents: "" } satisfies ChatMessage,
    // @ts-expect-error -- tool_id
    { role: "tool", content: "", tool_id: "c" } satisfies ChatMessage,
    // @ts-expect-error -- tool_call
    { role: "assistant", tool_call: [] } satisfies ChatAnswer,
    // @ts-expect-error -- reasoning_contents
    { reasoning_contents: "" } satisfies ChatThoughts,
    // @ts-expect-error -- reasoning_detail
    { reasoning_detail: [] } satisfies ChatThoughts,
    // @ts-expect-error -- texts
    { type: "text", texts: "" } satisfies ChatPromptPart,
    // @ts-expect-error -- uri
    { type: "image_url", image_url: { uri: "" } } satisfies ChatPromptPart,
    { ...CALL } satisfies ChatCall,
    // @ts-expect-error -- args
    { id: "c", type: "function", function: { name: "f", args: "" } } satisfies ChatCall,
    // @ts-expect-error -- arguments, of a custom tool
    { id: "c", type: "custom", custom: { name: "f", arguments: "" } } satisfies ChatCall,
    // @ts-expect-error -- extra_contents
    { extra_contents: {} } satisfies ChatCallExtra,
  ];
  expect([fields.length, messages.length]).toEqual([20, 13]);
});
