import type { AnthropicQuirks, LaneSetup, PastTurn, RequestInput } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import type { ToolDefinition } from "@/lib/tools/tool";

import { setup } from "./history";

/** What else a request is written from; the provider is Anthropic unless the lane says otherwise. */
export type AnthropicCase = {
  readonly lane?: Partial<LaneSetup>;
  readonly quirks?: Partial<AnthropicQuirks>;
  readonly history?: readonly PastTurn[];
  readonly tools?: readonly ToolDefinition[];
};

/** All that a request of the Messages API is written from. Throws for a provider that does not speak it. */
export function anthropicInput({
  lane = {},
  quirks = {},
  history = [],
  tools = [],
}: AnthropicCase): RequestInput<AnthropicQuirks> {
  const chosen = setup({ provider: "anthropic", model: "claude-sonnet-4-5", dialect: "anthropic", ...lane });
  const provider = findProvider(chosen.provider);
  for (const speech of provider?.speaks ?? []) {
    if (provider === null || speech.dialect !== "anthropic") continue;
    return {
      provider,
      dialect: "anthropic",
      quirks: { ...speech.quirks, ...quirks },
      setup: chosen,
      tools,
      history,
    };
  }
  throw new Error(`${chosen.provider} does not speak the Messages API`);
}
