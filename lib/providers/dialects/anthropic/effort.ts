import type { Note } from "@/lib/providers/dialects/shared/note";
import type { AnthropicQuirks, RequestInput } from "@/lib/providers/provider";
import { effortBudget } from "@/lib/providers/rules/effort-budgets";

import { claudeThinking } from "./claude-thinking";
import { LEAST_LIMIT, type Thinking } from "./thinking";

type Input = RequestInput<AnthropicQuirks>;

const UNASKED: Thinking = { kind: "unasked" };

/** What the lane's effort and thinking token limit come to for its model. What it cannot take is left out with a note. */
export function chooseThinking(input: Input, note: Note): Thinking {
  const { provider, quirks, setup } = input;
  const tokens = thinkingLimit(input, note);
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
function thinkingLimit({ provider, quirks, setup }: Input, note: Note): number | null {
  if (setup.thinkingTokens === null) return null;
  if (quirks.thinkingLimit === undefined)
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
        note(`The effort is not sent: ${model} takes an effort or a thinking token limit, not both.`);
      return atLeast(tokens, note);
    case "adaptive":
    case "adaptive-by-default":
      return chooseAdaptive(mode, { effort, tokens, model }, note);
    case null:
      if (effort !== null && effort !== "none")
        note(`Effort is not sent: how ${model} takes it is not known.`);
      return tokens === null ? UNASKED : { kind: "limit", tokens };
  }
}

function chooseLimit(effort: string | null, tokens: number | null, model: string, note: Note): Thinking {
  if (effort === "none" || (effort === null && tokens === null)) return UNASKED;
  if (tokens !== null) {
    if (effort !== null && effort !== "on")
      note(`The effort is not sent: ${model} takes a thinking token limit, and one is set.`);
    return atLeast(tokens, note);
  }
  const budget = effort === null ? null : effortBudget(effort);
  if (budget !== null) return { kind: "limit", tokens: budget };
  if (effort !== "on") note(`The effort "${String(effort)}" is not sent: ${model} takes low, medium, high.`);
  note(
    `${model} thinks up to ${String(LEAST_LIMIT)} tokens, the least it takes: set a thinking token limit for more.`,
  );
  return { kind: "limit", tokens: LEAST_LIMIT };
}

function atLeast(tokens: number, note: Note): Thinking {
  if (tokens >= LEAST_LIMIT) return { kind: "limit", tokens };
  note(`The thinking token limit is sent as ${String(LEAST_LIMIT)}: Claude takes no less.`);
  return { kind: "limit", tokens: LEAST_LIMIT };
}

type Asked = { readonly effort: string | null; readonly tokens: number | null; readonly model: string };

const EFFORTS = {
  "limit-or-adaptive": ["low", "medium", "high", "max"],
  adaptive: ["low", "medium", "high", "xhigh", "max"],
  "adaptive-by-default": ["low", "medium", "high", "xhigh", "max"],
} as const;

function chooseAdaptive(mode: keyof typeof EFFORTS, { effort, tokens, model }: Asked, note: Note): Thinking {
  if (tokens !== null) note(`The thinking token limit is not sent: ${model} takes an effort instead.`);
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
  note(`The effort "${effort}" is not sent: ${model} takes ${values.join(", ")}.`);
  return byDefault ? { kind: "adaptive", effort: null } : UNASKED;
}
