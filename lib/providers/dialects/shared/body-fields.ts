import type { RequestInput } from "@/lib/providers/provider";
import { rejectedFields } from "@/lib/providers/rules/rejected-fields";
import type { JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";

import type { Note } from "./note";

const WRITTEN_ELSEWHERE = new Set([
  "model",
  "messages",
  "stream",
  "stream_options",
  "tools",
  "tool_choice",
  "parallel_tool_calls",
]);

/**
 * The sampler fields as typed, unknown ones included; fields that another control of the lane writes are left
 * out. `others`: those that only this dialect has.
 */
export function writeSamplers(samplers: JsonObject, note: Note, others: readonly string[] = []): JsonObject {
  return Object.fromEntries(
    Object.entries(samplers).filter(([name]) => {
      if (name === "__proto__") return false;
      if (!WRITTEN_ELSEWHERE.has(name) && !others.includes(name)) return true;
      note(`${name} among the samplers is not sent: the lane's own setting decides it.`);
      return false;
    }),
  );
}

/** What APIs that want a name for an answer's schema are given. */
export const SCHEMA_NAME = "answer";

/** The body without the fields that this provider, or this model there, refuses. */
export function leaveOutRejected(
  body: JsonObject,
  { provider, quirks, setup }: RequestInput,
  note: Note,
): JsonObject {
  const rejected = new Map(rejectedFields(provider, quirks, setup).map((field) => [field.name, field.why]));
  return Object.fromEntries(
    Object.entries(body).filter(([name]) => {
      const why = rejected.get(name);
      if (why !== undefined) note(`${name} is not sent: ${why}.`);
      return why === undefined;
    }),
  );
}

/** Joins the `chat_template_kwargs` a person typed with those of the effort, which win name by name. */
export function mergeTemplateKwargs(
  typed: JsonObject,
  effort: JsonObject,
): { readonly chat_template_kwargs?: JsonObject } {
  const theirs = typed["chat_template_kwargs"];
  const ours = effort["chat_template_kwargs"];
  if (!isObject(theirs) || !isObject(ours)) return {};
  return { chat_template_kwargs: { ...theirs, ...ours } };
}

/** An effort as arguments of a local server's chat template; "none" and "on" are switches. */
export function templateEffort(effort: string, model: string): JsonObject {
  const off = effort === "none";
  return {
    ...(effort === "on" ? {} : { reasoning_effort: effort }),
    ...(off || effort === "on" ? { enable_thinking: !off } : {}),
    // DeepSeek's hybrid templates call the switch `thinking`.
    ...(/deepseek/i.test(model) ? { thinking: !off } : {}),
  };
}
