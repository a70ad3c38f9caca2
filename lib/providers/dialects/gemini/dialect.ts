import type { CallShape, Dialect, GeminiQuirks } from "@/lib/providers/provider";

import { openGemini } from "./reader";
import { writeGemini } from "./writer";

/** `POST …/models/MODEL:streamGenerateContent`: Gemini's own API, at AI Studio and at Vertex. */
export const geminiDialect: Dialect<GeminiQuirks> = {
  id: "gemini",
  // https://ai.google.dev/api/models
  modelPages: {
    first: "/models?pageSize=1000",
    next: (page) => {
      if (typeof page !== "object" || page === null || !("nextPageToken" in page)) return null;
      const { nextPageToken: token } = page;
      return typeof token === "string" && token !== ""
        ? `/models?pageSize=1000&pageToken=${encodeURIComponent(token)}`
        : null;
    },
  },
  path: geminiPath,
  open: () => openGemini(),
  write: writeGemini,
};

const COLLECTION = /^(?:publishers\/google\/)?(models|tunedModels)\/(.+)$/s;

/**
 * The path of a model's method below the base URL. The name may carry its collection, as lists of models give
 * it; whatever else it holds cannot leave its place in the path.
 */
export function geminiPath({ model, stream }: CallShape): string {
  const [, collection = "models", name = model] = COLLECTION.exec(model) ?? [];
  // Half a character cannot be written in an address.
  const segment = encodeURIComponent(name.replaceAll(/\p{Surrogate}/gu, "\uFFFD"));
  return `/${collection}/${segment}:${stream ? "streamGenerateContent?alt=sse" : "generateContent"}`;
}
