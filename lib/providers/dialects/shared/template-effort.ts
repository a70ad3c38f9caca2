import type { JsonObject } from "@/lib/stream/turn/json";

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
