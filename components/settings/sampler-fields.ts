import type { NumberRule } from "@/components/ui/fields/parse-number";
import type { RejectedField } from "@/lib/providers/rules/rejected-fields";
import type { JsonObject } from "@/lib/stream/turn/json";
import { isObject, parseJson } from "@/lib/stream/turn/json-read";

/** A sampler that has a field of its own. Limits are those no server goes beyond; servers may clamp tighter. */
export type SamplerField = NumberRule & { readonly key: string; readonly label: string };

export const samplerFields: readonly SamplerField[] = [
  { key: "temperature", label: "Temperature", min: 0 },
  { key: "top_p", label: "Top p", min: 0, max: 1 },
  { key: "top_k", label: "Top k", integer: true, min: -1 },
  { key: "min_p", label: "Min p", min: 0, max: 1 },
  { key: "seed", label: "Seed", integer: true },
  { key: "presence_penalty", label: "Presence penalty" },
  { key: "frequency_penalty", label: "Frequency penalty" },
  { key: "repeat_penalty", label: "Repeat penalty", min: 0 },
];

const KNOWN = new Set(samplerFields.map(({ key }) => key));

/** The number in a sampler's field; null = not sent, or not a number (then it stands among the others). */
export function samplerValue(samplers: JsonObject, key: string): number | null {
  const value = samplers[key];
  return typeof value === "number" ? value : null;
}

/** The samplers with one field set, or left out for null. Pure. */
export function withSampler(samplers: JsonObject, key: string, value: number | null): JsonObject {
  const rest = Object.entries(samplers).filter(([name]) => name !== key);
  return Object.fromEntries(value === null ? rest : [...rest, [key, value]]);
}

/** The samplers with a field that are refused here and not set, by the reason. Pure. */
export function offSamplers(
  samplers: JsonObject,
  rejected: readonly RejectedField[],
): readonly { readonly why: string; readonly labels: readonly string[] }[] {
  const reasons = new Map<string, string[]>();
  for (const { key, label } of samplerFields) {
    const why = rejected.find(({ name }) => name === key)?.why;
    if (why === undefined || samplerValue(samplers, key) !== null) continue;
    reasons.set(why, [...(reasons.get(why) ?? []), label]);
  }
  return [...reasons].map(([why, labels]) => ({ why, labels }));
}

/** The samplers that have no field of their own. Pure. */
export function otherSamplers(samplers: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(samplers).filter(([key, value]) => !KNOWN.has(key) || typeof value !== "number"),
  );
}

export type ReadSamplers =
  | { readonly ok: true; readonly samplers: JsonObject }
  | { readonly ok: false; readonly message: string };

/** Reads what is typed for the others and joins it to those with a field. Empty text is none. Pure. */
export function readOtherSamplers(text: string, samplers: JsonObject): ReadSamplers {
  const typed = text.trim() === "" ? {} : parseJson(text);
  if (typed === undefined)
    return { ok: false, message: 'This is not JSON yet. It looks like {"mirostat": 2}.' };
  if (!isObject(typed)) return { ok: false, message: 'Write an object, such as {"mirostat": 2}.' };
  const owned = Object.keys(typed).find((key) => OWNED.has(key));
  if (owned !== undefined)
    return { ok: false, message: `${owned} has its own control and is not a sampler.` };
  const fields = Object.entries(samplers).filter(
    ([key, value]) => KNOWN.has(key) && typeof value === "number",
  );
  return { ok: true, samplers: { ...Object.fromEntries(fields), ...typed } };
}

/** Body fields that are set elsewhere: a second value here would silently win or lose. */
const OWNED = new Set([
  "model",
  "messages",
  "stream",
  "tools",
  "tool_choice",
  "parallel_tool_calls",
  "max_tokens",
  "max_completion_tokens",
  "reasoning_effort",
]);
