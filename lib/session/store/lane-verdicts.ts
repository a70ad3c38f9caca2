import type { LlamaProps } from "@/lib/providers/llama-props";
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import { readsImages } from "@/lib/providers/rules/reads-images";
import {
  type TemplateProbe,
  templateProbe,
  type TemplateRenders,
} from "@/lib/providers/rules/template-probe";
import { type Verdict, verdicts } from "@/lib/providers/rules/verdicts";
import type { ToolDefinition } from "@/lib/tools/tool";

import { serverKey } from "./app-state";

/** What a lane's server will not do as requested, given what is known about the server so far. Pure. */
export function laneVerdicts(
  setup: LaneSetup,
  tools: readonly ToolDefinition[],
  llama: ReadonlyMap<string, LlamaProps>,
  renders: ReadonlyMap<string, TemplateRenders>,
  images: boolean,
): readonly Verdict[] {
  const provider = findProvider(setup.provider);
  if (!provider) return [];
  const probe = templateProbe(provider, setup, tools);
  return verdicts({
    provider,
    setup,
    tools,
    props: propsOf(setup, llama),
    renders: (probe && renders.get(probeKey(setup, probe))) ?? null,
    images,
  });
}

/** Whether a lane's model reads images; null = not known. Pure. */
export function laneReadsImages(setup: LaneSetup, llama: ReadonlyMap<string, LlamaProps>): boolean | null {
  return readsImages(propsOf(setup, llama));
}

function propsOf(setup: LaneSetup, llama: ReadonlyMap<string, LlamaProps>): LlamaProps | null {
  return llama.get(serverKey(setup.provider, setup.endpoint)) ?? null;
}

/** Names the answer of one server to one probe. */
export function probeKey(setup: LaneSetup, probe: TemplateProbe): string {
  return JSON.stringify([setup.provider, setup.endpoint, probe]);
}

/** What a fix does, and where it does more than is seen from this lane. */
export function fixWords(label: string | undefined, lanes: number): string {
  const words = label ?? "Change it";
  return lanes > 1 ? `${words} in ${lanes} lanes` : words;
}
