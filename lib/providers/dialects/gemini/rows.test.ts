/** One test for each oddity that Gemini's own API was seen to send. */
import { describe, expect, it } from "vitest";

import {
  call,
  chunk,
  finish,
  foldGemini,
  foldGeminiBody,
  geminiSse,
  replays,
  textPart,
  think,
} from "@/lib/providers/__fixtures__/fold-gemini";
import { brief, briefParts, foldWire, warningCodes } from "@/lib/providers/__fixtures__/fold-wire";

import { openGemini } from "./reader";

const STOPPED = { unified: "stop", raw: "STOP" };
const CALLED = { unified: "tool-calls", raw: "STOP" };
const end = finish("STOP");
const called = (id: string | null, name: string, input: string) => [
  "call",
  id,
  name,
  input,
  "awaiting-result",
];

function usage(counts: Record<string, number | null>): { readonly usageMetadata: typeof counts } {
  return { usageMetadata: counts };
}

describe("usage", () => {
  it("wire:B10 replaces cumulative counts field by field, also where the prompt's jumps at the end", () => {
    const step = foldGemini(
      geminiSse(
        {
          ...chunk([textPart("The sum")]),
          ...usage({
            promptTokenCount: 211,
            candidatesTokenCount: 18,
            totalTokenCount: 249,
            thoughtsTokenCount: 20,
          }),
        },
        {
          ...chunk([textPart(".")]),
          ...usage({ promptTokenCount: 211, candidatesTokenCount: 19, totalTokenCount: 250 }),
        },
        {
          ...finish("STOP"),
          ...usage({ promptTokenCount: 646, candidatesTokenCount: 19, totalTokenCount: 685 }),
        },
      ),
    );
    expect(step.usage).toEqual({ input: 646, output: 19, total: 685, reasoning: 20, cached: null });
  });

  it("wire:B9 wire:B11 never takes null for zero, and keeps the output without the thoughts as reported", () => {
    const step = foldGemini(
      geminiSse(
        {
          ...chunk([textPart("a")]),
          ...usage({
            promptTokenCount: 5,
            candidatesTokenCount: 2,
            thoughtsTokenCount: 30,
            totalTokenCount: 37,
          }),
        },
        {
          ...end,
          ...usage({ promptTokenCount: null, candidatesTokenCount: null, thoughtsTokenCount: null }),
        },
      ),
    );
    expect(step.usage).toEqual({ input: 5, output: 2, total: 37, reasoning: 30, cached: null });
  });

  it("wire:B9 knows nothing where Vertex sends only its kind of traffic", () => {
    const early = { ...chunk([textPart("a")]), usageMetadata: { trafficType: "ON_DEMAND" } };
    expect(foldGemini(geminiSse(early, end)).usage).toBeNull();
  });

  it("wire:B44 counts thoughts that were billed and never shown", () => {
    const step = foldGemini(
      geminiSse({ ...chunk([textPart("a")]), ...usage({ thoughtsTokenCount: 64 }) }, end),
    );
    expect([briefParts(step), step.usage?.reasoning]).toEqual([[["text", "a"]], 64]);
  });
});

describe("the reader of calls", () => {
  it("wire:B25 tells calls without ids apart, also two of the same", () => {
    const step = foldGemini(
      geminiSse(chunk([call("add", { a: 2 }), call("add", { a: 2 })], { finishReason: "STOP" })),
    );
    expect(brief(step)).toEqual({
      state: "done",
      parts: [called(null, "add", '{"a":2}'), called(null, "add", '{"a":2}')],
      finish: CALLED,
    });
    expect(new Set(step.parts.map(({ id }) => id)).size).toBe(2);
  });

  it("wire:B26 wire:B24 keeps ids as they are, odd and repeated ones too", () => {
    const ids = ["8hd01vsf", "__proto__", "functions.add:0", "8hd01vsf"];
    const step = foldGemini(geminiSse(chunk(ids.map((id) => call("f", {}, { id }))), end));
    expect(briefParts(step)).toEqual(ids.map((id) => called(id, "f", "{}")));
    expect(warningCodes(step)).toEqual(["duplicate-call-id"]);
  });

  it("wire:B29 wire:B30 writes arguments, which come as an object, as text with sorted keys", () => {
    const args = { b: [{ d: 1, c: 2 }], a: "ä" };
    expect(briefParts(foldGemini(geminiSse(chunk([call("f", args)]), end)))).toEqual([
      called(null, "f", '{"a":"ä","b":[{"c":2,"d":1}]}'),
    ]);
  });

  it.each([
    ["absent", { functionCall: { name: "f" } }, ""],
    ["null", call("f", null), ""],
    ["an empty object", call("f", {}), "{}"],
  ])("wire:B32 takes arguments that are %s for none", (_how, part, input) => {
    const step = foldGemini(geminiSse(chunk([part]), end));
    expect(step.parts.map((each) => each.type === "tool-call" && [each.input, each.status])).toEqual([
      [input, { state: "awaiting-result", args: { valid: true, value: {} } }],
    ]);
  });

  it("wire:B57 takes STOP for tool calls where there is one", () => {
    const step = foldGemini(
      geminiSse(chunk([call("f", {})], { finishReason: "STOP", finishMessage: "Model generated calls." })),
    );
    expect([step.finish, warningCodes(step)]).toEqual([CALLED, []]);
  });

  it("wire:B60 makes one part of each call, in one chunk or in two", () => {
    const [one, two] = [call("add", { a: 2 }, { signature: "S" }), call("multiply", { a: 2 })];
    const together = foldGemini(geminiSse(chunk([one, two]), end));
    const apart = foldGemini(geminiSse(chunk([one]), chunk([two]), end));
    expect(briefParts(together)).toEqual([
      called(null, "add", '{"a":2}'),
      called(null, "multiply", '{"a":2}'),
    ]);
    expect([briefParts(apart), replays(apart)]).toEqual([briefParts(together), replays(together)]);
    expect(replays(apart)).toEqual([[{ thoughtSignature: "S" }], []]);
  });

  it("wire:B34 wire:B35 wire:B36 keeps thoughts, text and calls in their order", () => {
    const step = foldGemini(
      geminiSse(
        chunk([think("Hm"), textPart("I add"), call("add", {})]),
        chunk([think("Well")]),
        chunk([textPart("Done.")]),
        end,
      ),
    );
    expect(briefParts(step)).toEqual([
      ["reasoning", "Hm"],
      ["text", "I add"],
      called(null, "add", "{}"),
      ["reasoning", "Well"],
      ["text", "Done."],
    ]);
  });
});

describe("the reader of signatures and empty chunks", () => {
  it("wire:B58 reads a last chunk without parts, without content and without candidates", () => {
    const answer = { state: "done", parts: [["text", "a"]], finish: STOPPED };
    const endings = [
      finish("STOP"),
      { candidates: [{ finishReason: "STOP" }] },
      chunk([], { finishReason: "STOP" }),
    ];
    for (const ending of endings) {
      const step = foldGemini(
        geminiSse(chunk([textPart("a")]), ending, { usageMetadata: null }, { candidates: [] }),
      );
      expect(brief(step)).toEqual(answer);
    }
  });

  it("wire:B59 keeps a signature on a trailing empty text where it came", () => {
    const step = foldGemini(
      geminiSse(
        chunk([textPart("It is 6")]),
        chunk([textPart(".")]),
        chunk([textPart("", "S2")], { finishReason: "STOP" }),
      ),
    );
    expect(brief(step)).toEqual({ state: "done", parts: [["text", "It is 6."]], finish: STOPPED });
    expect(replays(step)).toEqual([[{ thoughtSignature: "S2", start: 8, end: 8 }]]);
  });

  it("wire:B59 tells which piece of a text was signed", () => {
    const step = foldGemini(
      geminiSse(chunk([textPart("ab")]), chunk([textPart("cd", "S")]), chunk([textPart("e")]), end),
    );
    expect(briefParts(step)).toEqual([["text", "abcde"]]);
    expect(replays(step)).toEqual([[{ thoughtSignature: "S", start: 2, end: 4 }]]);
  });

  it("wire:B59 opens no empty text for a signature after a call", () => {
    const step = foldGemini(
      geminiSse(chunk([call("f", {}, { signature: "S1" })]), chunk([textPart("", "S2")]), end),
    );
    expect(briefParts(step)).toEqual([called(null, "f", "{}")]);
    expect(replays(step)).toEqual([[{ thoughtSignature: "S1" }, { text: "", thoughtSignature: "S2" }]]);
  });

  it("wire:B43 gives thoughts that only a signature tells of a part without text", () => {
    const step = foldGemini(geminiSse(chunk([{ thoughtSignature: "S" }]), chunk([textPart("a")]), end));
    expect(briefParts(step)).toEqual([
      ["reasoning", ""],
      ["text", "a"],
    ]);
    expect(replays(step)).toEqual([[{ thoughtSignature: "S", text: "" }], []]);
  });

  it("wire:B38 keeps white space, and opens nothing for empty text", () => {
    const step = foldGemini(
      geminiSse(chunk([textPart("")]), chunk([textPart("\n")]), chunk([call("f", {}), textPart("")]), end),
    );
    expect(briefParts(step)).toEqual([["text", "\n"], called(null, "f", "{}")]);
  });
});

const identity = (responseId: string, modelVersion: string) => ({ responseId, modelVersion });

describe("the reader of bytes, frames and the end", () => {
  const stream = geminiSse(chunk([think("Hm")]), chunk([textPart("Olá 🙂")]), end);
  const whole = brief(foldGemini(stream));

  it("wire:B61 wire:B81 reads CRLF frames whose CR and LF come in different reads", () => {
    for (const size of [1, 2, 3, 7, 64]) expect(brief(foldGemini(stream, { size }))).toEqual(whole);
    expect(whole.parts).toEqual([
      ["reasoning", "Hm"],
      ["text", "Olá 🙂"],
    ]);
  });

  it("wire:B68 wire:B82 takes the end of the bytes for the end of the answer only after a finish reason", () => {
    const cut = geminiSse(chunk([textPart("The")]), chunk([call("f", { a: 1 })]));
    expect(brief(foldGemini(cut))).toEqual({
      state: "truncated",
      parts: [
        ["text", "The"],
        ["call", null, "f", '{"a":1}', "unfinished"],
      ],
      finish: { unified: "truncated", raw: null },
    });
    expect(brief(foldGemini(cut + geminiSse(end))).state).toBe("done");
  });

  it("wire:B5 reads what comes after the finish reason", () => {
    const step = foldGemini(
      geminiSse(
        chunk([textPart("a")], { finishReason: "STOP" }),
        chunk([textPart("b")]),
        finish("MAX_TOKENS"),
      ),
    );
    expect(brief(step)).toEqual({ state: "done", parts: [["text", "ab"]], finish: STOPPED });
  });

  it("wire:B53 wire:B54 names unknown fields of events and parts, and reads on", () => {
    const noisy = geminiSse(
      'event: telepathy\r\ndata: {"wave":1}\r\n\r\n',
      {
        ...chunk([{ ...textPart("a"), mood: "fine", partMetadata: {} }], { avgLogprobs: -0.1 }),
        createTime: "2026",
      },
      { kind: "unknown" },
      end,
    );
    expect([brief(foldGemini(noisy)), warningCodes(foldGemini(noisy))]).toEqual([
      { state: "done", parts: [["text", "a"]], finish: STOPPED },
      ["field-chunk.wave", "field-part.mood", "field-chunk.kind"],
    ]);
  });

  it("wire:B66 wire:B83 keeps the first id and the name of the model that served", () => {
    const step = foldGemini(
      geminiSse(
        { ...chunk([textPart("a")]), ...identity("", "") },
        { ...chunk([textPart("b")]), ...identity("r1", "gemini-3.1-pro-preview") },
        { ...end, ...identity("r2", "gemini-9") },
      ),
    );
    expect([step.responseId, step.responseModel, step.request.model]).toEqual([
      "r1",
      "gemini-3.1-pro-preview",
      "asked-for",
    ]);
    expect(briefParts(step)).toEqual([["text", "ab"]]);
  });

  it("wire:B71 reads escapes and raw characters alike", () => {
    const escaped =
      'data: {"candidates":[{"content":{"parts":[{"text":"Ol\\u00e1 \\ud83d\\ude42"}]},"finishReason":"STOP"}]}\r\n\r\n';
    expect(briefParts(foldGemini(escaped))).toEqual([["text", "Olá 🙂"]]);
  });

  it("wire:B63 wire:B64 reads a whole body after blank lines, whatever its content type is called", () => {
    const body = JSON.stringify(chunk([think("Hm"), textPart("Oi")], { finishReason: "STOP" }));
    for (const contentType of ["application/json", "application/json; charset=UTF-8", "text/plain"]) {
      const step = foldWire(openGemini(), `\n\n  ${body}`, { contentType, isStreamed: false });
      expect(brief(step)).toEqual({
        state: "done",
        parts: [
          ["reasoning", "Hm"],
          ["text", "Oi"],
        ],
        finish: STOPPED,
      });
    }
  });

  it("reads the list of chunks that a stream is when it is not asked for as events", () => {
    const step = foldGeminiBody([chunk([textPart("a")]), chunk([textPart("b"), call("f", {})]), end]);
    expect(brief(step)).toEqual({
      state: "done",
      parts: [["text", "ab"], called(null, "f", "{}")],
      finish: CALLED,
    });
  });
});
