/** One test for each oddity that servers of the Messages API were seen to send. */
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
  thinking,
} from "@/lib/providers/__fixtures__/fold-anthropic";
import { brief, briefParts, warningCodes } from "@/lib/providers/__fixtures__/fold-wire";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { Step } from "@/lib/stream/turn/turn";

const END = [stopReason("end_turn"), STOP];
const CALLED = { unified: "tool-calls", raw: "tool_use" };

function fold(...events: readonly (JsonObject | string)[]): Step {
  return foldAnthropic(anthropicSse(START, ...events));
}

describe("thinking", () => {
  it("wire:B52 appends empty deltas harmlessly and keeps the signature with its block", () => {
    const step = fold(
      begin(0, { type: "thinking", thinking: "", signature: "" }),
      grow(0, { type: "thinking_delta", thinking: "" }),
      grow(0, { type: "thinking_delta", thinking: "I look." }),
      grow(0, { type: "signature_delta", signature: "SIG" }),
      grow(0, { type: "signature_delta", signature: null }),
      halt(0),
      ...call(1, "toolu_1", "weather", "", '{"a"', ":1}"),
      stopReason("tool_use"),
      STOP,
    );
    expect(brief(step)).toEqual({
      state: "done",
      parts: [
        ["reasoning", "I look."],
        ["call", "toolu_1", "weather", '{"a":1}', "awaiting-result"],
      ],
      finish: CALLED,
    });
    expect(step.parts.map((part) => part.replay)).toEqual([[{ type: "thinking", signature: "SIG" }], []]);
  });

  it("keeps each of several signed blocks as a part of its own", () => {
    const step = fold(...thinking(0, "One.", "S1"), ...thinking(1, "Two.", "S2"), ...text(2, "Oi"), ...END);
    expect(step.parts.map(({ type, replay }) => [type, replay])).toEqual([
      ["reasoning", [{ type: "thinking", signature: "S1" }]],
      ["reasoning", [{ type: "thinking", signature: "S2" }]],
      ["text", []],
    ]);
  });

  it("shows redacted thinking as reasoning without text and keeps the whole block", () => {
    const block = { type: "redacted_thinking", data: "ENC" };
    const step = fold(begin(0, block), halt(0), ...text(1, "Oi"), ...END);
    expect([briefParts(step), step.parts[0]?.replay]).toEqual([
      [
        ["reasoning", ""],
        ["text", "Oi"],
      ],
      [block],
    ]);
  });

  it("shows a block whose text is withheld by its signature, and nothing for one without either", () => {
    const hidden = [begin(0, { type: "thinking", thinking: "", signature: "SIG" }), halt(0)];
    const empty = [begin(0, { type: "thinking", thinking: "" }), halt(0)];
    expect(briefParts(fold(...hidden, ...text(1, "Oi"), ...END))).toEqual([
      ["reasoning", ""],
      ["text", "Oi"],
    ]);
    expect(briefParts(fold(...empty, ...text(1, "Oi"), ...END))).toEqual([["text", "Oi"]]);
  });

  it("reads blocks that all stop at the end, with an empty signature after the calls", () => {
    const step = fold(
      begin(0, { type: "thinking", thinking: "" }),
      grow(0, { type: "thinking_delta", thinking: "Hm" }),
      begin(1, { type: "tool_use", id: "a", name: "f" }),
      grow(1, { type: "input_json_delta", partial_json: "{}" }),
      begin(2, { type: "tool_use", id: "b", name: "g" }),
      grow(2, { type: "input_json_delta", partial_json: "{}" }),
      grow(0, { type: "signature_delta", signature: "" }),
      halt(0),
      halt(1),
      halt(2),
      stopReason("tool_use"),
      STOP,
    );
    expect([brief(step), step.parts[0]?.replay]).toEqual([
      {
        state: "done",
        parts: [
          ["reasoning", "Hm"],
          ["call", "a", "f", "{}", "awaiting-result"],
          ["call", "b", "g", "{}", "awaiting-result"],
        ],
        finish: CALLED,
      },
      [],
    ]);
  });
});

describe("events and fields that are not known", () => {
  it("wire:B53 takes pings for life and leaves unknown events out, with one warning a type", () => {
    const ping = 'event: ping\ndata: {"type": "ping"}\n\n';
    const odd = { type: "message_mood", mood: "fine" };
    const step = fold(ping, odd, ...text(0, "O", "i"), ping, odd, ...END);
    expect([briefParts(step), warningCodes(step)]).toEqual([[["text", "Oi"]], ["event-message_mood"]]);
  });

  it("wire:B54 ignores padding inside JSON, and names a field that it does not know", () => {
    const step = foldAnthropic(
      anthropicSse(
        START,
        { ...begin(0, { type: "text", text: "", mood: 1 }), p: "abcdefg" },
        'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Oi"}       }\n\n',
        { ...halt(0), obfuscation: "xyz" },
        ...END,
      ),
    );
    expect([briefParts(step), warningCodes(step)]).toEqual([[["text", "Oi"]], ["field-text.mood"]]);
  });

  it("shows a block of an unknown type as received and reads on", () => {
    const step = fold(
      begin(0, { type: "hologram" }),
      grow(0, { type: "h_delta", h: 1 }),
      halt(0),
      ...text(1, "Oi"),
      ...END,
    );
    expect([briefParts(step), warningCodes(step)]).toEqual([
      [
        ["unknown", "hologram", { type: "hologram", deltas: [{ type: "h_delta", h: 1 }] }],
        ["text", "Oi"],
      ],
      [],
    ]);
  });

  it.each([null, -1, 1.5, "0", "__proto__", 1e30])("reads on where the index is %j", (index) => {
    const step = fold(
      begin(index, { type: "text", text: "" }),
      grow(index, { type: "text_delta", text: "Oi" }),
      halt(index),
      ...END,
    );
    expect(brief(step)).toEqual({
      state: "done",
      parts: [["text", "Oi"]],
      finish: { unified: "stop", raw: "end_turn" },
    });
  });

  it("loses no text of a block whose start is missing", () => {
    const step = fold(
      grow(0, { type: "thinking_delta", thinking: "Hm" }),
      grow(1, { type: "text_delta", text: "Oi" }),
      grow(2, { type: "input_json_delta", partial_json: "{}" }),
      ...END,
    );
    expect([briefParts(step), warningCodes(step)]).toEqual([
      [
        ["reasoning", "Hm"],
        ["text", "Oi"],
      ],
      ["delta-input_json_delta"],
    ]);
  });
});

describe("the reader of calls that the provider runs", () => {
  const asked = [
    begin(0, { type: "server_tool_use", id: "srv_1", name: "web_search", input: {} }),
    grow(0, { type: "input_json_delta", partial_json: '{"query":' }),
    grow(0, { type: "input_json_delta", partial_json: '"Tokyo"}' }),
    halt(0),
  ];
  const found = {
    type: "web_search_result",
    url: "https://a.example/",
    title: "A",
    encrypted_content: "ENC",
  };
  const result = { type: "web_search_tool_result", tool_use_id: "srv_1", content: [found] };

  it("wire:B55 reads a result that comes whole, joins text blocks and keeps their citations", () => {
    const citation = {
      type: "web_search_result_location",
      cited_text: "so many",
      url: "https://a.example/",
      title: "A",
      encrypted_index: "IDX",
    };
    const step = fold(
      ...asked,
      begin(1, result),
      halt(1),
      ...text(2, "Tokyo has "),
      begin(3, { type: "text", text: "", citations: [] }),
      grow(3, { type: "citations_delta", citation }),
      grow(3, { type: "text_delta", text: "14 million" }),
      halt(3),
      ...text(4, " people."),
      ...END,
    );
    expect(step.parts).toEqual([
      expect.objectContaining({
        type: "provider-call",
        callId: "srv_1",
        name: "web_search",
        input: '{"query":"Tokyo"}',
        status: {
          state: "done",
          outcome: { output: null, sources: [{ url: "https://a.example/", title: "A" }], error: null },
        },
        replay: [
          { type: "server_tool_use", id: "srv_1", name: "web_search", input: { query: "Tokyo" } },
          result,
        ],
      }),
      expect.objectContaining({
        type: "text",
        text: "Tokyo has 14 million people.",
        citations: [{ url: "https://a.example/", title: "A", quote: "so many", start: 10, end: 20 }],
        replay: [{ type: "citations", start: 10, end: 20, citations: [citation] }],
      }),
    ]);
    expect(step.finish).toEqual({ unified: "stop", raw: "end_turn" });
  });

  it("wire:B56 needs no result from here for them", () => {
    const step = fold(...asked, begin(1, result), halt(1), ...text(2, "Oi"), ...END);
    expect(brief(step)).toEqual({
      state: "done",
      parts: [
        ["provider-call", "srv_1", "web_search", '{"query":"Tokyo"}', "done"],
        ["text", "Oi"],
      ],
      finish: { unified: "stop", raw: "end_turn" },
    });
  });

  it.each([
    [
      { type: "web_search_tool_result_error", error_code: "max_uses_exceeded" },
      "web_search",
      null,
      "max_uses_exceeded",
    ],
    [
      { type: "code_execution_result", stdout: "5\n", stderr: "", return_code: 0, content: [] },
      "code_execution",
      "5\n",
      null,
    ],
    ["plain words", "mcp", "plain words", null],
  ])("shows the outcome of %j", (content, name, output, error) => {
    const step = fold(
      ...asked,
      begin(1, { type: `${name}_tool_result`, tool_use_id: "srv_1", content }),
      halt(1),
      ...END,
    );
    expect(step.parts[0]).toMatchObject({
      status: { state: "done", outcome: { output, error, sources: [] } },
    });
  });

  it("says so where the step ended before the result, and shows a result without its call", () => {
    expect(brief(fold(...asked, ...END)).parts).toEqual([
      ["provider-call", "srv_1", "web_search", '{"query":"Tokyo"}', "unfinished"],
    ]);
    const lone = fold(begin(0, result), halt(0), ...END);
    expect([briefParts(lone), warningCodes(lone)]).toEqual([
      [["provider-call", "srv_1", "web_search", "", "done"]],
      ["lone-result"],
    ]);
  });
});

describe("the reader of an ending", () => {
  it("wire:B68 counts the end of the bytes as an end only after a stop reason", () => {
    expect(brief(fold(...text(0, "Oi"), stopReason("end_turn")))).toEqual({
      state: "done",
      parts: [["text", "Oi"]],
      finish: { unified: "stop", raw: "end_turn" },
    });
    expect(brief(fold(...text(0, "Oi")))).toEqual({
      state: "truncated",
      parts: [["text", "Oi"]],
      finish: { unified: "truncated", raw: null },
    });
  });

  it.each([
    ["end_turn", "stop"],
    ["stop_sequence", "stop"],
    ["pause_turn", "stop"],
    ["tool_use", "tool-calls"],
    ["max_tokens", "length"],
    ["model_context_window_exceeded", "length"],
    ["refusal", "content-filter"],
    ["bored", "unknown"],
  ])("reads the stop reason %s as %s", (raw, unified) => {
    expect(fold(...text(0, "Oi"), stopReason(raw), STOP).finish).toEqual({ unified, raw });
  });

  it("says why the provider refused, where it tells", () => {
    const delta = { stop_reason: "refusal", stop_details: { type: "refusal", explanation: "Not this." } };
    const step = fold(...text(0, "Oi"), { type: "message_delta", delta }, STOP);
    expect(step.warnings).toEqual([{ code: "stop-refusal", message: "Not this." }]);
  });

  it("wire:B75 fails with the provider's words at an error event and keeps the text", () => {
    const error = { type: "error", error: { type: "overloaded_error", message: "Overloaded" } };
    expect(fold(...text(0, "Oi"), error)).toMatchObject({
      status: {
        state: "failed",
        error: { code: "overloaded_error", message: "Overloaded", retryable: true },
      },
      parts: [{ type: "text", text: "Oi" }],
    });
  });
});

describe("usage", () => {
  it("takes the last count of each field, and null for no count", () => {
    const late = { ...stopReason("end_turn", 30), usage: { output_tokens: 30, input_tokens: null } };
    expect(fold(...text(0, "Oi"), late, STOP).usage).toEqual({
      input: 10,
      output: 30,
      total: null,
      reasoning: null,
      cached: 4,
    });
    expect(
      foldMessage({ content: [{ type: "text", text: "Oi" }], stop_reason: "end_turn", usage: null }).usage,
    ).toBeNull();
  });

  it("reads thinking tokens where they are told apart", () => {
    const usage = { output_tokens: 30, output_tokens_details: { thinking_tokens: 12 } };
    const late = { ...stopReason("end_turn"), usage };
    expect(fold(...text(0, "Oi"), late, STOP).usage).toMatchObject({ output: 30, reasoning: 12 });
  });
});

describe("a message that comes whole", () => {
  it("gives the same parts as a stream, with sorted arguments", () => {
    const step = foldMessage({
      id: "msg_1",
      type: "message",
      role: "assistant",
      model: "claude-test",
      content: [
        { type: "thinking", thinking: "Hm", signature: "SIG" },
        { type: "text", text: "I look." },
        { type: "tool_use", id: "a", name: "f", input: { b: 1, a: [{ d: 1, c: 2 }] } },
        { type: "tool_use", id: "b", name: "g", input: {} },
      ],
      stop_reason: "tool_use",
      usage: { input_tokens: 3, output_tokens: 4, cache_read_input_tokens: 0 },
    });
    expect([step.responseId, step.responseModel, brief(step), step.usage]).toEqual([
      "msg_1",
      "claude-test",
      {
        state: "done",
        parts: [
          ["reasoning", "Hm"],
          ["text", "I look."],
          ["call", "a", "f", '{"a":[{"c":2,"d":1}],"b":1}', "awaiting-result"],
          ["call", "b", "g", "{}", "awaiting-result"],
        ],
        finish: CALLED,
      },
      { input: 3, output: 4, total: null, reasoning: null, cached: 0 },
    ]);
    expect(step.parts[0]?.replay).toEqual([{ type: "thinking", signature: "SIG" }]);
  });

  it("takes a call without arguments in a stream for one with none", () => {
    const step = fold(...call(0, "a", "now"), stopReason("tool_use"), STOP);
    expect([briefParts(step), step.parts[0]]).toEqual([
      [["call", "a", "now", "", "awaiting-result"]],
      expect.objectContaining({ status: { state: "awaiting-result", args: { valid: true, value: {} } } }),
    ]);
  });
});
