import { expect, it } from "vitest";

import { setup } from "@/lib/providers/dialects/__fixtures__/history";
import type { LaneSetup } from "@/lib/providers/provider";

import { prepareStep } from "./prepare-step";

function prepare(changes: Partial<LaneSetup>) {
  const history = [{ prompt: "hi", turn: { steps: [] } }];
  return prepareStep({ setup: setup(changes), tools: [], history, reply: null, keyHeld: false });
}

it("refuses what is not supported yet before it asks for a model or a key", () => {
  expect(prepare({ provider: "bedrock", model: "" })).toEqual({
    ok: false,
    error: {
      source: "app",
      code: "NOT_SUPPORTED",
      message:
        "Bedrock is not supported yet: it streams in a binary format that Vitrine does not read. The same models are at Anthropic and Vertex AI.",
      retryable: false,
    },
  });
});

it("writes in the provider's first dialect when the lane's is not one of its own", () => {
  const prepared = prepare({ provider: "groq", dialect: "anthropic" });
  expect(prepared).toMatchObject({
    ok: true,
    step: {
      dialect: "chat-completions",
      url: "https://api.groq.com/openai/v1/chat/completions",
      chat: { provider: "groq", dialect: "chat-completions", model: "m", stream: true },
    },
  });
});
