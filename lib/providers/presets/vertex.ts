import type { Provider } from "@/lib/providers/provider";

import { LOCAL_SAMPLERS } from "./local-samplers";

/** Every project has its own address, so the preset's is one that can never resolve: no token leaves by mistake. */
export const vertex: Provider = {
  id: "vertex",
  label: "Vertex AI",
  baseUrl: "https://set-vertex-base-url.invalid/v1/projects/PROJECT/locations/REGION/publishers/google",
  baseUrlEnv: "VERTEX_BASE_URL",
  keyEnv: "VERTEX_ACCESS_TOKEN",
  auth: { kind: "bearer" },
  location: { kind: "hosted" },
  hint: "Set VERTEX_BASE_URL to https://REGION-aiplatform.googleapis.com/v1/projects/PROJECT/locations/REGION/publishers/google; a token, good for an hour: gcloud auth print-access-token",
  noModelList: "Vertex AI has no list of models to ask for. Type a model's id, such as gemini-2.5-flash.",
  speaks: [
    {
      dialect: "gemini",
      quirks: {
        effortShape: "native",
        thinkingLimitShape: "native",
        parallelToolCalls: false,
        rejects: LOCAL_SAMPLERS.filter((name) => name !== "top_k"),
        extra: {},
        timings: null,
        callIds: false,
        webSearch: true,
      },
    },
  ],
};
