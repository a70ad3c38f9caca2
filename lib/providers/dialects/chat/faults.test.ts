/** One test for each fault that reaches the reader of chat completions. */
import { describe, expect, it } from "vitest";

import {
  calls,
  delta,
  DONE,
  foldText,
  piece,
  type FoldOptions,
  readBytes,
} from "@/lib/providers/__fixtures__/fold-chat";
import { brief, briefParts, sse, warningCodes, foldEvents } from "@/lib/providers/__fixtures__/fold-wire";
import type { RunError } from "@/lib/stream/turn/event";
import type { Step } from "@/lib/stream/turn/turn";

const hi = delta({ content: "Hi" });
const end = delta({}, "stop");
const JSON_BODY = { contentType: "application/json", isStreamed: false };

function errorOf(step: Step): RunError | null {
  return "error" in step.status ? step.status.error : null;
}

describe("the reader, at an error inside a stream,", () => {
  it.each<readonly [string, string, Partial<RunError>]>([
    [
      "OpenAI's error object",
      sse({ error: { message: "The server had an error.", type: "server_error", param: null, code: null } }),
      { code: "server_error", message: "The server had an error.", retryable: true },
    ],
    [
      "llama.cpp's error frame, without [DONE]",
      sse({
        error: { code: 500, message: "The model produced output that does not match", type: "server_error" },
      }),
      {
        code: "server_error",
        status: 500,
        message: "The model produced output that does not match",
        retryable: true,
      },
    ],
    [
      "llama.cpp's old error field, then [DONE]",
      `error: {"code":500,"message":"slot failed","type":"server_error"}\n\n${DONE}`,
      { code: "server_error", status: 500, message: "slot failed" },
    ],
    [
      "an error event",
      `event: error\n${sse({ type: "error", error: { type: "overloaded_error", message: "Overloaded" } })}`,
      { code: "overloaded_error", message: "Overloaded", retryable: true },
    ],
    ["an error event of plain text", "event: error\ndata: upstream gone\n\n", { message: "upstream gone" }],
    [
      "Groq's failed generation",
      sse({
        error: {
          message: "Failed to call a function.",
          type: "invalid_request_error",
          code: "tool_use_failed",
          failed_generation: "<function=f>",
        },
      }),
      {
        code: "tool_use_failed",
        message: "Failed to call a function.",
        detail: "<function=f>",
        retryable: false,
      },
    ],
    [
      "OpenRouter's error beside finish_reason error",
      sse({
        ...delta({ content: "" }, "error"),
        error: {
          code: 502,
          message: "Provider disconnected",
          metadata: { raw: "reset", provider_name: "x" },
        },
      }),
      { code: "HTTP_502", status: 502, message: "Provider disconnected", detail: "reset", retryable: true },
    ],
    ["an error that is only text", sse({ error: "model crashed" }), { message: "model crashed" }],
    [
      "an error on the choice",
      sse({ choices: [{ index: 0, delta: {}, error: { code: 429, message: "Slow down" } }] }),
      { code: "HTTP_429", status: 429, message: "Slow down", retryable: true },
    ],
    ["finish_reason error without an error", sse(delta({}, "error"), DONE), { code: "finish_error" }],
  ])("wire:B75 %s", (_title, tail, error) => {
    const step = foldText(sse(hi) + tail);
    expect(brief(step)).toMatchObject({ state: "failed", parts: [["text", "Hi"]] });
    expect(errorOf(step)).toMatchObject({ source: "provider", ...error });
  });

  it("reads nothing after an error", () => {
    const step = foldText(
      sse(hi, { error: { message: "no", type: "server_error" } }, delta({ content: "late" }), end),
    );
    expect([brief(step).parts, errorOf(step)?.message]).toEqual([[["text", "Hi"]], "no"]);
  });

  it("keeps the text that comes in the frame of the error", () => {
    expect(briefParts(foldText(sse(hi, { ...delta({ content: "!" }), error: { message: "no" } })))).toEqual([
      ["text", "Hi!"],
    ]);
  });

  it("takes error null and error {} for none", () => {
    expect(foldText(sse({ ...hi, error: null }, { ...end, error: {} }, DONE)).status.state).toBe("done");
  });
});

describe("error bodies", () => {
  it.each<readonly [string, number, unknown, Partial<RunError>]>([
    [
      "wire:B74 OpenRouter's 429 with a number for a code, less the account's name",
      429,
      {
        error: { message: "Provider returned error", code: 429, metadata: { raw: "try later" } },
        user_id: "user_1",
      },
      {
        code: "HTTP_429",
        status: 429,
        message: "Provider returned error",
        detail: "try later",
        retryable: true,
      },
    ],
    [
      "wire:B74 a string for a code",
      400,
      { error: { message: "too long", type: "invalid_request_error", code: "context_length_exceeded" } },
      { code: "context_length_exceeded", status: 400, retryable: false },
    ],
    [
      "the context is exceeded",
      400,
      {
        error: {
          code: 400,
          message: "too big",
          type: "exceed_context_size_error",
          n_prompt_tokens: 9000,
          n_ctx: 8192,
        },
      },
      {
        code: "exceed_context_size_error",
        detail: '{"n_prompt_tokens":9000,"n_ctx":8192}',
        retryable: false,
      },
    ],
    [
      "a list with the error in it",
      400,
      [{ error: { code: 400, message: "bad key", status: "INVALID" } }],
      { message: "bad key" },
    ],
    [
      "FastAPI's detail",
      422,
      { detail: [{ loc: ["body"], msg: "field required" }] },
      { message: "field required", status: 422 },
    ],
    [
      "vLLM's bare object",
      404,
      { object: "error", message: "no model x", code: 404 },
      { message: "no model x", code: "HTTP_404" },
    ],
  ])("%s", (_title, status, body, error) => {
    const step = foldText(JSON.stringify(body), { ...JSON_BODY, status });
    expect(errorOf(step)).toMatchObject({ source: "provider", ...error });
    expect(JSON.stringify(step)).not.toContain("user_1");
  });
});

/** The step without the times at which its bytes happened to come. */
function foldAtZero(text: string, options: FoldOptions = {}): Step {
  const events = readBytes(new TextEncoder().encode(text), options);
  return foldEvents(events.map(({ event }) => ({ at: 0, event })));
}

describe("bodies that are not a stream", () => {
  const message = { role: "assistant", content: "Oi", reasoning_content: "Hm" };
  const body = {
    id: "c1",
    model: "m",
    choices: [{ index: 0, message, finish_reason: "stop" }],
    usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
  };

  it("a JSON body for a stream request is read, with a note", () => {
    const step = foldText(JSON.stringify(body), { contentType: "application/json" });
    expect([brief(step), warningCodes(step)]).toEqual([
      {
        state: "done",
        parts: [
          ["reasoning", "Hm"],
          ["text", "Oi"],
        ],
        finish: { unified: "stop", raw: "stop" },
      },
      ["not-streamed"],
    ]);
  });

  it("folds to the same answer as a stream of the same", () => {
    const whole = foldAtZero(JSON.stringify(body), JSON_BODY);
    const streamed = foldAtZero(
      sse(
        { ...delta({ reasoning_content: "Hm" }), id: "c1", model: "m" },
        delta({ content: "Oi" }),
        { ...end, usage: body.usage },
        DONE,
      ),
    );
    expect({ ...whole, head: null }).toEqual({ ...streamed, head: null });
  });

  it("wire:B63 reads a body after blank lines and blanks", () => {
    expect(brief(foldText(`\n         \n\n${JSON.stringify(body)}`, JSON_BODY)).state).toBe("done");
  });

  it("JSON that is no chat completion is an error with its beginning", () => {
    expect(errorOf(foldText('{"status":"ok"}', JSON_BODY))).toMatchObject({
      code: "UNREADABLE_BODY",
      detail: '{"status":"ok"}',
    });
    expect(errorOf(foldText('{"choices":[', JSON_BODY))).toMatchObject({
      code: "UNREADABLE_BODY",
      message: "The reply is JSON that breaks off before any of the answer. Retry.",
    });
  });
});

describe("the reader of a stream's end", () => {
  it("wire:B69 no [DONE] after a finish reason is complete", () => {
    expect(brief(foldText(sse(hi, end)))).toEqual({
      state: "done",
      parts: [["text", "Hi"]],
      finish: { unified: "stop", raw: "stop" },
    });
  });

  it.each([
    ["wire:B82 no finish reason and no [DONE]", ""],
    ["no finish reason, with [DONE]", DONE],
    ["truncated JSON in the last event", 'data: {"choices":[{"delta":{"content":"lo'],
  ])("%s is truncated and keeps the text", (_title, tail) => {
    expect(brief(foldText(sse(hi) + tail))).toEqual({
      state: "truncated",
      parts: [["text", "Hi"]],
      finish: { unified: "truncated", raw: null },
    });
  });

  it("wire:B68 does not take the end of the bytes for the end of a call", () => {
    const call = calls(piece({ index: 0, id: "c", name: "f", args: '{"a":1}' }));
    expect(brief(foldText(sse(call)))).toEqual({
      state: "truncated",
      parts: [["call", "c", "f", '{"a":1}', "unfinished"]],
      finish: { unified: "truncated", raw: null },
    });
  });

  it("data after [DONE] is listed and not added", () => {
    const step = foldText(sse(hi, end, DONE, delta({ content: "late" }), DONE));
    expect([briefParts(step), warningCodes(step)]).toEqual([[["text", "Hi"]], ["data-after-end"]]);
  });

  it.each(["data: [done]\n\n", "data: [DONE] \n\n", "event: end\ndata: [DONE]\n\n"])(
    "%j does not end a stream",
    (variant) => {
      const step = foldText(sse(hi, variant, delta({ content: "!" }), end, DONE));
      expect([brief(step).state, briefParts(step), step.warnings.length]).toEqual([
        "done",
        [["text", "Hi!"]],
        1,
      ]);
    },
  );

  it("[DONE] inside content is content", () => {
    expect(briefParts(foldText(sse(delta({ content: "[DONE]" }), end, DONE)))).toEqual([["text", "[DONE]"]]);
  });

  it("an answer without anything in it is done, with a remark", () => {
    const step = foldText(sse(delta({ role: "assistant", content: "" }), end, DONE));
    expect([step.status.state, warningCodes(step)]).toEqual(["done", ["empty-answer"]]);
  });

  it("usage that is absent stays unknown, and usage after the finish counts", () => {
    expect(foldText(sse(hi, end, DONE)).usage).toBeNull();
    expect(foldText(sse(hi, end, { choices: [], usage: { prompt_tokens: 2 } }, DONE)).usage?.input).toBe(2);
  });
});

describe("the reader, at events that cannot be read,", () => {
  it("one malformed event is counted and the stream goes on", () => {
    const step = foldText(sse(hi, "data: {oops\n\n", delta({ content: "!" }), end, DONE));
    expect([brief(step).state, briefParts(step), warningCodes(step)]).toEqual([
      "done",
      [["text", "Hi!"]],
      ["unreadable-event"],
    ]);
  });

  it("any number of malformed events are left out, shown thrice and then counted", () => {
    const bad = "data: {oops\n\n";
    const step = foldText(
      sse(hi, ...Array.from({ length: 9 }, () => bad), delta({ content: "!" }), end, DONE),
    );
    expect([step.status.state, briefParts(step)]).toEqual(["done", [["text", "Hi!"]]]);
    const message = "An event is not JSON and was left out: {oops";
    expect(step.warnings).toEqual(
      [message, message, message, "6 more events are not JSON and were left out."].map((text) => ({
        code: "unreadable-event",
        message: text,
      })),
    );
  });

  it("a single malformed event beyond those is counted as one", () => {
    const step = foldText(sse(hi, ...Array.from({ length: 4 }, () => "data: {oops\n\n"), end, DONE));
    expect(step.warnings.at(-1)?.message).toBe("1 more event is not JSON and was left out.");
  });

  it("a stream in which nothing can be read is an error with its beginning", () => {
    for (const text of [sse("data: {oops\n\n", DONE), "data: ping\n\ndata: ping\n\n"]) {
      const step = foldText(text);
      expect(errorOf(step)).toMatchObject({
        code: "UNREADABLE_STREAM",
        detail: text.slice(6, text.indexOf("\n")),
      });
    }
  });

  it("a keep-alive amid a call does not spoil it", () => {
    const text = sse(
      calls(piece({ index: 0, id: "c", name: "pay", args: '{"euro":1' })),
      "data: ping\n\n",
      calls(piece({ index: 0, args: "0}" })),
      delta({}, "tool_calls"),
      DONE,
    );
    expect(briefParts(foldText(text))).toEqual([["call", "c", "pay", '{"euro":10}', "awaiting-result"]]);
  });

  it("a call that an unreadable event may have damaged is never run", () => {
    const text = sse(
      calls(piece({ index: 0, id: "c", name: "pay", args: '{"euro":1' })),
      "data: {oops\n\n",
      calls(piece({ index: 0, args: "0}" })),
      delta({}, "tool_calls"),
      DONE,
    );
    expect(briefParts(foldText(text))).toEqual([["call", "c", "pay", '{"euro":10}', "unfinished"]]);
  });

  it("wire:B53 leaves events of unknown names and unknown objects out", () => {
    const text = sse(
      'event: ping\ndata: {"type":"ping"}\n\n',
      "event: x\ndata: y\n\n",
      { object: "unknown" },
      hi,
      end,
      DONE,
    );
    expect([brief(foldText(text)).state, warningCodes(foldText(text))]).toEqual(["done", ["event-x"]]);
  });

  it("wire:B54 ignores padding and fields it does not know", () => {
    const text = `data: {"choices":[{"delta":{"content":"Hi"},"p":"ab"}],"obfuscation":"x1"   }\n\n${sse(end, DONE)}`;
    expect(briefParts(foldText(text))).toEqual([["text", "Hi"]]);
  });

  it("shows the first of several choices and says so once", () => {
    const other = { choices: [{ index: 1, delta: { content: "B" }, finish_reason: null }] };
    const step = foldText(sse(hi, other, other, end, DONE));
    expect([briefParts(step), warningCodes(step)]).toEqual([[["text", "Hi"]], ["more-choices"]]);
  });
});

describe("the reader of bytes and lines", () => {
  it("wire:B61 reads CRLF frames whose CR and LF come in different reads", () => {
    const text = sse(hi, end, DONE).replaceAll("\n", "\r\n");
    expect(brief(foldText(text, { size: 1 }))).toEqual(brief(foldText(sse(hi, end, DONE))));
  });

  it("wire:B62 takes comments between events for life and nothing else", () => {
    const comment = ": OPENROUTER PROCESSING\n\n";
    const text = sse(comment, delta({ reasoning: "Hm" }), comment, hi, comment, end, DONE);
    expect([briefParts(foldText(text)), foldText(text).warnings]).toEqual([
      [
        ["reasoning", "Hm"],
        ["text", "Hi"],
      ],
      [],
    ]);
  });

  it("wire:B76 reads keep-alive blank lines and pings", () => {
    expect(briefParts(foldText(sse("\n\n", ": keep-alive\n\n", ":\n\n", hi, "\n\n", end, DONE)))).toEqual([
      ["text", "Hi"],
    ]);
  });

  it("wire:B64 reads every spelling of the content type", () => {
    const types = [
      "text/event-stream",
      "text/event-stream; charset=utf-8",
      "Text/Event-Stream;charset=UTF-8",
    ];
    for (const contentType of types)
      expect(foldText(sse(hi, end, DONE), { contentType }).warnings).toEqual([]);
  });

  it("wire:B70 joins characters that are split over reads and over chunks", () => {
    const text = sse(
      delta({ content: "❤" }),
      delta({ content: "\uFE0F" }),
      delta({ content: "👩‍👩‍👧" }),
      end,
      DONE,
    );
    expect(briefParts(foldText(text, { size: 1 }))).toEqual([["text", "❤\uFE0F👩‍👩‍👧"]]);
  });

  it("wire:B71 reads escapes and raw characters alike", () => {
    const text = `data: {"choices":[{"delta":{"content":"Ol\\u00e1 á \\ud83d\\ude42"}}]}\n\n${sse(end, DONE)}`;
    expect(briefParts(foldText(text))).toEqual([["text", "Olá á 🙂"]]);
  });

  it("wire:B81 reads two events of one read and one event of many reads alike", () => {
    const text = sse(hi, delta({ content: "!" }), end, DONE);
    for (let size = 1; size < text.length; size += 1)
      expect(brief(foldText(text, { size }))).toEqual(brief(foldText(text)));
  });

  it("invalid UTF-8 is shown as U+FFFD with one warning", () => {
    const [before = "", after = ""] = sse(delta({ content: "a#b" }), end, DONE).split("#");
    const bytes = new Uint8Array([
      ...new TextEncoder().encode(before),
      0xff,
      0xfe,
      ...new TextEncoder().encode(after),
    ]);
    const step = foldEvents(readBytes(bytes, { size: 7 }));
    expect([briefParts(step), warningCodes(step)]).toEqual([[["text", "a\uFFFD\uFFFDb"]], ["invalid-utf8"]]);
  });

  it("takes a U+FFFD that the model wrote for text", () => {
    const step = foldText(sse(delta({ content: "a\uFFFDb" }), end, DONE), { size: 5 });
    expect([briefParts(step), warningCodes(step)]).toEqual([[["text", "a\uFFFDb"]], []]);
  });

  it("BOM before the stream is no part of it", () => {
    expect(briefParts(foldText(`\uFEFF${sse(hi, end, DONE)}`, { size: 1 }))).toEqual([["text", "Hi"]]);
  });

  it("NUL in content is kept", () => {
    expect(briefParts(foldText(sse(delta({ content: "a\0b" }), end, DONE)))).toEqual([["text", "a\0b"]]);
  });
});

describe("calls that servers number badly", () => {
  it("interleaved indexes fill their own calls", () => {
    const text = sse(
      calls(piece({ index: 0, id: "a", name: "f", args: '{"x":' })),
      calls(piece({ index: 1, id: "b", name: "g", args: '{"y":' })),
      calls(piece({ index: 0, args: "1}" })),
      calls(piece({ index: 1, args: "2}" })),
      delta({}, "tool_calls"),
      DONE,
    );
    expect(briefParts(foldText(text))).toEqual([
      ["call", "a", "f", '{"x":1}', "awaiting-result"],
      ["call", "b", "g", '{"y":2}', "awaiting-result"],
    ]);
  });

  it("arguments before the name wait for it", () => {
    const text = sse(
      calls(piece({ index: 0, id: "a", args: '{"x":' })),
      calls(piece({ index: 0, name: "f", args: "1}" })),
      delta({}, "tool_calls"),
      DONE,
    );
    expect(briefParts(foldText(text))).toEqual([["call", "a", "f", '{"x":1}', "awaiting-result"]]);
  });

  it("a call whose name never comes is shown without one", () => {
    const step = foldText(
      sse(calls(piece({ index: 0, id: "a", args: "{}" })), delta({}, "tool_calls"), DONE),
    );
    expect([briefParts(step), warningCodes(step)]).toEqual([
      [["call", "a", "", "{}", "awaiting-result"]],
      ["nameless-call"],
    ]);
  });

  it("a name that is repeated is set once", () => {
    const text = sse(
      calls(piece({ index: 0, id: "a", name: "f", args: '{"x"' })),
      calls(piece({ index: 0, id: "a", name: "f", args: ":1}" })),
      delta({}, "tool_calls"),
      DONE,
    );
    expect(briefParts(foldText(text))).toEqual([["call", "a", "f", '{"x":1}', "awaiting-result"]]);
  });

  it("a piece without index and id goes to the last call, one with an id to its own", () => {
    const text = sse(
      calls(piece({ id: "a", name: "f", args: "{" })),
      calls(piece({ id: "b", name: "g", args: "{" })),
      calls(piece({ args: "}" })),
      calls(piece({ id: "a", args: "}" })),
      delta({}, "tool_calls"),
      DONE,
    );
    expect(briefParts(foldText(text))).toEqual([
      ["call", "a", "f", "{}", "awaiting-result"],
      ["call", "b", "g", "{}", "awaiting-result"],
    ]);
  });

  it.each([["__proto__"], [-1], [0.5], [4294967294], [128], [true]])(
    "the index %j does not cost the call",
    (index) => {
      const step = foldText(sse(hi, calls(piece({ index, id: "a", name: "f", args: "{}" })), end, DONE));
      expect([briefParts(step), warningCodes(step)]).toEqual([
        [
          ["text", "Hi"],
          ["call", "a", "f", "{}", "awaiting-result"],
        ],
        [],
      ]);
      expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    },
  );

  it("arguments that could reach a prototype are never valid", () => {
    const args = '{"__proto__":{"polluted":1}}';
    const call = calls(piece({ index: 0, id: "__proto__", name: "constructor", args }));
    expect(briefParts(foldText(sse(call, delta({}, "tool_calls"), DONE)))).toEqual([
      ["call", "__proto__", "constructor", args, "invalid"],
    ]);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });
});
