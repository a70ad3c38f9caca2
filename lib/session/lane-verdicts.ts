import type { LlamaProps } from "@/lib/providers/api";
import type { LaneSetup, ToolDefinition } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import { type TemplateProbe, templateProbe, type TemplateRenders } from "@/lib/providers/template-probe";
import { type Verdict, verdicts } from "@/lib/providers/verdicts";

import { serverKey } from "./app-state";

/** What a lane's server will not do as asked, with what is known of the server by now. Pure. */
export function laneVerdicts(
  setup: LaneSetup,
  tools: readonly ToolDefinition[],
  llama: ReadonlyMap<string, LlamaProps>,
  renders: ReadonlyMap<string, TemplateRenders>,
): readonly Verdict[] {
  const provider = findProvider(setup.provider);
  if (!provider) return [];
  const probe = templateProbe(provider, setup, tools);
  return verdicts({
    provider,
    setup,
    tools,
    props: llama.get(serverKey(setup.provider, setup.endpoint)) ?? null,
    renders: (probe && renders.get(probeKey(setup, probe))) ?? null,
  });
}

/** Names the answer of one server to one probe. */
export function probeKey(setup: LaneSetup, probe: TemplateProbe): string {
  return JSON.stringify([setup.provider, setup.endpoint, probe]);
}
