/** Replies in one piece that break off: what came is shown, and no call of them runs. */
import { describe, expect, it } from "vitest";

import { foldAnthropic } from "@/lib/providers/__fixtures__/fold-anthropic";
import { foldText } from "@/lib/providers/__fixtures__/fold-chat";
import { foldGemini } from "@/lib/providers/__fixtures__/fold-gemini";
import { foldResponses } from "@/lib/providers/__fixtures__/fold-responses";
import { brief, warningCodes } from "@/lib/providers/__fixtures__/fold-wire";
import type { Step } from "@/lib/stream/turn/turn";

const JSON_BODY = { contentType: "application/json", isStreamed: false };
const CUT = { unified: "truncated", raw: null };
const text = "The weather in Florence is fine.";
const args = { location: "Florence", days: 3 };

type Dialect = {
  readonly name: string;
  readonly fold: (body: string, options?: typeof JSON_BODY) => Step;
  readonly answer: object;
  readonly caller: object;
};

const dialects: readonly Dialect[] = [
  {
    name: "chat completions",
    fold: foldText,
    answer: { choices: [{ index: 0, message: { role: "assistant", content: text }, finish_reason: "stop" }] },
    caller: {
      choices: [
        {
          index: 0,
          message: {
            role: "assistant",
            content: text,
            tool_calls: [
              { id: "a", type: "function", function: { name: "weather", arguments: JSON.stringify(args) } },
            ],
          },
          finish_reason: "tool_calls",
        },
      ],
    },
  },
  {
    name: "Responses",
    fold: foldResponses,
    answer: {
      id: "r",
      object: "response",
      status: "completed",
      output: [
        {
          type: "message",
          id: "m",
          role: "assistant",
          content: [{ type: "output_text", text, annotations: [] }],
        },
      ],
    },
    caller: {
      id: "r",
      object: "response",
      status: "completed",
      output: [
        {
          type: "message",
          id: "m",
          role: "assistant",
          content: [{ type: "output_text", text, annotations: [] }],
        },
        { type: "function_call", id: "f", call_id: "a", name: "weather", arguments: JSON.stringify(args) },
      ],
    },
  },
  {
    name: "Anthropic Messages",
    fold: foldAnthropic,
    answer: {
      type: "message",
      role: "assistant",
      content: [{ type: "text", text }],
      stop_reason: "end_turn",
    },
    caller: {
      type: "message",
      role: "assistant",
      content: [
        { type: "text", text },
        { type: "tool_use", id: "a", name: "weather", input: args },
      ],
      stop_reason: "tool_use",
    },
  },
  {
    name: "Gemini",
    fold: foldGemini,
    answer: { candidates: [{ content: { role: "model", parts: [{ text }] }, finishReason: "STOP" }] },
    caller: {
      candidates: [
        {
          content: { role: "model", parts: [{ text }, { functionCall: { name: "weather", args } }] },
          finishReason: "STOP",
        },
      ],
    },
  },
];

describe.each(dialects)("$name, in one piece", ({ fold, answer, caller }) => {
  it("keeps the text of an answer that breaks off inside it", () => {
    const body = JSON.stringify(answer);
    const step = fold(body.slice(0, body.indexOf("Florence") + "Flor".length), JSON_BODY);
    expect(brief(step)).toEqual({
      state: "truncated",
      parts: [["text", "The weather in Flor"]],
      finish: CUT,
    });
    expect(warningCodes(step)).toContain("cut-body");
  });

  it("keeps everything before any break, and never makes a call of a part of one", () => {
    const body = JSON.stringify(caller);
    const calls = new Set<string>();
    for (let end = body.indexOf(text) + text.length; end < body.length; end += 1) {
      const step = brief(fold(body.slice(0, end), JSON_BODY));
      expect([step.state, step.parts[0]]).toEqual(["truncated", ["text", text]]);
      for (const [type, , , , state = ""] of step.parts) if (type === "call") calls.add(state);
    }
    expect([...calls]).toEqual(["unfinished"]);
  });
});

it("the reader of a cut body keeps the pieces of a list that breaks off", () => {
  const body = `[${geminiSays("Hi")},\n${geminiSays(" there")}`;
  expect(brief(foldGemini(body.slice(0, body.indexOf("re") + 1), JSON_BODY)).parts).toEqual([
    ["text", "Hi ther"],
  ]);
  expect(brief(foldGemini(`[${geminiSays("Hi")},\n`, JSON_BODY)).parts).toEqual([["text", "Hi"]]);
});

describe("one document a line", () => {
  const end = JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });

  it("may end with [DONE]", () => {
    expect(brief(foldLines(chatLine("Hi"), "", end, "", "[DONE]", ""))).toEqual({
      state: "done",
      parts: [["text", "Hi"]],
      finish: { unified: "stop", raw: "stop" },
    });
  });

  it("keeps the others where one is broken, and names it", () => {
    const step = foldLines(chatLine("Hi"), "{broken", chatLine(" there"), end);
    expect(brief(step).parts).toEqual([["text", "Hi there"]]);
    expect(warningCodes(step)).toContain("unreadable-event");
  });

  it("keeps the lines before one that is cut", () => {
    const step = foldLines(chatLine("Hi"), chatLine(" there").slice(0, 20));
    expect(brief(step)).toEqual({ state: "truncated", parts: [["text", "Hi"]], finish: CUT });
  });
});

function geminiSays(words: string): string {
  return JSON.stringify({ candidates: [{ content: { parts: [{ text: words }] } }] });
}

function chatLine(content: string): string {
  return JSON.stringify({ choices: [{ index: 0, delta: { content } }] });
}

function foldLines(...lines: readonly string[]): Step {
  return foldText(lines.join("\n"), { contentType: "application/x-ndjson" });
}
