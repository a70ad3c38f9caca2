import type { ChatQuirks } from "@/lib/providers/provider";

const COMMON: ChatQuirks = {
  limitField: "max_tokens",
  includeUsage: true,
  effortShape: "reasoning_effort",
  reasoningEcho: null,
  parallelToolCalls: true,
  rejects: [],
  extra: {},
  timings: null,
};

/** The quirks of a server that behaves as most do, but for what `differences` says. */
export function chatQuirks(differences: Partial<ChatQuirks> = {}): ChatQuirks {
  return { ...COMMON, ...differences };
}
