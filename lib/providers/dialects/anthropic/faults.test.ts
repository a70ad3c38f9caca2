/** One test for each fault that reaches the reader of the Messages API. */
import { describe, expect, it } from "vitest";

import {
  anthropicSse,
  begin,
  call,
  foldAnthropic,
  foldMessage,
  grow,
  halt,
  START,
  STOP,
  stopReason,
  text,
} from "@/lib/providers/__fixtures__/fold-anthropic";
import { brief, briefParts, warningCodes } from "@/lib/providers/__fixtures__/fold-wire";
import { readCase } from "@/lib/providers/__fixtures__/read-case";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { Step } from "@/lib/stream/turn/turn";

const BROKEN = "event: content_block_delta\ndata: {oops\n\n";
const hi = text(0, "Hi");

function fold(...events: readonly (JsonObject | string)[]): Step {
  return foldAnthropic(anthropicSse(START, ...events));
}

describe("errors inside a stream keep the text and show the provider's words", () => {
  it.each<readonly [string, string, object]>([
    [
      "an error event",
      anthropicSse({ type: "error", error: { type: "rate_limit_error", message: "Slow down" } }),
      { code: "rate_limit_error", message: "Slow down", retryable: true },
    ],
    [
      "an error event that says it took too long",
      anthropicSse({ type: "error", error: { type: "timeout_error", message: "Too slow" } }),
      { code: "timeout_error", message: "Too slow", retryable: true },
    ],
    [
      "an error event that repeats",
      anthropicSse(
        { type: "error", error: { type: "api_error", message: "a" } },
        { type: "error", error: {} },
      ),
      { code: "api_error", message: "a", retryable: true },
    ],
    [
      "an error that no event name tells",
      'data: {"type":"error","error":{"type":"invalid_request_error","message":"No"}}\n\n',
      { code: "invalid_request_error", message: "No", retryable: false },
    ],
    [
      "llama.cpp's error object",
      'data: {"error":{"code":500,"message":"slot failed","type":"server_error"}}\n\n',
      { code: "server_error", message: "slot failed", status: 500, retryable: true },
    ],
    ["an error event of plain text", "event: error\ndata: upstream gone\n\n", { message: "upstream gone" }],
  ])("%s", (_name, frames, error) => {
    const step = foldAnthropic(anthropicSse(START, ...hi) + frames);
    expect([step.status, briefParts(step)]).toEqual([
      { state: "failed", error: expect.objectContaining({ source: "provider", ...error }) },
      [["text", "Hi"]],
    ]);
  });
});

describe("the reader, at events that cannot be read,", () => {
  it("one malformed event is left out with a warning, and the stream goes on", () => {
    const step = fold(...text(0, "a"), BROKEN, ...text(1, "b"), stopReason("end_turn"), STOP);
    expect([brief(step).state, briefParts(step), warningCodes(step)]).toEqual([
      "done",
      [["text", "ab"]],
      ["unreadable-event"],
    ]);
  });

  it("malformed events in a row are left out, and the stream goes on", () => {
    const step = fold(...hi, BROKEN, BROKEN, BROKEN, ...text(1, " more"), stopReason("end_turn"), STOP);
    expect([step.status.state, briefParts(step)]).toEqual(["done", [["text", "Hi more"]]]);
  });

  it("reads an event whose name and data a keep-alive comment pulled apart", () => {
    const step = foldAnthropic(readCase("anthropic-keepalive-between-event-and-data.anthropic.sse"));
    expect([brief(step).state, briefParts(step), warningCodes(step)]).toEqual([
      "done",
      [["text", "Split by a heartbeat KEEP35."]],
      [],
    ]);
  });

  it("a call during which an event was lost is never run", () => {
    const [start, piece, end] = call(0, "a", "f", '{"x":1}');
    if (start === undefined || piece === undefined || end === undefined)
      throw new Error("a call has three events");
    const step = fold(start, BROKEN, piece, end, ...call(1, "b", "g", "{}"), stopReason("tool_use"), STOP);
    expect(briefParts(step)).toEqual([
      ["call", "a", "f", '{"x":1}', "unfinished"],
      ["call", "b", "g", "{}", "awaiting-result"],
    ]);
  });
});

describe("cuts", () => {
  it("a stream cut in a call keeps the text and never runs the call", () => {
    const step = fold(...hi, ...call(1, "a", "f", '{"x":').slice(0, 2));
    expect(brief(step)).toEqual({
      state: "truncated",
      parts: [
        ["text", "Hi"],
        ["call", "a", "f", '{"x":', "unfinished"],
      ],
      finish: { unified: "truncated", raw: null },
    });
  });

  it("a signature that came before the cut is kept", () => {
    const step = fold(
      begin(0, { type: "thinking", thinking: "" }),
      grow(0, { type: "thinking_delta", thinking: "Hm" }),
      grow(0, { type: "signature_delta", signature: "SIG" }),
    );
    expect([step.status.state, step.parts[0]?.replay]).toEqual([
      "truncated",
      [{ type: "thinking", signature: "SIG" }],
    ]);
  });

  it("no stop reason at a marked end means tool calls where all calls are complete", () => {
    const step = fold(...call(0, "a", "f", "{}"), STOP);
    expect([brief(step).finish, step.status.state, warningCodes(step)]).toEqual([
      { unified: "tool-calls", raw: null },
      "done",
      ["no-finish-reason"],
    ]);
    expect(fold(...hi, STOP).status).toEqual({ state: "truncated", error: null });
  });

  it("arguments cut by the token limit are shown as they came and do not parse", () => {
    const step = fold(...call(0, "a", "f", '{"x": "Flo'), stopReason("max_tokens"), STOP);
    expect(brief(step)).toEqual({
      state: "done",
      parts: [["call", "a", "f", '{"x": "Flo', "invalid"]],
      finish: { unified: "length", raw: "max_tokens" },
    });
  });
});

describe("odd but whole answers", () => {
  it("data after the end is not part of the answer", () => {
    const step = fold(...hi, stopReason("end_turn"), STOP, ...text(1, "late"));
    expect([briefParts(step), warningCodes(step)]).toEqual([
      [["text", "Hi"]],
      ["data-after-end", "data-after-end", "data-after-end"],
    ]);
  });

  it("a [DONE] at the end does no harm", () => {
    const step = fold(...hi, stopReason("end_turn"), "data: [DONE]\n\n");
    expect([brief(step).state, step.warnings]).toEqual(["done", []]);
  });

  it("an answer without content says so", () => {
    expect(warningCodes(fold(stopReason("end_turn"), STOP))).toEqual(["empty-answer"]);
  });

  it("duplicate and missing ids and names are shown and warned of", () => {
    const step = fold(
      ...call(0, "a", "f", "{}"),
      ...call(1, "a", "g", "{}"),
      begin(2, { type: "tool_use", id: null, name: null, input: null }),
      halt(2),
      stopReason("tool_use"),
      STOP,
    );
    expect([briefParts(step), warningCodes(step)]).toEqual([
      [
        ["call", "a", "f", "{}", "awaiting-result"],
        ["call", "a", "g", "{}", "awaiting-result"],
        ["call", null, "", "", "awaiting-result"],
      ],
      ["duplicate-call-id", "nameless-call"],
    ]);
  });

  it("deltas of two blocks interleave and stay apart", () => {
    const step = fold(
      begin(0, { type: "text", text: "" }),
      begin(1, { type: "text", text: "" }),
      grow(0, { type: "text_delta", text: "a" }),
      grow(1, { type: "text_delta", text: "b" }),
      grow(0, { type: "text_delta", text: "c" }),
      halt(0),
      halt(1),
      stopReason("end_turn"),
      STOP,
    );
    expect(briefParts(step)).toEqual([
      ["text", "ac"],
      ["text", "b"],
    ]);
  });

  it("fields that are null or of another type are no fields", () => {
    const step = foldAnthropic(
      anthropicSse(
        { type: "message_start", message: null },
        { type: "content_block_start", index: 0, content_block: null },
        { type: "content_block_delta", index: 0, delta: [] },
        { type: "content_block_stop" },
        ...hi,
        { type: "message_delta", delta: { stop_reason: 3 }, usage: [] },
        { type: "message_delta", delta: null, usage: { output_tokens: -4 } },
        stopReason("end_turn", "many"),
        STOP,
      ),
    );
    expect([brief(step).state, briefParts(step), step.usage]).toEqual(["done", [["text", "Hi"]], null]);
  });
});

describe("bodies that are not a stream", () => {
  const message = { type: "message", content: [{ type: "text", text: "Oi" }], stop_reason: "end_turn" };

  it("a JSON body for a stream request is read, with a note", () => {
    const step = foldAnthropic(JSON.stringify(message), { contentType: "application/json" });
    expect([brief(step).state, briefParts(step), warningCodes(step)]).toEqual([
      "done",
      [["text", "Oi"]],
      ["not-streamed"],
    ]);
  });

  it("an error body shows the provider's words and the status", () => {
    const body = {
      type: "error",
      error: { type: "not_found_error", message: "model: x" },
      request_id: "req_1",
    };
    const step = foldAnthropic(JSON.stringify(body), { contentType: "application/json", status: 404 });
    expect(step.status).toEqual({
      state: "failed",
      error: {
        source: "provider",
        code: "not_found_error",
        message: "model: x",
        retryable: false,
        status: 404,
      },
    });
  });

  it("a body of another API says what to check", () => {
    expect(foldMessage({ choices: [] }).status).toEqual({
      state: "failed",
      error: expect.objectContaining({
        code: "UNREADABLE_BODY",
        message: expect.stringContaining("but a chat completion"),
      }),
    });
  });

  it("a body whose content is not what it should be is read as far as it goes", () => {
    const step = foldMessage({
      ...message,
      content: [null, 3, { type: "text", text: null }, { type: "text", text: "Oi" }],
    });
    expect([brief(step).state, briefParts(step)]).toEqual(["done", [["text", "Oi"]]]);
  });
});
