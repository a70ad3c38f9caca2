import { EyeOff } from "lucide-react";

import { formatPlural } from "@/lib/stream/figures/format-number";

type HiddenReasoningProps = { tokens: number | null };

/** Reasoning that the provider counts and does not show. */
export function HiddenReasoning({ tokens }: HiddenReasoningProps) {
  return (
    <p className="text-muted flex min-h-7 items-center gap-1.5">
      <EyeOff size={14} aria-hidden className="shrink-0" />
      {tokens === null ? "hidden reasoning" : `hidden reasoning, ${formatPlural(tokens, "token")}`}
    </p>
  );
}
