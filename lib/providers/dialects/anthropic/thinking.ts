import type { Note } from "@/lib/providers/dialects/shared/note";
import { templateEffort } from "@/lib/providers/dialects/shared/template-effort";
import type { AnthropicQuirks, RequestInput } from "@/lib/providers/provider";
import type { JsonObject } from "@/lib/stream/turn/json";

import { claudeThinking } from "./claude-thinking";

/** How a request asks for thinking. */
export type Thinking =
  /** Nothing is asked for: the model's own default. */
  | { readonly kind: "unasked" }
  | { readonly kind: "limit"; readonly tokens: number }
  | { readonly kind: "adaptive"; readonly effort: string | null }
  /** llama.cpp: the template reads the effort, the server the limit. */
  | { readonly kind: "template"; readonly effort: string | null; readonly tokens: number | null };

/** The least that Claude takes as a limit. */
export const LEAST_LIMIT = 1024;

type Input = RequestInput<AnthropicQuirks>;
type Limits = { readonly thinking: Thinking; readonly maxTokens: number | null };

/** `max_tokens` counts the thinking too, so a thinking limit must stay below it. Without a person's limit the answer gets the default beside the thinking. */
export function fitLimits(thinking: Thinking, { quirks, setup }: Input, note: Note): Limits {
  const { maxTokens } = setup;
  const fallback = quirks.defaultMaxTokens;
  if (thinking.kind !== "limit") return { thinking, maxTokens: maxTokens ?? fallback };
  if (maxTokens === null)
    return { thinking, maxTokens: fallback === null ? null : fallback + thinking.tokens };
  if (thinking.tokens < maxTokens) return { thinking, maxTokens };
  if (maxTokens <= LEAST_LIMIT) {
    note(`Thinking is not asked for: it needs more than ${String(LEAST_LIMIT)} max tokens.`);
    return { thinking: { kind: "unasked" }, maxTokens };
  }
  const tokens = maxTokens - 1;
  note(`The thinking token limit is sent as ${String(tokens)}: it must stay below the max tokens.`);
  return { thinking: { kind: "limit", tokens }, maxTokens };
}

/** The body's fields for it. */
export function thinkingFields(thinking: Thinking, model: string): JsonObject {
  switch (thinking.kind) {
    case "unasked":
      return {};
    case "limit":
      return limitField(thinking.tokens);
    case "adaptive":
      return {
        thinking: { type: "adaptive", ...(hidesThinking(model) ? { display: "summarized" } : {}) },
        ...(thinking.effort === null ? {} : { output_config: { effort: thinking.effort } }),
      };
    case "template":
      return {
        ...(thinking.effort === null ? {} : { chat_template_kwargs: templateEffort(thinking.effort, model) }),
        ...(thinking.tokens === null ? {} : limitField(thinking.tokens)),
      };
  }
}

function limitField(tokens: number): JsonObject {
  return { thinking: { type: "enabled", budget_tokens: tokens } };
}

/** Later models send signed blocks without text unless a summary is asked for. */
function hidesThinking(model: string): boolean {
  return claudeThinking(model) !== "limit-or-adaptive";
}
