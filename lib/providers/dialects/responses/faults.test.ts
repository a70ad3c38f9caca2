/** One test for each fault that reaches the reader of the Responses API. */
import { describe, expect, it } from "vitest";

import {
  added,
  call,
  callItem,
  completed,
  CREATED,
  delta,
  done,
  foldResponse,
  foldResponses,
  message,
  messageItem,
  responsesSse,
} from "@/lib/providers/__fixtures__/fold-responses";
import { brief, briefParts, warningCodes } from "@/lib/providers/__fixtures__/fold-wire";
import { readCase } from "@/lib/providers/__fixtures__/read-case";
import type { RunError } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { Step } from "@/lib/stream/turn/turn";

const hi = delta("output_text", "msg_0", "Hi", { output_index: 0 });
const BROKEN = "event: response.output_text.delta\ndata: {oops\n\n";

function errorOf(step: Step): RunError | null {
  return "error" in step.status ? step.status.error : null;
}

function failed(error: JsonObject | null): JsonObject {
  return { type: "response.failed", response: { id: "resp_1", status: "failed", error } };
}

describe("the reader, at an error inside a stream,", () => {
  it.each<readonly [string, string, Partial<RunError>]>([
    [
      "an error event",
      responsesSse({
        type: "error",
        code: "rate_limit_exceeded",
        message: "Slow down",
        param: null,
        sequence_number: 4,
      }),
      { code: "rate_limit_exceeded", message: "Slow down", retryable: true },
    ],
    [
      "an error event with its error inside",
      responsesSse({
        type: "error",
        sequence_number: 2,
        error: { type: "invalid_request_error", code: "context_length_exceeded", message: "Too long" },
      }),
      { code: "context_length_exceeded", message: "Too long", retryable: false },
    ],
    ["an error event of plain text", "event: error\ndata: upstream gone\n\n", { message: "upstream gone" }],
    [
      "response.failed",
      responsesSse(failed({ code: "server_error", message: "The server had an error." })),
      { code: "server_error", message: "The server had an error.", retryable: true },
    ],
    [
      "response.failed without a reason",
      responsesSse(failed(null)),
      { code: "response_failed", message: "The provider reports that the answer failed, without a reason." },
    ],
    [
      "llama.cpp's error frame",
      'data: {"error":{"code":500,"message":"does not match","type":"server_error"}}\n\n',
      { code: "server_error", status: 500, message: "does not match" },
    ],
  ])("wire:B75 %s", (_title, tail, error) => {
    const step = foldResponses(responsesSse(CREATED, hi) + tail);
    expect(brief(step)).toMatchObject({ state: "failed", parts: [["text", "Hi"]] });
    expect(errorOf(step)).toMatchObject({ source: "provider", ...error });
  });

  it("shows the number of an error's event nowhere", () => {
    const event = { type: "error", code: "x", message: "no", param: null, sequence_number: 4 };
    expect(errorOf(foldResponses(responsesSse(event)))).toEqual({
      source: "provider",
      code: "x",
      message: "no",
      retryable: false,
    });
  });

  it("keeps what a failed response holds, and reads nothing after it", () => {
    const response = {
      status: "failed",
      error: { message: "no" },
      output: [messageItem("msg_0", "Hi there")],
    };
    const step = foldResponses(
      responsesSse(
        hi,
        { type: "response.failed", response },
        delta("output_text", "msg_0", "late"),
        completed(),
      ),
    );
    expect([briefParts(step), errorOf(step)?.message]).toEqual([[["text", "Hi there"]], "no"]);
  });

  it("never lets a call be run that was open when the answer failed", () => {
    const step = foldResponses(
      responsesSse(
        added(0, callItem("a", "f", "")),
        delta("function_call_arguments", "fc_a", "{}", { output_index: 0 }),
        failed({ message: "no" }),
      ),
    );
    expect(briefParts(step)).toEqual([["call", "call_a", "f", "{}", "unfinished"]]);
  });
});

describe("the reader of error bodies", () => {
  it.each<readonly [string, number, string, Partial<RunError>]>([
    [
      "a refused request",
      400,
      JSON.stringify({
        error: { message: "Unsupported parameter", type: "invalid_request_error", code: null },
      }),
      { code: "invalid_request_error", status: 400, message: "Unsupported parameter", retryable: false },
    ],
    [
      "llama.cpp's prompt that is too long",
      400,
      JSON.stringify({
        error: {
          code: 400,
          message: "exceeds",
          type: "exceed_context_size_error",
          n_prompt_tokens: 9,
          n_ctx: 4,
        },
      }),
      { code: "exceed_context_size_error", status: 400, retryable: false },
    ],
    ["an answer of another API", 200, '{"choices":[]}', { code: "UNREADABLE_BODY" }],
    ["text", 200, "[]", { code: "UNREADABLE_BODY" }],
    [
      "a response that failed",
      200,
      JSON.stringify({ status: "failed", error: { code: "server_error", message: "no" }, output: [] }),
      { code: "server_error", message: "no" },
    ],
  ])("%s", (_title, status, body, error) => {
    const step = foldResponse(body, { status });
    expect(step.status.state).toBe("failed");
    expect(errorOf(step)).toMatchObject({ source: "provider", ...error });
  });

  it("wire:B63 reads a body after blank lines", () => {
    const body = `\n  \n${JSON.stringify({ status: "completed", output: [messageItem("m", "Oi")] })}`;
    expect(briefParts(foldResponse(body))).toEqual([["text", "Oi"]]);
  });

  it("a JSON body for a stream request is read, with a note", () => {
    const body = { status: "completed", error: null, output: [messageItem("m", "Oi")] };
    const step = foldResponse(body, { isStreamed: true });
    expect([brief(step).state, briefParts(step), warningCodes(step)]).toEqual([
      "done",
      [["text", "Oi"]],
      ["not-streamed"],
    ]);
  });

  it("takes a response that is still being made for cut off", () => {
    const step = foldResponse({ status: "in_progress", output: [messageItem("m", "Oi")] });
    expect([step.status.state, briefParts(step)]).toEqual(["truncated", [["text", "Oi"]]]);
  });
});

describe("the reader of unreadable and unknown events", () => {
  it("one malformed event is warned of and left out", () => {
    const step = foldResponses(responsesSse(hi, BROKEN, ...message(1, "there"), completed()));
    expect([brief(step).state, briefParts(step), warningCodes(step)]).toEqual([
      "done",
      [
        ["text", "Hi"],
        ["text", "there"],
      ],
      ["unreadable-event"],
    ]);
  });

  it("malformed events in a row are left out, and the stream goes on", () => {
    const step = foldResponses(responsesSse(BROKEN, hi, BROKEN, BROKEN, BROKEN, completed()));
    expect(brief(step)).toMatchObject({ state: "done", parts: [["text", "Hi"]] });
  });

  it("a stream in which nothing can be read is an error", () => {
    expect(errorOf(foldResponses(responsesSse(BROKEN, BROKEN)))?.code).toBe("UNREADABLE_STREAM");
  });

  it("reads events whose name and data a blank line pulled apart", () => {
    const step = foldResponses(readCase("responses-event-and-data-apart.responses.sse"));
    expect([brief(step).state, briefParts(step), warningCodes(step)]).toEqual([
      "done",
      [["text", "Apart but whole KEEP33."]],
      [],
    ]);
  });

  it("takes a call whose pieces were unreadable by its last word", () => {
    const told = foldResponses(
      responsesSse(
        added(0, callItem("a", "f", "")),
        BROKEN,
        done(0, callItem("a", "f", '{"a":1}')),
        completed(),
      ),
    );
    const untold = foldResponses(
      responsesSse(
        added(0, callItem("a", "f", "")),
        BROKEN,
        delta("function_call_arguments", "fc_a", "{}"),
        completed(),
      ),
    );
    expect([briefParts(told), briefParts(untold)]).toEqual([
      [["call", "call_a", "f", '{"a":1}', "awaiting-result"]],
      [["call", "call_a", "f", "{}", "unfinished"]],
    ]);
  });

  it("never runs a call whose last word contradicts its pieces", () => {
    const step = foldResponses(
      responsesSse(
        added(0, callItem("a", "f", "")),
        delta("function_call_arguments", "fc_a", '{"a":1', { output_index: 0 }),
        done(0, callItem("a", "f", '{"b":2}')),
        completed(),
      ),
    );
    expect(briefParts(step)).toEqual([["call", "call_a", "f", '{"a":1', "unfinished"]]);
    expect(warningCodes(step)).toEqual(["arguments-differ"]);
  });

  it("keeps the text it showed where the last word is another, and says so once", () => {
    const step = foldResponses(
      responsesSse(
        hi,
        done(0, messageItem("msg_0", "Ho")),
        completed({ output: [messageItem("msg_0", "Ho")] }),
      ),
    );
    expect([briefParts(step), warningCodes(step)]).toEqual([[["text", "Hi"]], ["text-differs"]]);
  });

  it("wire:B53 an unknown event, an unknown item and an empty frame do no harm", () => {
    const odd = { type: "response.telepathy.delta", delta: "?" };
    const item = { type: "computer_call", id: "cu_1" };
    const step = foldResponses(
      responsesSse(
        CREATED,
        odd,
        odd,
        ": ping\n\n",
        "data:\n\n",
        added(0, item),
        done(0, item),
        hi,
        completed(),
      ),
    );
    expect([brief(step).state, briefParts(step), warningCodes(step)]).toEqual([
      "done",
      [
        ["unknown", "computer_call", item],
        ["text", "Hi"],
      ],
      ["event-response.telepathy.delta"],
    ]);
  });

  it("wire:B67 fields that are null, missing or of another type do no harm", () => {
    const step = foldResponses(
      responsesSse(
        { type: "response.created", response: null },
        { type: "response.output_item.added" },
        { type: "response.output_item.done", item: null },
        {
          type: "response.output_text.delta",
          item_id: 3,
          output_index: -1,
          content_index: "__proto__",
          delta: null,
        },
        { type: "response.output_text.done", item_id: null, text: 4 },
        {
          type: "response.reasoning_summary_text.delta",
          item_id: "constructor",
          summary_index: 1e9,
          delta: "Hm",
        },
        done("x", { type: "message", content: [null, 3, { type: "output_text", annotations: "no" }] }),
        { type: "response.completed", response: { output: [null, 1], usage: [], incomplete_details: "x" } },
      ),
    );
    expect([step.status.state, briefParts(step)]).toEqual(["done", [["reasoning", "Hm"]]]);
  });

  it("reads a frame without a name by its type, and one without a type by its name", () => {
    const { type: _type, ...nameless } = hi;
    const step = foldResponses(
      `data: ${JSON.stringify(hi)}\n\nevent: response.output_text.delta\ndata: ${JSON.stringify(nameless)}\n\n` +
        "event: response.completed\ndata: {}\n\n",
    );
    expect([step.status.state, briefParts(step)]).toEqual(["done", [["text", "HiHi"]]]);
  });

  it("[DONE] without a terminal event leaves the answer cut off", () => {
    const step = foldResponses(responsesSse(...call(0, "a", "f", "{}"), "data: [DONE]\n\n"));
    expect(brief(step)).toMatchObject({
      state: "truncated",
      parts: [["call", "call_a", "f", "{}", "awaiting-result"]],
    });
  });

  it("[DONE] after the end is no more than an end", () => {
    const step = foldResponses(responsesSse(hi, completed(), "data: [DONE]\n\n"));
    expect([step.status.state, warningCodes(step)]).toEqual(["done", []]);
  });

  it("data after the end is not part of the answer", () => {
    const step = foldResponses(responsesSse(hi, completed(), hi));
    expect([briefParts(step), warningCodes(step)]).toEqual([[["text", "Hi"]], ["data-after-end"]]);
  });
});

describe("the reader of server timings", () => {
  const timings = { prompt_n: 3, prompt_ms: 6, predicted_n: 5, predicted_ms: 10, predicted_per_second: 400 };

  it("wire:B77 wire:B12 reads llama.cpp's timings from its frames, the latest winning", () => {
    const early = { ...hi, timings: { ...timings, predicted_n: 1 } };
    const step = foldResponses(responsesSse(early, { ...completed(), timings }));
    expect(step.timings).toMatchObject({ outputTokens: 5, outputPerSecond: 400, promptMs: 6 });
  });

  it("wire:B77 tells how far the prompt was read", () => {
    const progress = { total: 10, cache: 2, processed: 6, time_ms: 5 };
    const event = { type: "response.in_progress", response: { id: "r" }, prompt_progress: progress };
    expect(foldResponses(responsesSse(event, hi, completed())).promptProgress).toMatchObject({
      total: 10,
      cached: 2,
      processed: 6,
      elapsedMs: 5,
    });
  });
});
