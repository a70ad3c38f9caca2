import type { AnthropicQuirks, CallShape, Dialect } from "@/lib/providers/provider";

import { openAnthropic } from "./reader";
import { writeAnthropic } from "./writer";

/** `POST …/messages`: Anthropic's Messages API, also as llama.cpp and Vertex AI speak it. */
export const anthropic: Dialect<AnthropicQuirks> = {
  id: "anthropic",
  path: (call, quirks) => (quirks.place === "vertex" ? vertexPath(call) : "/messages"),
  open: openAnthropic,
  write: writeAnthropic,
};

/** Vertex has the model and whether to stream in the address. The `@` before a model's date stays as it is. */
function vertexPath({ model, stream }: CallShape): string {
  const name = encodeURIComponent(model).replaceAll("%40", "@");
  return `/models/${name}:${stream ? "streamRawPredict" : "rawPredict"}`;
}
