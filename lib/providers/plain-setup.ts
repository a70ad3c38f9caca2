import { DEFAULT_LIMITS, type LaneSetup } from "./provider";

/** A setup that sends nothing but the prompt: everything else is left to the model's own defaults. */
export function plainSetup({ provider, model }: Pick<LaneSetup, "provider" | "model">): LaneSetup {
  return {
    provider,
    endpoint: null,
    dialect: null,
    model,
    system: "",
    effort: null,
    thinkingTokens: null,
    maxTokens: null,
    samplers: {},
    tools: [],
    toolChoice: { kind: "auto" },
    parallelToolCalls: null,
    thinkTags: null,
    webSearch: false,
    responseSchema: null,
    limits: DEFAULT_LIMITS,
    bindings: {},
    answeredBy: "tools",
  };
}
