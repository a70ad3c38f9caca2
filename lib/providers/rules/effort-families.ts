import type { EffortRule } from "@/lib/providers/provider";

/** A family of models that take the same effort values, wherever they are served. */
export type EffortFamily = EffortRule & {
  /** Answers without thinking, whatever is asked. */
  readonly neverThinks?: true;
  /** At its maker it thinks only when an effort or a budget asks for it. */
  readonly onDemand?: true;
  /** How its maker's own API takes an effort; absent: as the word it is. */
  readonly native?: NativeThinking;
};

/** How the maker's own API asks a family to think. An effort and a budget together are refused by all. */
export type NativeThinking =
  /** By a budget in tokens, which an effort becomes: see `effort-budgets.ts`. */
  | { readonly by: "budget"; readonly budget: BudgetRange }
  /** By a level; `budget` is null where the model refuses one. */
  | { readonly by: "level"; readonly budget: BudgetRange | null }
  /** By Claude's adaptive thinking with a level beside it; `budget` as above. */
  | { readonly by: "adaptive"; readonly budget: BudgetRange | null };

/** Tokens of thinking that a budget may name. */
export type BudgetRange = {
  readonly min: number;
  /** null = no limit of its own is known. */
  readonly max: number | null;
  /** 0, which is thinking off, is taken as well. */
  readonly zero: boolean;
  /** It must be below the request's output limit, of which it is a part. */
  readonly partOfOutput: boolean;
};

const NO_THINKING = "This model does not think, so it has no effort setting.";
const ALWAYS = "This model always thinks and has no effort setting.";
const SWITCH = "This model can only be switched between thinking and not thinking.";

const CLAUDE_BUDGET: BudgetRange = { min: 1024, max: null, zero: false, partOfOutput: true };
const FLASH_BUDGET: BudgetRange = { min: 1, max: 24_576, zero: true, partOfOutput: false };
const GEMINI_3: NativeThinking = {
  by: "level",
  budget: { min: 1, max: null, zero: false, partOfOutput: false },
};

/** First match wins, so the narrow patterns stand before the wide ones. */
export const effortFamilies: readonly EffortFamily[] = [
  { matches: /gpt-oss/, values: ["low", "medium", "high"], note: "Thinking cannot be turned off." },

  { matches: /^gpt-5.*-chat/, values: [], note: NO_THINKING, neverThinks: true },
  { matches: /^gpt-5-pro/, values: ["high"], note: null },
  { matches: /^gpt-5\.\d+-pro/, values: ["medium", "high", "xhigh"], note: null },
  { matches: /^gpt-5\.1(?!\d)/, values: ["none", "low", "medium", "high"], note: null },
  { matches: /^gpt-5\.[2-5](?!\d)/, values: ["none", "low", "medium", "high", "xhigh"], note: null },
  { matches: /^gpt-5\.\d/, values: ["none", "low", "medium", "high", "xhigh", "max"], note: null },
  { matches: /^gpt-5/, values: ["minimal", "low", "medium", "high"], note: null },
  { matches: /^o[134](?:-|$)/, values: ["low", "medium", "high"], note: null },
  { matches: /^(?:chatgpt|gpt-[34])/, values: [], note: NO_THINKING, neverThinks: true },

  {
    matches: /^claude-3[-.]7|^claude-3[-.]7-sonnet/,
    values: ["none", "low", "medium", "high"],
    note: null,
    onDemand: true,
    native: { by: "budget", budget: CLAUDE_BUDGET },
  },
  { matches: /^claude-(?:3|instant|2)/, values: [], note: NO_THINKING, neverThinks: true },
  {
    matches: /^claude-(?:\w+-4[-.]6|4[-.]6)(?!\d)/,
    values: ["low", "medium", "high", "max"],
    note: null,
    onDemand: true,
    native: { by: "adaptive", budget: CLAUDE_BUDGET },
  },
  {
    matches: /^claude-(?:\w+-4[-.][7-9]|4[-.][7-9])(?!\d)/,
    values: ["low", "medium", "high", "xhigh", "max"],
    note: null,
    onDemand: true,
    native: { by: "adaptive", budget: null },
  },
  {
    matches: /^claude-(?:\w+-)?[5-9](?!\d)/,
    values: ["low", "medium", "high", "xhigh", "max"],
    note: null,
    native: { by: "adaptive", budget: null },
  },
  {
    matches: /^claude/,
    values: ["none", "low", "medium", "high"],
    note: null,
    onDemand: true,
    native: { by: "budget", budget: CLAUDE_BUDGET },
  },

  { matches: /^gemini-3\.1-pro/, values: ["low", "medium", "high"], note: null, native: GEMINI_3 },
  {
    matches: /^gemini-3(?:\.\d)?-flash/,
    values: ["minimal", "low", "medium", "high"],
    note: null,
    native: GEMINI_3,
  },
  { matches: /^gemini-3-pro/, values: ["low", "high"], note: null, native: GEMINI_3 },
  // They refuse to be asked for thoughts that they do not have.
  { matches: /^gemini-2\.5-.*(?:image|tts)/, values: [], note: NO_THINKING, neverThinks: true },
  {
    matches: /^gemini-2\.5-pro/,
    values: ["low", "medium", "high"],
    note: "Thinking cannot be turned off.",
    native: { by: "budget", budget: { min: 128, max: 32_768, zero: false, partOfOutput: false } },
  },
  {
    matches: /^gemini-2\.5-flash-lite/,
    values: ["none", "low", "medium", "high"],
    note: null,
    onDemand: true,
    native: { by: "budget", budget: { ...FLASH_BUDGET, min: 512 } },
  },
  {
    matches: /^gemini-2\.5/,
    values: ["none", "low", "medium", "high"],
    note: null,
    native: { by: "budget", budget: FLASH_BUDGET },
  },
  { matches: /^gemini-(?:1|2\.0)/, values: [], note: NO_THINKING, neverThinks: true },

  { matches: /^grok-3-mini/, values: ["low", "high"], note: null },
  { matches: /^grok-4\.3/, values: ["none", "low", "medium", "high"], note: null },
  { matches: /^grok-4\.5/, values: ["low", "medium", "high"], note: null },
  { matches: /^grok-(?:code|4)/, values: [], note: "This model decides by itself how long it thinks." },
  { matches: /^grok/, values: [], note: NO_THINKING, neverThinks: true },

  {
    matches: /^glm-(?:5\.[2-9]|[6-9])/,
    values: ["none", "high", "xhigh"],
    note: "low, medium and high are the same to this model; xhigh is its most.",
    readsOthers: true,
  },
  { matches: /^glm-(?:4\.[5-9]|5)/, values: ["none", "on"], note: SWITCH },

  { matches: /^kimi-k3/, values: ["none", "low", "high", "max"], note: null },
  { matches: /^kimi-k2\.\d/, values: ["none", "on"], note: SWITCH },
  { matches: /^kimi-k2-thinking/, values: [], note: ALWAYS },
  { matches: /^(?:kimi-k2|moonshot)/, values: [], note: NO_THINKING, neverThinks: true },

  { matches: /^qwen3.*(?:instruct|coder)/, values: [], note: NO_THINKING, neverThinks: true },
  { matches: /^(?:qwen3.*thinking|qwq)/, values: [], note: ALWAYS },
  { matches: /^qwen-?3/, values: ["none", "on"], note: SWITCH },

  { matches: /^deepseek-(?:r1|reasoner)/, values: [], note: ALWAYS },
  { matches: /^deepseek/, values: ["none", "on"], note: SWITCH },

  { matches: /^minimax-m[3-9]/, values: ["none", "on"], note: SWITCH },
  { matches: /^minimax/, values: [], note: ALWAYS },
];
