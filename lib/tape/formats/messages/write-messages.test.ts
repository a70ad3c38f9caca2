import { describe, expect, it } from "vitest";
import * as z from "zod";

import { buildCall, buildReasoning, buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";
import type { Json } from "@/lib/stream/turn/json";
import { buildComparison, buildTurn, FAILED } from "@/lib/tape/formats/__fixtures__/build-comparison";
import { exchangesOf, saidIn } from "@/lib/tape/formats/__fixtures__/found-in";
import type { Comparison } from "@/lib/tape/formats/turns/comparison";

import { lintCalls } from "./lint-calls";
import { readMessages } from "./read-messages";
import { writeMessages } from "./write-messages";

const lineSchema = z.object({ messages: z.array(z.json()), tools: z.optional(z.array(z.json())) });

function linesOf(comparison: Comparison) {
  const { content } = writeMessages(comparison);
  return content
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => lineSchema.parse(JSON.parse(line)));
}

const SUNNY: Json = { role: "assistant", content: "It is **22 degrees** and sunny." };

function answered(id: string, callId: string | null) {
  return buildCall({
    id,
    callId,
    status: {
      state: "answered",
      args: { valid: true, value: {} },
      result: { output: "", isError: false, origin: { by: "typed" } },
      at: 1,
    },
  });
}

describe("a lane as OpenAI's messages", () => {
  it("has its system prompt, its tools, and each call with its result", () => {
    expect(linesOf(buildComparison())[0]).toEqual({
      messages: [
        { role: "system", content: "Be short." },
        { role: "user", content: "What is the weather in Florence?" },
        {
          role: "assistant",
          content: null,
          reasoning_content: "I need to look up Florence.",
          tool_calls: [
            {
              id: "call_a",
              type: "function",
              function: { name: "weather", arguments: '{"location": "Florence"}' },
            },
          ],
        },
        { role: "tool", tool_call_id: "call_a", content: '{"degrees":22}' },
        SUNNY,
        { role: "user", content: "Thanks" },
        SUNNY,
      ],
      tools: [
        {
          type: "function",
          function: {
            name: "weather",
            description: "The weather in a place",
            parameters: { type: "object", properties: { location: { type: "string" } } },
          },
        },
      ],
    });
  });

  it("says the same when it is read again", () => {
    const read = readMessages(writeMessages(buildComparison({ lanes: [{ label: "a" }] })).content);
    expect(exchangesOf(read).map(saidIn)).toEqual([
      ["thought: I need to look up Florence.", 'call call_a: weather({"location": "Florence"})'],
      ["text: It is **22 degrees** and sunny."],
      ["text: It is **22 degrees** and sunny."],
    ]);
  });

  it("gives ids to calls that have none, and new ones where they repeat", () => {
    const steps = [
      buildStep({ id: "1", parts: [answered("a", null), answered("b", "x"), answered("c", "x")] }),
      buildStep({ id: "2", parts: [answered("d", "x")] }),
    ];
    const [line] = linesOf(
      buildComparison({ lanes: [{ label: "a" }], rows: [[buildTurn({ turn: { steps } })]] }),
    );
    expect(lintCalls(line?.messages ?? [])).toEqual([]);
    expect(line?.messages).toHaveLength(8);
  });

  it("ends with calls that wait, and tells the model of those that were passed over", () => {
    const waiting = buildTurn({ turn: { steps: [buildStep({ parts: [buildCall()] })] } });
    const [open] = linesOf(buildComparison({ lanes: [{ label: "a" }], rows: [[waiting]] }));
    expect(open?.messages.at(-1)).toMatchObject({ role: "assistant", tool_calls: [{ id: "call_a" }] });
    const [passed] = linesOf(buildComparison({ lanes: [{ label: "a" }], rows: [[waiting], [buildTurn()]] }));
    expect(passed?.messages[3]).toEqual({
      role: "tool",
      tool_call_id: "call_a",
      content: "No result was given for this call.",
    });
    expect(lintCalls(passed?.messages ?? [])).toEqual([]);
  });

  it("has the images of its prompts", () => {
    const images = [
      { name: "a.png", mediaType: "image/png", bytes: Uint8Array.of(1, 2, 3) },
      { name: "b.png", mediaType: "image/png", bytes: null },
    ];
    const comparison = buildComparison({ lanes: [{ label: "a" }], rows: [[buildTurn({ images })]] });
    expect(linesOf(comparison)[0]?.messages[1]).toEqual({
      role: "user",
      content: [
        { type: "text", text: "What is the weather in Florence?" },
        { type: "image_url", image_url: { url: "data:image/png;base64,AQID" } },
      ],
    });
    expect(writeMessages(comparison).losses).toContain("An image whose bytes are not at hand is left out.");
  });
});

describe("what the format cannot hold", () => {
  it("is named", () => {
    const comparison = buildComparison({ lanes: [{ label: "a" }], rows: [[buildTurn()], [FAILED]] });
    expect(writeMessages(comparison).losses).toEqual([
      "Settings, times, other branches and errors have no place in OpenAI's messages.",
      "The system prompt changed along the way: the last one is written.",
      "Thoughts stand in reasoning_content, a field that OpenAI's own API does not have.",
      "Calls whose arguments were cut off are left out.",
      "Images that a model made are left out.",
      "Calls that a provider ran itself are left out.",
      "Parts that Vitrine doesn't know are left out.",
      "A step that ended without an answer is left out.",
    ]);
  });

  it("is no part of an answer that was stopped: its text is written as far as it was received", () => {
    const steps = [
      buildStep({ status: { state: "stopped" }, parts: [buildReasoning(), buildText({ text: "It is" })] }),
    ];
    const comparison = buildComparison({ lanes: [{ label: "a" }], rows: [[buildTurn({ turn: { steps } })]] });
    expect(linesOf(comparison)[0]?.messages.at(-1)).toMatchObject({ content: "It is" });
    expect(writeMessages(comparison).losses).toContain(
      "An answer that was cut off is written as far as it was received.",
    );
  });
});
