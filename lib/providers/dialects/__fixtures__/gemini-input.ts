import { gemini } from "@/lib/providers/presets/gemini";
import type { GeminiQuirks, LaneSetup, PastTurn, RequestInput } from "@/lib/providers/provider";
import type { ToolDefinition } from "@/lib/tools/tool";

import { setup } from "./history";

/** What else a request is written from; the model is one that Gemini's own API serves. */
export type GeminiCase = {
  readonly lane?: Partial<LaneSetup>;
  readonly quirks?: Partial<GeminiQuirks>;
  readonly history?: readonly PastTurn[];
  readonly tools?: readonly ToolDefinition[];
};

export const GEMINI_QUIRKS: GeminiQuirks = {
  effortShape: "native",
  thinkingLimitShape: "native",
  parallelToolCalls: false,
  rejects: ["min_p"],
  extra: {},
  timings: null,
  callIds: true,
  webSearch: true,
  searchBesideTools: true,
};

/** All that a request of generateContent is written from. */
export function geminiInput({
  lane = {},
  quirks = {},
  history = [],
  tools = [],
}: GeminiCase): RequestInput<GeminiQuirks> {
  return {
    provider: gemini,
    dialect: "gemini",
    quirks: { ...GEMINI_QUIRKS, ...quirks },
    setup: setup({ provider: "gemini", dialect: "gemini", model: "gemini-3-pro-preview", ...lane }),
    tools,
    history,
  };
}
