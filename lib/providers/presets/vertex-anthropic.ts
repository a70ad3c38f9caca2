import type { Provider } from "@/lib/providers/provider";

import { NOT_IN_MESSAGES } from "./not-in-messages";

/** Claude at Google. As in `vertex.ts`, the preset's address is one that can never resolve. */
export const vertexAnthropic: Provider = {
  id: "vertex-anthropic",
  label: "Vertex AI (Claude)",
  baseUrl:
    "https://set-vertex-anthropic-base-url.invalid/v1/projects/PROJECT/locations/REGION/publishers/anthropic",
  baseUrlEnv: "VERTEX_ANTHROPIC_BASE_URL",
  keyEnv: "VERTEX_ACCESS_TOKEN",
  auth: { kind: "bearer" },
  location: { kind: "hosted" },
  hint: "Set VERTEX_ANTHROPIC_BASE_URL to https://REGION-aiplatform.googleapis.com/v1/projects/PROJECT/locations/REGION/publishers/anthropic; a token, good for an hour: gcloud auth print-access-token",
  noModelList:
    "Vertex AI has no list of models to ask for. Type a model's id, such as claude-sonnet-4-5@20250929.",
  speaks: [
    {
      dialect: "anthropic",
      quirks: {
        effortShape: "native",
        thinkingLimitShape: "native",
        parallelToolCalls: true,
        rejects: NOT_IN_MESSAGES,
        extra: {},
        timings: null,
        requestShape: "vertex",
        signedThinking: true,
        defaultMaxTokens: 16_000,
      },
    },
  ],
};
