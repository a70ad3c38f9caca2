import { describe, expect, it } from "vitest";

import type { Json } from "@/lib/stream/turn/json";

import { itemKey, type RecordedResult, requestItems } from "./request-items";

describe("results in a recorded request", () => {
  it.each<[string, { readonly [key: string]: Json }, readonly RecordedResult[]]>([
    [
      "chat completions",
      {
        messages: [
          { role: "user", content: "Weather?" },
          { role: "tool", tool_call_id: "c1", content: "40 C" },
          { role: "tool", tool_call_id: "c2", content: [{ type: "text", text: "40 C" }] },
        ],
      },
      [result({ callId: "c1" }), result({ callId: "c2" })],
    ],
    [
      "Responses",
      {
        input: [
          { role: "user", content: "Weather?" },
          { type: "function_call_output", call_id: "c1", output: "40 C" },
        ],
      },
      [result({ callId: "c1" })],
    ],
    [
      "Anthropic Messages",
      {
        messages: [
          {
            role: "user",
            content: [
              { type: "tool_result", tool_use_id: "c1", content: [{ type: "text", text: "40 C" }] },
              { type: "tool_result", tool_use_id: "c2", content: "no", is_error: true },
            ],
          },
        ],
      },
      [result({ callId: "c1" }), result({ callId: "c2", output: "no", isError: true })],
    ],
    [
      "Gemini",
      {
        contents: [
          { role: "user", parts: [{ functionResponse: { name: "weather", response: { result: "40 C" } } }] },
          { role: "user", parts: [{ functionResponse: { name: "weather", response: { celsius: 40 } } }] },
        ],
      },
      [result({ name: "weather" }), result({ name: "weather", output: '{"celsius":40}' })],
    ],
  ])("are found in %s", (_dialect, body, results) => {
    const items = requestItems(body) ?? [];
    expect(items.flatMap((item) => (item.by === "tool" ? [item.result] : []))).toEqual(results);
  });
});

it("a conversation says the same in every dialect, without system prompts and thoughts", () => {
  const args = { b: 1, a: "x" };
  const bodies: readonly { readonly [key: string]: Json }[] = [
    {
      messages: [
        { role: "system", content: "Be short." },
        {
          role: "user",
          content: [
            { type: "text", text: "Hi" },
            { type: "image_url", image_url: { url: "data:image/png;base64,AQID" } },
          ],
        },
        {
          role: "assistant",
          reasoning_content: "Hm.",
          content: "Wait.",
          tool_calls: [
            { id: "c1", type: "function", function: { name: "f", arguments: '{"a": "x", "b": 1}' } },
          ],
        },
        { role: "tool", tool_call_id: "c1", content: "22" },
      ],
    },
    {
      input: [
        { role: "developer", content: "Be short." },
        {
          role: "user",
          content: [
            { type: "input_text", text: "Hi" },
            { type: "input_image", image_url: "data:image/png;base64,AQID" },
          ],
        },
        { type: "reasoning", id: "r", summary: [] },
        { type: "message", role: "assistant", content: [{ type: "output_text", text: "Wait." }] },
        { type: "function_call", call_id: "c1", name: "f", arguments: '{"b":1,"a":"x"}' },
        { type: "function_call_output", call_id: "c1", output: "22" },
      ],
    },
    {
      system: "Be short.",
      messages: [
        {
          role: "user",
          content: [
            { type: "image", source: { type: "base64", media_type: "image/png", data: "AQID" } },
            { type: "text", text: "Hi", cache_control: { type: "ephemeral" } },
          ],
        },
        {
          role: "assistant",
          content: [
            { type: "thinking", thinking: "Hm.", signature: "s" },
            { type: "text", text: "Wait." },
            { type: "tool_use", id: "c1", name: "f", input: args },
          ],
        },
        { role: "user", content: [{ type: "tool_result", tool_use_id: "c1", content: "22" }] },
      ],
    },
    {
      systemInstruction: { parts: [{ text: "Be short." }] },
      contents: [
        { role: "user", parts: [{ inlineData: { mimeType: "image/png", data: "AQID" } }, { text: "Hi" }] },
        {
          role: "model",
          parts: [{ text: "Hm.", thought: true }, { text: "Wait." }, { functionCall: { name: "f", args } }],
        },
        { role: "user", parts: [{ functionResponse: { name: "f", response: { result: "22" } } }] },
      ],
    },
  ];
  const said = bodies.map((body) => requestItems(body)?.map(itemKey));
  expect(said[0]).toHaveLength(4);
  for (const each of said) expect(each).toEqual(said[0]);
});

/** A result of weather without an id or a name, but for these fields. */
function result(fields: Partial<RecordedResult>): RecordedResult {
  return { callId: null, name: null, output: "40 C", isError: false, ...fields };
}
