import { templateEffort } from "@/lib/providers/dialects/shared/body-fields";
import type { Note } from "@/lib/providers/dialects/shared/note";
import type { AnthropicQuirks, RequestInput } from "@/lib/providers/provider";
import { claudeThinking } from "@/lib/providers/rules/claude-thinking";
import { effortBudget } from "@/lib/providers/rules/effort-budgets";
import type { JsonObject } from "@/lib/stream/turn/json";

type Input = RequestInput<AnthropicQuirks>;

const UNASKED: Thinking = { kind: "unasked" };

/** What the lane's effort and thinking token limit come to for its model. What it cannot take is left out with a note. */
export function chooseThinking(input: Input, note: Note): Thinking {
  const { provider, quirks, setup } = input;
  const tokens = sentThinkingTokens(input, note);
  switch (quirks.effortShape) {
    case "effort-and-template":
      return setup.effort === null && tokens === null
        ? UNASKED
        : { kind: "template", effort: setup.effort, tokens };
    case "none":
      if (setup.effort !== null) note(`Effort is not sent: ${provider.label} has no effort setting.`);
      return tokens === null ? UNASKED : { kind: "limit", tokens };
    case "native":
      return chooseNative(input, tokens, note);
  }
}

/** null when no limit is set, or when it cannot be sent. */
function sentThinkingTokens({ provider, quirks, setup }: Input, note: Note): number | null {
  if (setup.thinkingTokens === null) return null;
  if (quirks.thinkingLimitShape === undefined)
    note(`The thinking token limit is not sent: ${provider.label} has no such setting.`);
  else if (setup.effort === "none") note("The thinking token limit is not sent: thinking is off.");
  else return setup.thinkingTokens;
  return null;
}

function chooseNative({ setup }: Input, tokens: number | null, note: Note): Thinking {
  const { effort, model } = setup;
  const mode = claudeThinking(model);
  switch (mode) {
    case "never":
      if (effort !== null && effort !== "none") note(`Effort is not sent: ${model} does not think.`);
      if (tokens !== null) note(`The thinking token limit is not sent: ${model} does not think.`);
      return UNASKED;
    case "limit":
      return chooseLimit(effort, tokens, model, note);
    case "limit-or-adaptive":
      if (tokens === null) return chooseAdaptive(mode, { effort, tokens, model }, note);
      if (effort !== null)
        note(`The effort is not sent: ${model} accepts an effort or a thinking token limit, not both.`);
      return atLeast(tokens, note);
    case "adaptive":
    case "adaptive-by-default":
      return chooseAdaptive(mode, { effort, tokens, model }, note);
    case null:
      if (effort !== null && effort !== "none")
        note(`Effort is not sent: it is unknown how ${model} accepts it.`);
      return tokens === null ? UNASKED : { kind: "limit", tokens };
  }
}

function chooseLimit(effort: string | null, tokens: number | null, model: string, note: Note): Thinking {
  if (effort === "none" || (effort === null && tokens === null)) return UNASKED;
  if (tokens !== null) {
    if (effort !== null && effort !== "on")
      note(`The effort is not sent: ${model} uses the thinking token limit that is set instead.`);
    return atLeast(tokens, note);
  }
  const budget = effort === null ? null : effortBudget(effort);
  if (budget !== null) return { kind: "limit", tokens: budget };
  if (effort !== "on")
    note(`The effort "${String(effort)}" is not sent: ${model} accepts low, medium, high.`);
  note(
    `${model} thinks up to ${String(LEAST_LIMIT)} tokens, its minimum: set a thinking token limit for more.`,
  );
  return { kind: "limit", tokens: LEAST_LIMIT };
}

function atLeast(tokens: number, note: Note): Thinking {
  if (tokens >= LEAST_LIMIT) return { kind: "limit", tokens };
  note(`The thinking token limit is sent as ${String(LEAST_LIMIT)}, Claude's minimum.`);
  return { kind: "limit", tokens: LEAST_LIMIT };
}

type Asked = { readonly effort: string | null; readonly tokens: number | null; readonly model: string };

const EFFORTS = {
  "limit-or-adaptive": ["low", "medium", "high", "max"],
  adaptive: ["low", "medium", "high", "xhigh", "max"],
  "adaptive-by-default": ["low", "medium", "high", "xhigh", "max"],
} as const;

function chooseAdaptive(mode: keyof typeof EFFORTS, { effort, tokens, model }: Asked, note: Note): Thinking {
  if (tokens !== null) note(`The thinking token limit is not sent: ${model} accepts an effort instead.`);
  const byDefault = mode === "adaptive-by-default";
  if (effort === "none") {
    if (byDefault) note(`Thinking is not turned off: ${model} decides by itself.`);
    return UNASKED;
  }
  // A model that thinks anyway is asked too: without being asked it hides its reasoning.
  if (effort === null) return byDefault ? { kind: "adaptive", effort: null } : UNASKED;
  if (effort === "on") return { kind: "adaptive", effort: null };
  const values: readonly string[] = EFFORTS[mode];
  if (values.includes(effort)) return { kind: "adaptive", effort };
  note(`The effort "${effort}" is not sent: ${model} accepts ${values.join(", ")}.`);
  return byDefault ? { kind: "adaptive", effort: null } : UNASKED;
}

/** How a request asks for thinking. */
export type Thinking =
  /** Nothing is asked for: the model's own default. */
  | { readonly kind: "unasked" }
  | { readonly kind: "limit"; readonly tokens: number }
  | { readonly kind: "adaptive"; readonly effort: string | null }
  /** llama.cpp: the template reads the effort, the server the limit. */
  | { readonly kind: "template"; readonly effort: string | null; readonly tokens: number | null };

/** The least that Claude takes as a limit. */
const LEAST_LIMIT = 1024;

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
    note(`Thinking is not requested: it needs more than ${String(LEAST_LIMIT)} max tokens.`);
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
