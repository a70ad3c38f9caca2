import type { Note } from "@/lib/providers/dialects/shared/note";
import type { GeminiQuirks, RequestInput } from "@/lib/providers/provider";
import { effortFamily } from "@/lib/providers/rules/effort";
import { effortBudget } from "@/lib/providers/rules/effort-budgets";
import type { NativeThinking } from "@/lib/providers/rules/effort-families";
import { modelName } from "@/lib/providers/rules/model-name";
import { fitsLimit, rangeWords } from "@/lib/providers/rules/thinking-limit";
import { thinksByDefault } from "@/lib/providers/rules/thinks-by-default";
import type { JsonObject } from "@/lib/stream/turn/json";

type Input = RequestInput<GeminiQuirks>;

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

/** Some models think only when given an amount, or never, and reject a request to show thoughts they do not have. */
function thinksUnasked(model: string): boolean {
  const silent = /^gemini-2\.5-(?:flash-lite|.*(?:image|tts|audio|live))/;
  return thinksByDefault(model) && !silent.test(modelName(model));
}

/** The limit goes before the effort: the two together are refused, and it is the narrower word. */
function askedFor({ provider, quirks, setup }: Input, note: Note): JsonObject | null {
  const thinking = effortFamily(setup.model)?.native ?? null;
  const { effort, thinkingTokens } = setup;
  if (thinkingTokens !== null && quirks.thinkingLimitShape === undefined)
    note(`The thinking token limit is not sent: ${provider.label} has no such setting.`);
  else if (thinkingTokens !== null && fits(thinkingTokens, thinking)) {
    if (effort !== null)
      note(
        `${provider.label} accepts an effort or a thinking token limit, not both: the effort is not sent.`,
      );
    return { thinkingBudget: thinkingTokens };
  } else if (thinkingTokens !== null)
    note(`The thinking token limit is not sent: ${rangeOf(setup.model, thinking)}`);
  return effort === null ? null : effortField(effort, setup.model, thinking, note);
}

/** −1 lets the model decide. An unknown name accepts whatever a person types. */
function fits(tokens: number, thinking: NativeThinking | null): boolean {
  if (tokens === DYNAMIC) return true;
  const range = thinking?.budget ?? null;
  return range === null ? tokens >= 0 : fitsLimit(tokens, range);
}

function rangeOf(model: string, thinking: NativeThinking | null): string {
  const range = thinking?.budget ?? null;
  return `${model} accepts ${range === null ? "0 or more" : rangeWords(range)}, or −1.`;
}

function effortField(
  effort: string,
  model: string,
  thinking: NativeThinking | null,
  note: Note,
): JsonObject | null {
  const values = effortFamily(model)?.values ?? [];
  if (values.length > 0 && !values.includes(effort)) {
    note(`The effort ${effort} is not sent: ${model} accepts ${values.join(", ")}.`);
    return null;
  }
  if (thinking?.by !== "budget") return { thinkingLevel: effort };
  const budget = effortBudget(effort);
  return budget === null ? null : { thinkingBudget: budget };
}
