/** Which tools a turn's requests offered, as what runs by itself has to know it. */
import { chooseTools } from "@/lib/providers/dialects/shared/choose-tools";
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import { speechOf } from "@/lib/providers/speech-of";
import type { ToolDefinition } from "@/lib/tools/tool";
import type { OfferedTools } from "@/lib/tools/tool-offer";

/**
 * The tools that requests with the setup `sent` offered, and those that are on in the lane `now`. Where a named choice
 * is enforced, its tool is the only one that is sent. Pure.
 */
export function offeredTools(
  sent: LaneSetup,
  now: Pick<LaneSetup, "tools">,
  tools: readonly ToolDefinition[],
): OfferedTools {
  const { toolChoice } = sent;
  return {
    sent: { tools: toolChoice.kind === "named" ? sentTools(sent, tools) : sent.tools, toolChoice },
    now: { tools: now.tools },
  };
}

/** As the writers of requests choose them. */
function sentTools(setup: LaneSetup, tools: readonly ToolDefinition[]): readonly string[] {
  const provider = findProvider(setup.provider);
  if (provider === null) return setup.tools;
  const { quirks } = speechOf(provider, setup.dialect);
  return chooseTools({ provider, quirks, setup, tools }, () => undefined).tools.map(({ id }) => id);
}
