/** One test for each fault that reaches the reader of Gemini's own API. */
import { describe, expect, it } from "vitest";

import {
  call,
  chunk,
  finish,
  foldGemini,
  foldGeminiBody,
  geminiSse,
  textPart,
} from "@/lib/providers/__fixtures__/fold-gemini";
import { brief, briefParts, warningCodes } from "@/lib/providers/__fixtures__/fold-wire";
import type { RunError } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { Step } from "@/lib/stream/turn/turn";

const hi = chunk([textPart("Hi")]);
const end = finish("STOP");
const STOPPED = { unified: "stop", raw: "STOP" };

function errorOf(step: Step): RunError | null {
  return "error" in step.status ? step.status.error : null;
}

const exhausted: JsonObject = {
  error: { code: 429, message: "Quota exceeded.", status: "RESOURCE_EXHAUSTED" },
};
const overloaded: JsonObject = { error: { code: 503, message: "Overloaded.", status: "UNAVAILABLE" } };

describe("the reader, at an error inside a stream,", () => {
  it.each<readonly [string, string, Partial<RunError>]>([
    [
      "wire:B75 an error object",
      geminiSse(overloaded),
      { code: "HTTP_503", status: 503, message: "Overloaded.", retryable: true },
    ],
    [
      "an error in a list",
      `data: ${JSON.stringify([exhausted])}\r\n\r\n`,
      { code: "HTTP_429", status: 429, message: "Quota exceeded.", retryable: true },
    ],
    ["an error event", "event: error\r\ndata: upstream gone\r\n\r\n", { message: "upstream gone" }],
  ])("%s", (_name, stream, error) => {
    const step = foldGemini(geminiSse(hi) + stream + geminiSse(chunk([textPart(" there")]), end));
    expect([step.status.state, briefParts(step)]).toEqual(["failed", [["text", "Hi"]]]);
    expect(errorOf(step)).toMatchObject({ source: "provider", ...error });
  });

  it("keeps the text that comes in the frame of the error", () => {
    expect(briefParts(foldGemini(geminiSse({ ...hi, ...overloaded })))).toEqual([["text", "Hi"]]);
  });

  it("takes error null and error {} for none", () => {
    const step = foldGemini(geminiSse({ ...hi, error: null }, { ...end, error: {} }));
    expect(brief(step)).toEqual({ state: "done", parts: [["text", "Hi"]], finish: STOPPED });
  });
});

describe("events that cannot be read", () => {
  const broken = "data: {oops\r\n\r\n";

  it("one malformed event is left out with a warning, and the stream goes on", () => {
    const step = foldGemini(geminiSse(hi, broken, chunk([textPart("!")]), end));
    expect([briefParts(step), warningCodes(step)]).toEqual([[["text", "Hi!"]], ["unreadable-event"]]);
  });

  it("events that are no objects are left out, and the stream goes on", () => {
    const step = foldGemini(geminiSse(hi, broken, "data: 1\r\n\r\n", "data: []\r\n\r\n", end));
    expect([step.status.state, briefParts(step), warningCodes(step)]).toEqual([
      "done",
      [["text", "Hi"]],
      ["unreadable-event", "keep-alive", "unreadable-event"],
    ]);
  });

  it("a stream in which nothing can be read is an error", () => {
    expect(errorOf(foldGemini(geminiSse(broken, broken)))?.code).toBe("UNREADABLE_STREAM");
  });

  it("fields that are null are no fields, those of another type are named, and text is text", () => {
    const odd: readonly JsonObject[] = [
      { candidates: "x", usageMetadata: [], promptFeedback: 3, responseId: 4 },
      { candidates: [null, 3, "x"] },
      { candidates: [{ content: "x", finishReason: 7 }] },
      { candidates: [{ content: { parts: { text: "x" } } }] },
      chunk([null, 3, "x", {}, { text: 5 }, { text: null, thought: "yes" }, { functionCall: null }]),
      chunk([], {
        groundingMetadata: { webSearchQueries: [3], groundingChunks: [null], groundingSupports: [1] },
      }),
    ];
    const step = foldGemini(geminiSse(hi, ...odd, end));
    expect([brief(step), warningCodes(step)]).toEqual([
      { state: "done", parts: [["text", "Hixxx"]], finish: STOPPED },
      [
        "field-chunk.candidates",
        "field-chunk.candidates[]",
        "field-candidate.finishReason",
        "field-content.parts[]",
        "field-part.text",
        "whole-field-chunk.candidates[]",
      ],
    ]);
  });
});

describe("the reader of odd but whole answers", () => {
  it("an answer without content says so", () => {
    expect(warningCodes(foldGemini(geminiSse(end)))).toEqual(["empty-answer"]);
    expect(foldGemini(geminiSse(finish("MAX_TOKENS"))).warnings).toEqual([
      {
        code: "empty-answer",
        message: "The model sent nothing before its token limit. The prompt may fill the context.",
      },
    ]);
  });

  it("a [DONE] at the end does no harm, and data after it is not part of the answer", () => {
    const step = foldGemini(geminiSse(hi, end, "data: [DONE]\r\n\r\n", chunk([textPart("more")])));
    expect([brief(step), warningCodes(step)]).toEqual([
      { state: "done", parts: [["text", "Hi"]], finish: STOPPED },
      ["data-after-end"],
    ]);
  });

  it("a call without a name is shown and warned of", () => {
    const step = foldGemini(geminiSse(chunk([{ functionCall: { args: { a: 1 } } }]), end));
    expect([briefParts(step), warningCodes(step)]).toEqual([
      [["call", null, "", '{"a":1}', "awaiting-result"]],
      ["nameless-call"],
    ]);
  });

  it("arguments that could reach a prototype are never valid", () => {
    const stream =
      'data: {"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{"__proto__":{"a":1}}}}]},"finishReason":"STOP"}]}\r\n\r\n';
    const [part] = foldGemini(stream).parts;
    expect(part?.type === "tool-call" && part.status).toMatchObject({ args: { valid: false } });
  });

  it("a second candidate is left out and warned of once", () => {
    const other = { content: { parts: [textPart("other")] }, index: 1 };
    const both = { candidates: [{ content: { parts: [textPart("a")] } }, other] };
    const step = foldGemini(geminiSse(both, { candidates: [other] }, end));
    expect([briefParts(step), warningCodes(step)]).toEqual([[["text", "a"]], ["more-choices"]]);
  });

  it("calls of an answer that the provider ends as broken are never run", () => {
    const step = foldGemini(
      geminiSse(
        chunk([textPart("I"), call("f", {})]),
        finish("MALFORMED_FUNCTION_CALL", { finishMessage: "Malformed function call: print(" }),
      ),
    );
    expect(brief(step)).toEqual({
      state: "failed",
      parts: [
        ["text", "I"],
        ["call", null, "f", "{}", "unfinished"],
      ],
      finish: { unified: "error", raw: "MALFORMED_FUNCTION_CALL" },
    });
    expect(errorOf(step)).toEqual({
      source: "provider",
      code: "finish_error",
      message:
        "The model wrote a call that the provider could not read (MALFORMED_FUNCTION_CALL): Malformed function call: print(",
      retryable: true,
    });
  });
});

describe("bodies that are not a stream", () => {
  it("a JSON body for a stream request is read, with a note", () => {
    const step = foldGeminiBody(chunk([textPart("Hi")], { finishReason: "STOP" }), { isStreamed: true });
    expect([brief(step), warningCodes(step)]).toEqual([
      { state: "done", parts: [["text", "Hi"]], finish: STOPPED },
      ["not-streamed"],
    ]);
  });

  it("an error body, also in a list, shows the provider's words and the status", () => {
    const error = {
      code: 400,
      message: "Function call is missing a thought_signature.",
      status: "INVALID_ARGUMENT",
    };
    for (const body of [{ error }, [{ error }]]) {
      expect(errorOf(foldGeminiBody(body, { status: 400 }))).toEqual({
        source: "provider",
        code: "HTTP_400",
        message: error.message,
        status: 400,
        retryable: false,
        detail: '{"status":"INVALID_ARGUMENT"}',
      });
    }
  });

  it("an error at the end of a list keeps the answer before it", () => {
    const step = foldGeminiBody([hi, exhausted]);
    expect([step.status.state, briefParts(step)]).toEqual(["failed", [["text", "Hi"]]]);
  });

  it.each([{ choices: [{ message: { content: "Hi" } }] }, { models: [] }, [], [3], null])(
    "a body of another API says what to check: %j",
    (body) => {
      const text = JSON.stringify(body);
      const step = foldGemini(text, { contentType: "application/json", isStreamed: false });
      expect([errorOf(step)?.code, step.parts]).toEqual(["UNREADABLE_BODY", []]);
    },
  );

  it("a body without a finish reason is an answer that was cut", () => {
    expect(brief(foldGeminiBody(hi))).toEqual({
      state: "truncated",
      parts: [["text", "Hi"]],
      finish: { unified: "truncated", raw: null },
    });
  });
});
