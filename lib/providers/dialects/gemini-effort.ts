import type { JsonObject } from "@/lib/stream/json";

import { effortFamily } from "../effort";
import { modelName } from "../model-name";
import type { GeminiQuirks, RequestInput } from "../provider";
import { thinksByDefault } from "../thinks-by-default";
import type { Note } from "./note";

type Input = RequestInput<GeminiQuirks>;

/** How a family is asked to think. Where it is told a number of tokens, −1 lets the model decide. */
type Thinking =
  | { readonly by: "budget"; readonly least: number; readonly most: number; readonly canBeOff: boolean }
  | { readonly by: "level" }
  /** A name that tells nothing: what a person types is sent. */
  | { readonly by: "unknown" };

const FAMILIES: readonly { readonly matches: RegExp; readonly thinking: Thinking }[] = [
  { matches: /^gemini-2\.5-pro/, thinking: { by: "budget", least: 128, most: 32_768, canBeOff: false } },
  {
    matches: /^gemini-2\.5-flash-lite/,
    thinking: { by: "budget", least: 512, most: 24_576, canBeOff: true },
  },
  { matches: /^gemini-2\.5/, thinking: { by: "budget", least: 1, most: 24_576, canBeOff: true } },
  { matches: /^gemini-[3-9]/, thinking: { by: "level" } },
];

/** The tokens that Google's OpenAI mode makes of an effort. https://ai.google.dev/gemini-api/docs/openai */
const BUDGETS: ReadonlyMap<string, number> = new Map([
  ["none", 0],
  ["low", 1024],
  ["medium", 8192],
  ["high", 24_576],
]);
/** Google's word for a budget that the model chooses. */
const DYNAMIC = -1;

/** The field `thinkingConfig`: a level or a budget, never both, and thoughts to read where the model thinks. */
export function writeThinkingConfig(input: Input, note: Note): JsonObject {
  const { provider, quirks, setup } = input;
  if (setup.effort === null && setup.thinkingTokens === null)
    return thinksUnasked(setup.model) ? { thinkingConfig: { includeThoughts: true } } : {};
  if (quirks.effortShape === "none") {
    note(`Neither effort nor a thinking token limit is sent: ${provider.label} has no such setting.`);
    return {};
  }
  if (effortFamily(setup.model)?.neverThinks === true) {
    note(`Neither effort nor a thinking token limit is sent: ${setup.model} does not think.`);
    return {};
  }
  const asked = askedFor(input, note);
  if (asked === null) return thinksUnasked(setup.model) ? { thinkingConfig: { includeThoughts: true } } : {};
  // Thoughts may not be asked for where there are none.
  const isOff = asked["thinkingBudget"] === 0;
  return { thinkingConfig: isOff ? asked : { includeThoughts: true, ...asked } };
}

/** Some models think only when they are told how much, or never, and refuse to show thoughts they do not have. */
function thinksUnasked(model: string): boolean {
  const silent = /^gemini-2\.5-(?:flash-lite|.*(?:image|tts|audio|live))/;
  return thinksByDefault(model) && !silent.test(modelName(model));
}

/** The limit goes before the effort: the two together are refused, and it is the narrower word. */
function askedFor({ provider, quirks, setup }: Input, note: Note): JsonObject | null {
  const thinking = thinkingOf(setup.model);
  const { effort, thinkingTokens } = setup;
  if (thinkingTokens !== null && quirks.thinkingLimit === undefined)
    note(`The thinking token limit is not sent: ${provider.label} has no such setting.`);
  else if (thinkingTokens !== null && fits(thinkingTokens, thinking)) {
    if (effort !== null)
      note(`${provider.label} takes an effort or a thinking token limit, not both: the effort is not sent.`);
    return { thinkingBudget: thinkingTokens };
  } else if (thinkingTokens !== null)
    note(`The thinking token limit is not sent: ${rangeOf(setup.model, thinking)}`);
  return effort === null ? null : effortField(effort, setup.model, thinking, note);
}

function thinkingOf(model: string): Thinking {
  const name = modelName(model);
  return FAMILIES.find(({ matches }) => matches.test(name))?.thinking ?? { by: "unknown" };
}

function fits(tokens: number, thinking: Thinking): boolean {
  if (tokens === DYNAMIC) return true;
  switch (thinking.by) {
    case "budget":
      return tokens === 0 ? thinking.canBeOff : tokens >= thinking.least && tokens <= thinking.most;
    case "level":
      return tokens > 0;
    case "unknown":
      return tokens >= 0;
  }
}

function rangeOf(model: string, thinking: Thinking): string {
  if (thinking.by !== "budget") return `${model} takes a number of at least 1, or −1.`;
  const off = thinking.canBeOff ? "0, " : "";
  return `${model} takes ${off}${String(thinking.least)} to ${String(thinking.most)}, or −1.`;
}

function effortField(effort: string, model: string, thinking: Thinking, note: Note): JsonObject | null {
  const values = effortFamily(model)?.values ?? [];
  if (values.length > 0 && !values.includes(effort)) {
    note(`The effort ${effort} is not sent: ${model} takes ${values.join(", ")}.`);
    return null;
  }
  if (thinking.by !== "budget") return { thinkingLevel: effort };
  const budget = BUDGETS.get(effort);
  return budget === undefined ? null : { thinkingBudget: budget };
}
