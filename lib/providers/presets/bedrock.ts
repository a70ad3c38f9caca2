import type { Provider } from "@/lib/providers/provider";

/** Listed so that people who look for it get an explanation: its binary event stream is not supported yet. */
export const bedrock: Provider = {
  id: "bedrock",
  label: "Bedrock (Claude)",
  baseUrl: "https://bedrock-runtime.us-east-1.amazonaws.com",
  baseUrlEnv: "BEDROCK_BASE_URL",
  keyEnv: "AWS_BEARER_TOKEN_BEDROCK",
  auth: { kind: "bearer" },
  location: { kind: "hosted" },
  hint: "Keys: console.aws.amazon.com/bedrock",
  unsupported:
    "Bedrock is not supported yet: it streams in a binary format that Vitrine does not read. The same models are at Anthropic and Vertex AI.",
  speaks: [
    {
      dialect: "anthropic",
      quirks: {
        effortShape: "native",
        parallelToolCalls: true,
        rejects: [],
        extra: {},
        timings: null,
        requestShape: "vertex",
        signedThinking: true,
        defaultMaxTokens: 16_000,
      },
    },
  ],
};
