import { describe, expect, it } from "vitest";

import { unreadableBody } from "./reader-faults";

const message = (body: unknown, what = "a chat completion") =>
  unreadableBody(typeof body === "string" ? body : JSON.stringify(body), what).message;

const OLLAMA = {
  model: "qwen3",
  created_at: "2026-01-01T00:00:00Z",
  message: { role: "assistant", content: "Hi" },
  done: true,
};

describe("a whole reply of another API is named", () => {
  it.each([
    ["Ollama's chat", OLLAMA, "a response of Ollama's own API"],
    [
      "Ollama's generate",
      { model: "q", created_at: "2026", response: "Hi", done: true },
      "a response of Ollama's own API",
    ],
    [
      "Ollama's stream",
      `${JSON.stringify({ ...OLLAMA, done: false })}\n${JSON.stringify(OLLAMA)}\n`,
      "a response of Ollama's own API",
    ],
    ["llama.cpp's completion", { index: 0, content: "Hi", stop: true }, "a response of llama.cpp's own API"],
    [
      "Anthropic",
      { id: "msg_1", type: "message", role: "assistant", content: [{ type: "text", text: "Hi" }] },
      "an Anthropic message",
    ],
    ["Gemini", { candidates: [{ content: { parts: [{ text: "Hi" }] } }] }, "a Gemini response"],
    ["Gemini's stream as a list", [{ candidates: [] }], "a Gemini response"],
    ["Responses", { object: "response", status: "completed", output: [] }, "a response of the Responses API"],
    ["a list of models", { object: "list", data: [{ id: "m" }] }, "a list of models"],
  ])("%s", (_name, body, what) => {
    expect(message(body)).toContain(`The reply is not a chat completion but ${what}. `);
    expect(message(body)).not.toContain("may need");
  });

  it("also where a chat completion came instead", () => {
    expect(message({ object: "chat.completion", choices: [] }, "an Anthropic message")).toBe(
      "The reply is not an Anthropic message but a chat completion. Choose Chat completions as the dialect, choose another server, or check the address.",
    );
  });
});

it("a reply that nobody knows is not given a name", () => {
  for (const body of ["", "null", "[]", "[1]", '{"content":"x"}', '{"done":1}', "Ollama is running"]) {
    expect(message(body)).toBe(
      "The reply is not a chat completion. Check the address: it may need to end with /v1.",
    );
  }
});
