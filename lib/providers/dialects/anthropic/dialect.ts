import type { AnthropicQuirks, CallShape, Dialect } from "@/lib/providers/provider";

import { openAnthropic } from "./reader";
import { writeAnthropic } from "./writer";

/** `POST …/messages`: Anthropic's Messages API, also as llama.cpp and Vertex AI speak it. */
export const anthropicDialect: Dialect<AnthropicQuirks> = {
  id: "anthropic",
  // https://docs.anthropic.com/en/api/models-list
  modelPages: {
    first: "/models?limit=1000",
    next: (page) => {
      if (typeof page !== "object" || page === null || !("has_more" in page && "last_id" in page))
        return null;
      const { has_more: hasMore, last_id: last } = page;
      if (hasMore !== true || typeof last !== "string" || last === "") return null;
      return `/models?limit=1000&after_id=${encodeURIComponent(last)}`;
    },
  },
  path: (call, quirks) => (quirks.requestShape === "vertex" ? vertexPath(call) : "/messages"),
  open: openAnthropic,
  write: writeAnthropic,
};

/** Vertex has the model and whether to stream in the address. The `@` before a model's date stays as it is. */
function vertexPath({ model, stream }: CallShape): string {
  const name = encodeURIComponent(model).replaceAll("%40", "@");
  return `/models/${name}:${stream ? "streamRawPredict" : "rawPredict"}`;
}
