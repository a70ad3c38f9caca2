import type { ModelInfo } from "@/lib/contract/servers";
import type { LlamaProps } from "@/lib/providers/llama-props";
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import type { ServerFacts } from "@/lib/verify/verify-run";

/** What llama.cpp says of itself. */
export function factsOfProps(props: LlamaProps): ServerFacts {
  return {
    model: props.model,
    quantization: props.quantization,
    templateHash: props.templateHash,
    build: props.build,
    contextTokens: props.contextLength,
    readsEffort: props.caps["supports_reasoning_effort"] ?? null,
    efforts: null,
  };
}

/** Whether the list of models says something of a lane's model: services describe theirs, other servers on this machine only name them. */
export function isListed({ provider }: LaneSetup): boolean {
  return findProvider(provider)?.location.kind === "hosted";
}

/** What a list of models says of one of them; null where it is not in the list. */
export function factsOfListed(model: string, models: readonly ModelInfo[]): ServerFacts | null {
  const listed = models.find(({ id }) => id === model);
  if (listed === undefined) return null;
  const efforts = listed.efforts ?? null;
  return {
    model: listed.id,
    quantization: null,
    templateHash: null,
    build: null,
    contextTokens: listed.contextLength,
    readsEffort: efforts === null ? null : efforts.length > 0,
    efforts,
  };
}

/** What changed in a server, as a sentence; null where nothing known did. What one side does not know counts as unchanged. */
export function factsChange(before: ServerFacts | null, after: ServerFacts | null): string | null {
  if (before === null || after === null) return null;
  const changes = [
    change("model", before.model, after.model),
    change("quantization", before.quantization, after.quantization),
    change("chat template", before.templateHash, after.templateHash),
    change("build", before.build, after.build),
    change("context", before.contextTokens, after.contextTokens),
    change("levels of effort", levelWords(before.efforts), levelWords(after.efforts)),
  ].filter((each) => each !== null);
  return changes.length === 0 ? null : changes.join(", ");
}

function change(name: string, before: string | number | null, after: string | number | null): string | null {
  return before === null || after === null || before === after ? null : `${name} ${before} became ${after}`;
}

function levelWords(efforts: readonly string[] | null): string | null {
  return efforts === null ? null : efforts.length === 0 ? "none" : efforts.join(", ");
}
