import type { ResponsesQuirks } from "@/lib/providers/provider";

const COMMON: ResponsesQuirks = {
  effortShape: "native",
  parallelToolCalls: true,
  rejects: [],
  extra: {},
  timings: null,
  reasoningEcho: null,
  summary: false,
};

/** The quirks of a server that speaks Responses plainly, but for what `differences` says. */
export function responsesQuirks(differences: Partial<ResponsesQuirks> = {}): ResponsesQuirks {
  return { ...COMMON, ...differences };
}
