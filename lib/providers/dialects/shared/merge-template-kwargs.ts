import type { JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";

/** Joins the `chat_template_kwargs` a person typed with those of the effort, which win name by name. */
export function mergeTemplateKwargs(typed: JsonObject, effort: JsonObject): JsonObject {
  const theirs = typed["chat_template_kwargs"];
  const ours = effort["chat_template_kwargs"];
  if (!isObject(theirs) || !isObject(ours)) return {};
  return { chat_template_kwargs: { ...theirs, ...ours } };
}
