/** Replies in one piece that break off: what was received is shown, and no call of them runs. */
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
const weather = { name: "weather", args: { location: "Florence", days: 3 } };

type Call = { readonly name: string; readonly args: object };

type Dialect = {
  readonly name: string;
  readonly fold: (body: string, options?: typeof JSON_BODY) => Step;
  /** A whole reply with the text and these calls. */
  readonly reply: (...calls: readonly Call[]) => object;
};

const dialects: readonly Dialect[] = [
  {
    name: "chat completions",
    fold: foldText,
    reply: (...calls) => {
      const made = calls.map(({ name, args }) => ({
        id: "a",
        type: "function",
        function: { name, arguments: JSON.stringify(args) },
      }));
      const message = { role: "assistant", content: text, ...(made.length > 0 ? { tool_calls: made } : {}) };
      return { choices: [{ index: 0, message, finish_reason: made.length > 0 ? "tool_calls" : "stop" }] };
    },
  },
  {
    name: "Responses",
    fold: foldResponses,
    reply: (...calls) => ({
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
        ...calls.map(({ name, args }) => ({
          type: "function_call",
          id: "f",
          call_id: "a",
          name,
          arguments: JSON.stringify(args),
        })),
      ],
    }),
  },
  {
    name: "Anthropic Messages",
    fold: foldAnthropic,
    reply: (...calls) => ({
      type: "message",
      role: "assistant",
      content: [
        { type: "text", text },
        ...calls.map(({ name, args }) => ({ type: "tool_use", id: "a", name, input: args })),
      ],
      stop_reason: calls.length > 0 ? "tool_use" : "end_turn",
    }),
  },
  {
    name: "Gemini",
    fold: foldGemini,
    reply: (...calls) => {
      const parts = [{ text }, ...calls.map((functionCall) => ({ functionCall }))];
      return { candidates: [{ content: { role: "model", parts }, finishReason: "STOP" }] };
    },
  },
];

describe.each(dialects)("$name, in one piece", ({ fold, reply }) => {
  it("keeps the text of an answer that breaks off inside it", () => {
    const body = JSON.stringify(reply());
    const step = fold(body.slice(0, body.indexOf("Florence") + "Flor".length), JSON_BODY);
    expect(brief(step)).toEqual({
      state: "truncated",
      parts: [["text", "The weather in Flor"]],
      finish: CUT,
    });
    expect(warningCodes(step)).toContain("cut-body");
  });

  it("keeps everything before any break, and never makes a call of a part of one", () => {
    const body = JSON.stringify(reply(weather));
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
