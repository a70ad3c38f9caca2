import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { startStrictUpstream, type StrictUpstream } from "./strict-upstream";

let upstream: StrictUpstream;
beforeAll(async () => {
  upstream = await startStrictUpstream();
});
afterAll(() => upstream.close());

async function post(path: string, body: object) {
  const response = await fetch(upstream.origin + path, { method: "POST", body: JSON.stringify(body) });
  return { status: response.status, text: await response.text() };
}

const hi = { role: "user", content: "hi" };
const ANTHROPIC = "/anthropic/v1/messages";
const claude = { model: "m", max_tokens: 100, stream: true };
const GEMINI = "/gemini/v1beta/models/m:streamGenerateContent";
const RESPONSES = "/openai/v1/responses";
const gpt = { model: "m", stream: true, store: false };
const CHAT = "/llama/v1/chat/completions";

const user = (text: string) => ({ role: "user", parts: [{ text }] });

describe("a strict server refuses what the real one refuses", () => {
  it.each([
    [
      "a call id of another form",
      ANTHROPIC,
      { ...claude, messages: [hi, use("functions.f:0"), given("functions.f:0")] },
    ],
    ["a call without its result", ANTHROPIC, { ...claude, messages: [hi, use("a"), hi] }],
    ["two users in a row", ANTHROPIC, { ...claude, messages: [hi, hi] }],
    ["a foreign signature", ANTHROPIC, { ...claude, messages: [hi, thinking("theirs"), hi] }],
    [
      "an empty text",
      ANTHROPIC,
      { ...claude, messages: [{ role: "user", content: [{ type: "text", text: "" }] }] },
    ],
    ["an unknown field", ANTHROPIC, { ...claude, messages: [hi], min_p: 0 }],
    ["a missing signature", GEMINI, { contents: [user("hi"), called(), answered("f")] }],
    [
      "a result of another name",
      GEMINI,
      { contents: [user("hi"), called("skip_thought_signature_validator"), answered("g")] },
    ],
    ["model and stream in the body", GEMINI, { contents: [user("hi")], model: "m", stream: true }],
    [
      "an output nobody asked for",
      RESPONSES,
      { ...gpt, input: [hi, { type: "function_call_output", call_id: "x", output: "1" }] },
    ],
    [
      "a call without output",
      RESPONSES,
      { ...gpt, input: [hi, { type: "function_call", call_id: "x", name: "f", arguments: "{}" }] },
    ],
    [
      "encrypted reasoning of another",
      RESPONSES,
      {
        ...gpt,
        input: [
          hi,
          { type: "reasoning", id: "rs_1", summary: [], encrypted_content: "x" },
          { role: "assistant", content: "y" },
        ],
      },
    ],
    [
      "arguments that are no JSON",
      CHAT,
      {
        model: "m",
        stream: true,
        messages: [hi, chatCall("{"), { role: "tool", tool_call_id: "c", content: "1" }],
      },
    ],
    [
      "a call without its tool message",
      CHAT,
      { model: "m", stream: true, messages: [hi, chatCall("{}"), hi] },
    ],
  ])("%s", async (_what, path, body) => {
    expect(await post(path, body)).toMatchObject({ status: 400 });
  });

  it.each([
    [ANTHROPIC, { ...claude, messages: [hi, use("a"), given("a")] }],
    [GEMINI, { contents: [user("hi"), called("skip_thought_signature_validator"), answered("f")] }],
    [
      RESPONSES,
      {
        ...gpt,
        input: [
          hi,
          { type: "function_call", call_id: "x", name: "f", arguments: "{}" },
          { type: "function_call_output", call_id: "x", output: "1" },
        ],
      },
    ],
    [
      CHAT,
      {
        model: "m",
        stream: true,
        messages: [hi, chatCall("{}"), { role: "tool", tool_call_id: "c", content: "1" }],
      },
    ],
  ])("and answers what it would answer: %s", async (path, body) => {
    const { status, text } = await post(path, body);
    expect(status).toBe(200);
    expect(text).toContain("know");
  });
});

function use(id: string) {
  return { role: "assistant", content: [{ type: "tool_use", id, name: "f", input: {} }] };
}

function given(tool_use_id: string) {
  return { role: "user", content: [{ type: "tool_result", tool_use_id, content: "1" }] };
}

function thinking(signature: string) {
  return {
    role: "assistant",
    content: [
      { type: "thinking", thinking: "hm", signature },
      { type: "text", text: "x" },
    ],
  };
}

function called(thoughtSignature?: string) {
  const signed = thoughtSignature === undefined ? {} : { thoughtSignature };
  return { role: "model", parts: [{ functionCall: { name: "f", args: {} }, ...signed }] };
}

function answered(name: string) {
  return { role: "user", parts: [{ functionResponse: { name, response: { result: "1" } } }] };
}

function chatCall(input: string) {
  return {
    role: "assistant",
    tool_calls: [{ id: "c", type: "function", function: { name: "f", arguments: input } }],
  };
}
