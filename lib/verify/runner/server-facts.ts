import type { ServerFacts } from "@/lib/verify/verify-run";

const NAMES: Readonly<Record<keyof ServerFacts, string>> = {
  model: "model",
  quantization: "quantization",
  templateHash: "chat template",
  build: "build",
  contextTokens: "context",
};

/** What changed in a server, as a sentence; null where nothing known did. What one side does not know counts as unchanged. */
export function factsChange(before: ServerFacts | null, after: ServerFacts | null): string | null {
  if (before === null || after === null) return null;
  const changes = [
    change(NAMES.model, before.model, after.model),
    change(NAMES.quantization, before.quantization, after.quantization),
    change(NAMES.templateHash, before.templateHash, after.templateHash),
    change(NAMES.build, before.build, after.build),
    change(NAMES.contextTokens, before.contextTokens, after.contextTokens),
  ].filter((each) => each !== null);
  return changes.length === 0 ? null : changes.join(", ");
}

function change(name: string, before: string | number | null, after: string | number | null): string | null {
  return before === null || after === null || before === after ? null : `${name} ${before} became ${after}`;
}
