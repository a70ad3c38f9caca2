/** Thoughts that a server left in the text, in every dialect. */
import { describe, expect, it } from "vitest";

import { delta, DONE, foldText } from "@/lib/providers/__fixtures__/fold-chat";
import { briefParts, foldWire, sse } from "@/lib/providers/__fixtures__/fold-wire";
import { readCase } from "@/lib/providers/__fixtures__/read-case";
import type { DialectId } from "@/lib/providers/dialect-id";
import { setup } from "@/lib/providers/dialects/__fixtures__/history";
import { bindDialect, type BoundDialect } from "@/lib/providers/dialects/bind-dialect";
import { findProvider } from "@/lib/providers/registry";
import type { Part, Step } from "@/lib/stream/turn/turn";

const end = delta({}, "stop");

/** The text of a part as the server sent it. */
function received(part: Part): string {
  if (part.type === "reasoning") return (part.tags?.open ?? "") + part.text + (part.tags?.close ?? "");
  return part.type === "text" ? part.text : "";
}

function auto(...content: readonly string[]): Step {
  return foldText(sse(...content.map((text) => delta({ content: text })), end, DONE), { thinkTags: "auto" });
}

describe("an answer that begins with a thought in tags", () => {
  it.each([
    ["think-tag-plain.sse", "a quiet thought THINK17", "\n\nThe answer KEEP17."],
    ["think-in-square-brackets.sse", "Weigh both sides THINK15.", "The left one KEEP15."],
    ["harmony-in-content.sse", "The user wants a colour. Sky is blue THINK14.", "It is blue KEEP14."],
  ])("is a thought and a text by default: %s", (name, thought, text) => {
    const step = foldText(readCase(name), { thinkTags: "auto" });
    const [reasoning, answer] = step.parts;
    expect(briefParts(step).slice(0, 1)).toEqual([["reasoning", thought]]);
    expect(answer).toMatchObject({ type: "text", text });
    expect(reasoning).toMatchObject({ type: "reasoning", tags: { open: expect.any(String) } });
  });

  it("keeps the tags, so that the text can be shown as it was received", () => {
    const parts = auto("\n<think>", "a", "</think>\n", "b").parts;
    expect(parts.map(received)).toEqual(["\n<think>a</think>", "\nb"]);
  });

  it("has no closing tag where none came", () => {
    expect(auto("<think>a").parts).toMatchObject([{ text: "a", tags: { open: "<think>", close: "" } }]);
  });

  it("is left as it is when switched off", () => {
    const text = sse(delta({ content: "<think>a</think>b" }), end, DONE);
    expect(briefParts(foldText(text, { thinkTags: "off" }))).toEqual([["text", "<think>a</think>b"]]);
  });
});

describe("text that only holds tags", () => {
  it.each([["Hi <think>a</think>"], ["a</think>b"], ["`<think>` is a tag"], ["Hi\n<think>a</think>"]])(
    "stays text by default: %j",
    (content) => {
      expect(briefParts(auto(content))).toEqual([["text", content]]);
    },
  );

  it("stays text after a thought that the server sent itself", () => {
    const text = sse(delta({ reasoning_content: "r" }), delta({ content: "<think>a</think>b" }), end, DONE);
    expect(briefParts(foldText(text, { thinkTags: "auto" }))).toEqual([
      ["reasoning", "r"],
      ["text", "<think>a</think>b"],
    ]);
  });

  it("stays text after a call", () => {
    const call = delta({ tool_calls: [{ index: 0, id: "c", function: { name: "f", arguments: "{}" } }] });
    const text = sse(call, delta({ content: "<think>a</think>b" }), end, DONE);
    expect(briefParts(foldText(text, { thinkTags: "auto" })).slice(1)).toEqual([
      ["text", "<think>a</think>b"],
    ]);
  });
});

/** One answer of each dialect whose text is `<think>a</think>b`, cited at the b. */
const ANSWERS: readonly (readonly [DialectId, string, string])[] = [
  [
    "chat-completions",
    "llamacpp",
    sse(delta({ content: "<think>a</th" }), delta({ content: "ink>b" }), end, DONE),
  ],
  [
    "responses",
    "openai",
    [
      {
        type: "response.output_text.delta",
        item_id: "m",
        output_index: 0,
        content_index: 0,
        delta: "<think>a</th",
      },
      { type: "response.output_text.delta", item_id: "m", output_index: 0, content_index: 0, delta: "ink>b" },
      {
        type: "response.completed",
        response: {
          status: "completed",
          output: [
            {
              type: "message",
              id: "m",
              role: "assistant",
              content: [
                {
                  type: "output_text",
                  text: "<think>a</think>b",
                  annotations: [
                    {
                      type: "url_citation",
                      url: "https://a.example",
                      title: "A",
                      start_index: 16,
                      end_index: 17,
                    },
                  ],
                },
              ],
            },
          ],
        },
      },
    ]
      .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
      .join(""),
  ],
  [
    "anthropic",
    "anthropic",
    [
      { type: "message_start", message: { id: "m", model: "x", content: [], usage: {} } },
      { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
      { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "<think>a</th" } },
      { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "ink>b" } },
      { type: "content_block_stop", index: 0 },
      { type: "message_delta", delta: { stop_reason: "end_turn" } },
      { type: "message_stop" },
    ]
      .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
      .join(""),
  ],
  [
    "gemini",
    "gemini",
    ["<think>a</th", "ink>b"]
      .map((text, at) => ({
        candidates: [
          { content: { role: "model", parts: [{ text }] }, ...(at === 1 ? { finishReason: "STOP" } : {}) },
        ],
      }))
      .map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`)
      .join(""),
  ],
];

function bound(dialect: DialectId, providerId: string): BoundDialect {
  const speech = findProvider(providerId)?.speaks.find((spoken) => spoken.dialect === dialect);
  if (speech === undefined) throw new Error(`${providerId} does not speak ${dialect}`);
  return bindDialect(speech);
}

describe.each(ANSWERS)("%s", (dialect, providerId, answer) => {
  const read = (size?: number): Step =>
    foldWire(bound(dialect, providerId).open("auto"), answer, size === undefined ? {} : { size });

  it("reads a thought from the tags that its text begins with, however the bytes are split", () => {
    for (const size of [undefined, 1, 13]) {
      const step = read(size);
      expect(briefParts(step)).toEqual([
        ["reasoning", "a"],
        ["text", "b"],
      ]);
      expect(step.parts[0]).toMatchObject({ tags: { open: "<think>", close: "</think>" } });
      expect(step.status.state).toBe("done");
    }
  });

  it("leaves thoughts from tags out of the next request, and says so", () => {
    const provider = findProvider(providerId);
    if (provider === null) throw new Error(`no provider ${providerId}`);
    const { body, notes } = bound(dialect, providerId).write({
      provider,
      setup: setup({ provider: providerId, dialect }),
      tools: [],
      history: [
        { prompt: "hi", turn: { steps: [read()] } },
        { prompt: "and?", turn: { steps: [] } },
      ],
    });
    expect(JSON.stringify(body)).not.toContain("think>");
    expect(JSON.stringify(body)).toContain('"b"');
    expect(notes).toContain("Thoughts read from tags are not sent back.");
  });
});

it("the reader moves citations with the words that they belong to", () => {
  const [, , answer = ""] = ANSWERS.find(([dialect]) => dialect === "responses") ?? [];
  const step = foldWire(bound("responses", "openai").open("auto"), answer);
  expect(step.parts[1]).toMatchObject({ text: "b", citations: [{ start: 0, end: 1 }] });
});

it("the writer sends MiniMax-M2 its thoughts back in the text, as it was trained to find them", () => {
  const provider = findProvider("llamacpp");
  if (provider === null) throw new Error("no llama.cpp");
  const { body, notes } = bound("chat-completions", "llamacpp").write({
    provider,
    setup: setup({ model: "MiniMaxAI/MiniMax-M2" }),
    tools: [],
    history: [
      { prompt: "hi", turn: { steps: [auto("<think>a</think>", "b")] } },
      { prompt: "and?", turn: { steps: [] } },
    ],
  });
  expect(body["messages"]).toContainEqual({ role: "assistant", content: "<think>a</think>b" });
  expect(notes).toContain("Thoughts read from tags are sent back in the text, as this model expects.");
});
