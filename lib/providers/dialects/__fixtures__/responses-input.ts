import type { LaneSetup, PastTurn, RequestInput, ResponsesQuirks } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import type { ToolDefinition } from "@/lib/tools/tool";

import { setup } from "./history";

/** What else a request is written from; the provider is OpenAI unless the lane says otherwise. */
export type ResponsesCase = {
  readonly lane?: Partial<LaneSetup>;
  readonly quirks?: Partial<ResponsesQuirks>;
  readonly history?: readonly PastTurn[];
  readonly tools?: readonly ToolDefinition[];
};

/** All that a request of the Responses API is written from. Throws for a provider that does not speak it. */
export function responsesInput({
  lane = {},
  quirks = {},
  history = [],
  tools = [],
}: ResponsesCase): RequestInput<ResponsesQuirks> {
  const chosen = setup({ provider: "openai", model: "gpt-5", dialect: "responses", ...lane });
  const provider = findProvider(chosen.provider);
  for (const speech of provider?.speaks ?? []) {
    if (provider === null || speech.dialect !== "responses") continue;
    return {
      provider,
      dialect: "responses",
      quirks: { ...speech.quirks, ...quirks },
      setup: chosen,
      tools,
      history,
    };
  }
  throw new Error(`${chosen.provider} does not speak the Responses API`);
}
