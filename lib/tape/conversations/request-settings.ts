/** How a lane was set, as far as its request says. Pure. */
import type { LaneSetup } from "@/lib/providers/provider";
import type { JsonObject } from "@/lib/stream/turn/json";
import { countAt, isObject, listAt, objectAt, textAt } from "@/lib/stream/turn/json-read";

type RequestSettings = Pick<
  LaneSetup,
  "system" | "effort" | "thinkingTokens" | "maxTokens" | "samplers" | "parallelToolCalls"
>;

/** The settings in a request body of any dialect; what it does not say is not set. */
export function requestSettings(body: JsonObject): RequestSettings {
  const generation = objectAt(body, "generationConfig") ?? {};
  const thinking = objectAt(body, "thinking") ?? objectAt(generation, "thinkingConfig") ?? {};
  const reasoning = objectAt(body, "reasoning") ?? objectAt(body, "output_config") ?? {};
  const parallel = body["parallel_tool_calls"];
  return {
    system: systemIn(body),
    effort:
      textAt(body, "reasoning_effort") ?? textAt(reasoning, "effort") ?? textAt(thinking, "thinkingLevel"),
    thinkingTokens: countAt(thinking, "budget_tokens") ?? countAt(thinking, "thinkingBudget"),
    maxTokens:
      countAt(body, "max_completion_tokens") ??
      countAt(body, "max_tokens") ??
      countAt(body, "max_output_tokens") ??
      countAt(generation, "maxOutputTokens"),
    samplers: Object.fromEntries(
      [...Object.entries(body), ...Object.entries(generation)].filter(
        ([name, value]) => typeof value === "number" && SAMPLERS.has(name),
      ),
    ),
    parallelToolCalls: typeof parallel === "boolean" ? parallel : null,
  };
}

/** Sampler fields as they stand in the bodies. */
const SAMPLERS = new Set([
  "temperature",
  "top_p",
  "top_k",
  "min_p",
  "seed",
  "frequency_penalty",
  "presence_penalty",
  "repeat_penalty",
  "topP",
  "topK",
  "frequencyPenalty",
  "presencePenalty",
]);

function systemIn(body: JsonObject): string {
  const { instructions, system } = body;
  if (typeof instructions === "string") return instructions;
  if (typeof system === "string") return system;
  const instruction = objectAt(body, "systemInstruction") ?? objectAt(body, "system_instruction");
  const blocks = listAt(body, "system") ?? listAt(instruction ?? {}, "parts");
  if (blocks !== null) return blocks.map((block) => (isObject(block) ? textIn(block) : "")).join("\n");
  const first = (listAt(body, "messages") ?? listAt(body, "input") ?? [])[0];
  return isObject(first) && (first["role"] === "system" || first["role"] === "developer")
    ? textIn(first)
    : "";
}

/** The text of a block or of a message. */
function textIn(holder: JsonObject): string {
  const { content } = holder;
  if (typeof content === "string") return content;
  const parts = listAt(holder, "content");
  if (parts === null) return textAt(holder, "text") ?? "";
  return parts.map((part) => (isObject(part) ? (textAt(part, "text") ?? "") : "")).join("\n");
}
