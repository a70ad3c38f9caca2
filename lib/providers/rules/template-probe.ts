import { writeChatCompletions } from "@/lib/providers/dialects/chat/writer";
import type { ChatQuirks, LaneSetup, Provider } from "@/lib/providers/provider";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { ToolDefinition } from "@/lib/tools/tool";

/** Two bodies for llama.cpp's `/apply-template` that differ in effort only. */
export type TemplateProbe = { readonly chosen: JsonObject; readonly other: JsonObject };

/** The prompts that the server rendered from a probe. Equal = the template does not read the effort. */
export type TemplateRenders = { readonly chosen: string; readonly other: string };

/**
 * What to render to learn whether the lane's effort reaches the model, without running it; null when no
 * effort is set. The prompt is fixed, so that the same settings always give the same bodies.
 */
export function templateProbe(
  provider: Provider,
  setup: LaneSetup,
  tools: readonly ToolDefinition[],
): TemplateProbe | null {
  const quirks = chatQuirksOf(provider);
  if (setup.effort === null || quirks === null) return null;
  const body = (effort: string) =>
    writeChatCompletions({
      provider,
      dialect: "chat-completions",
      quirks,
      setup: { ...setup, effort },
      tools,
      history: [{ prompt: "Hello", turn: { steps: [] } }],
    }).body;
  return { chosen: body(setup.effort), other: body(contrast(setup.effort)) };
}

/**
 * `/apply-template` accepts chat bodies and no others: a fact about that endpoint, not about what a lane speaks.
 * A lane that speaks another dialect reaches the same template, so its effort is probed with a chat body too.
 */
function chatQuirksOf({ speaks }: Provider): ChatQuirks | null {
  for (const speech of speaks) if (speech.dialect === "chat-completions") return speech.quirks;
  return null;
}

/** An effort that a template which reads efforts renders otherwise. Neighbors such as high and max may be one to it. */
function contrast(effort: string): string {
  if (effort === "on") return "none";
  return effort === "low" || effort === "minimal" || effort === "none" ? "high" : "low";
}
