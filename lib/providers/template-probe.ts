import type { JsonObject } from "@/lib/stream/json";

import { findDialect } from "./dialects/find-dialect";
import type { LaneSetup, Provider, ToolDefinition } from "./provider";

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
  if (setup.effort === null) return null;
  const body = (effort: string) =>
    findDialect(provider.dialect).write({
      provider,
      setup: { ...setup, effort },
      tools,
      history: [{ prompt: "Hello", turn: { steps: [] } }],
    }).body;
  return { chosen: body(setup.effort), other: body(contrast(setup.effort)) };
}

/** An effort that a template which reads efforts renders otherwise. Neighbours such as high and max may be one to it. */
function contrast(effort: string): string {
  if (effort === "on") return "none";
  return effort === "low" || effort === "minimal" || effort === "none" ? "high" : "low";
}
