/** One test for each oddity that chat servers were seen to send. */
import { describe, expect, it } from "vitest";

import { calls, delta, DONE, foldText, piece } from "@/lib/providers/__fixtures__/fold-chat";
import { brief, briefParts, sse, warningCodes } from "@/lib/providers/__fixtures__/fold-wire";
import type { JsonObject } from "@/lib/stream/turn/json";

const STOP = { unified: "stop", raw: "stop" };
const CALLED = { unified: "tool-calls", raw: "tool_calls" };
const end = delta({}, "stop");
const endCalls = delta({}, "tool_calls");
const usage = (input: number, output: number): { [key: string]: number } => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
});
const counted = (input: number, output: number) => ({
  input,
  output,
  total: input + output,
  reasoning: null,
  cached: null,
});

const charged = (cost: JsonObject) =>
  foldText(sse(delta({ content: "a" }), { ...delta({}, "stop"), usage: { ...usage(1, 1), ...cost } }, DONE));

const sent = (id: string, text: string) => ({ ...delta({ content: text }), id, created: text.length });
const statusOf = (args: string) => {
  const [part] = foldText(sse(calls(piece({ index: 0, id: "c", name: "f", args })), endCalls, DONE)).parts;
  return part?.type === "tool-call" ? part.status : null;
};
const callOf = (id: string, index = 0) => calls(piece({ index, id, name: "f", args: "{}" }));
const called = (id: string) => ["call", id, "f", "{}", "awaiting-result"];
const thought = (text: string) => delta({ reasoning: text });
const detail = (words: string, more: object = {}) => ({
  type: "reasoning.text",
  text: words,
  index: 0,
  ...more,
});
const summary = (words: string, index: number) => ({ type: "reasoning.summary", summary: words, index });

describe("the reader of identity, usage and chunks without a choice", () => {
  it("wire:B1 reads usage from a chunk with no choices", () => {
    const step = foldText(sse(delta({ content: "Oi" }), end, { choices: [], usage: usage(3, 1) }, DONE));
    expect(brief(step)).toEqual({ state: "done", parts: [["text", "Oi"]], finish: STOP });
    expect(step.usage).toEqual(counted(3, 1));
  });

  it("wire:B2 takes id and model from the first chunk that has them", () => {
    const empty = { choices: [], id: "", model: "", object: "", created: 0, prompt_filter_results: [] };
    const step = foldText(
      sse(empty, { ...delta({ content: "a" }), id: "c1", model: "gpt-5-mini-2025" }, end),
    );
    expect([step.responseId, step.responseModel]).toEqual(["c1", "gpt-5-mini-2025"]);
  });

  it("wire:B3 reads finish and usage from one chunk", () => {
    const step = foldText(sse(delta({ content: "a" }), { ...end, usage: usage(5, 2) }, DONE));
    expect([step.finish, step.usage]).toEqual([STOP, counted(5, 2)]);
  });

  it("wire:B4 keeps the first finish where it is repeated on the usage chunk", () => {
    const step = foldText(
      sse(delta({ content: "a" }), end, { ...delta({}, "length"), usage: usage(5, 2) }, DONE),
    );
    expect([step.finish, step.usage]).toEqual([STOP, counted(5, 2)]);
  });

  it("wire:B5 reads payload that comes after the finish", () => {
    const late = calls(piece({ index: 0, id: "a", name: "f", args: "{}" }));
    const step = foldText(sse(delta({ content: "a" }), end, delta({ content: "b" }), late, end, end, DONE));
    expect(brief(step)).toEqual({
      state: "done",
      parts: [
        ["text", "ab"],
        ["call", "a", "f", "{}", "awaiting-result"],
      ],
      finish: { unified: "tool-calls", raw: "stop" },
    });
  });

  it("wire:B6 means tool calls wherever there is a call, whatever the finishes say", () => {
    const call = calls(piece({ index: 0, id: "a", name: "f", args: "{}" }));
    expect(foldText(sse(call, endCalls, end, DONE)).finish).toEqual(CALLED);
    expect(foldText(sse(call, end, endCalls, DONE)).finish).toEqual({ unified: "tool-calls", raw: "stop" });
  });

  it("wire:B7 reads the payload of the finish chunk before its finish", () => {
    const all = delta(
      { reasoning: "r", content: "t", tool_calls: [piece({ index: 0, id: "a", name: "f", args: "{}" })] },
      "tool_calls",
    );
    expect(brief(foldText(sse(all, DONE)))).toEqual({
      state: "done",
      parts: [
        ["reasoning", "r"],
        ["text", "t"],
        ["call", "a", "f", "{}", "awaiting-result"],
      ],
      finish: CALLED,
    });
  });

  it("wire:B8 lets the last of three usage reports win and adds none up", () => {
    const first = { ...end, x_groq: { usage: usage(1, 1) }, usage: usage(2, 2) };
    const step = foldText(sse(delta({ content: "a" }), first, { choices: [], usage: usage(3, 3) }, DONE));
    expect(step.usage).toEqual(counted(3, 3));
  });

  it("wire:B9 never takes null for zero", () => {
    const step = foldText(sse({ ...delta({ content: "a" }), usage: null }, { ...end, usage: null }, DONE));
    expect(step.usage).toBeNull();
  });

  it("wire:B10 replaces cumulative usage field by field where the report says something", () => {
    const early = { ...delta({ content: "a" }), usage: usage(211, 1) };
    const last = { choices: [], usage: { prompt_tokens: 646, completion_tokens: 9, total_tokens: null } };
    expect(foldText(sse(early, end, last, DONE)).usage).toEqual({ ...counted(646, 9), total: 212 });
  });

  it("wire:B11 keeps output as reported, with or without reasoning in it", () => {
    const report = { ...usage(10, 5), total_tokens: 22, completion_tokens_details: { reasoning_tokens: 7 } };
    expect(foldText(sse(delta({ content: "a" }), { ...end, usage: report }, DONE)).usage).toEqual({
      input: 10,
      output: 5,
      total: 22,
      reasoning: 7,
      cached: null,
    });
  });

  it("wire:B66 reads on when id and creation time change inside a stream", () => {
    const step = foldText(sse(sent("one", "a"), sent("two", "bc"), end, DONE));
    expect([step.responseId, briefParts(step)]).toEqual(["one", [["text", "abc"]]]);
  });

  it("wire:B67 reads chunks that leave keys out instead of sending null", () => {
    const bare = { choices: [{ delta: { content: "a" } }] };
    const last = { choices: [{ delta: {}, finish_reason: "stop" }] };
    expect(brief(foldText(sse(bare, last, DONE)))).toEqual({
      state: "done",
      parts: [["text", "a"]],
      finish: STOP,
    });
  });

  it.each([
    ["a number", { cost: 0.0003396 }, 0.0003396],
    ["nothing", { cost: 0 }, 0],
    ["a number as text", { cost: "0.00159375" }, 0.00159375],
    ["ticks", { cost_in_usd_ticks: 2_279_400 }, 0.00022794],
    ["dollars beside ticks", { cost: 0.5, cost_in_usd_ticks: 1 }, 0.5],
    ["ticks beside null", { cost: null, cost_in_usd_ticks: 20_000_000_000 }, 2],
  ])("wire:B72 reads a cost in US dollars from %s, and the counts beside it", (_, cost, usd) => {
    const step = charged(cost);
    expect([step.costUsd, step.usage, step.warnings]).toEqual([usd, counted(1, 1), []]);
  });

  it.each([
    ["null", { cost: null }],
    ["less than 0", { cost: -0.01, cost_in_usd_ticks: -1 }],
    ["in words", { cost: "free", cost_in_usd_ticks: "many" }],
    ["an object", { cost: { total_cost: 1 } }],
    ["absent", {}],
  ])("wire:B72 knows no cost where it is %s, and reads the counts beside it", (_, cost) => {
    const step = charged(cost);
    expect([step.costUsd, step.usage, step.warnings]).toEqual([null, counted(1, 1), []]);
  });

  it("wire:B72 ignores a cost that is too large for a number", () => {
    const chunk = `data: {"choices":[],"usage":{"cost":1e999,"prompt_tokens":1}}\n\n`;
    expect(foldText(sse(delta({ content: "a" }), end, chunk, DONE)).costUsd).toBeNull();
  });

  it("wire:B72 keeps the last cost of an answer, and one that has no counts beside it", () => {
    const early = { ...delta({ content: "a" }), usage: { ...usage(1, 1), cost: 0.001 } };
    const late = { choices: [], usage: { cost: 0.002 } };
    const none = { choices: [], usage: { ...usage(1, 2), cost: null } };
    expect(foldText(sse(early, end, late, none, DONE)).costUsd).toBe(0.002);
  });

  it("wire:B72 reads the cost of an answer that was not streamed", () => {
    const body = {
      choices: [{ index: 0, message: { role: "assistant", content: "a" }, finish_reason: "stop" }],
      usage: { ...usage(1, 1), cost: 0.25 },
    };
    expect(foldText(JSON.stringify(body), { contentType: "application/json" }).costUsd).toBe(0.25);
  });

  it("wire:B73 does not take failed attempts inside a success for an error", () => {
    const routing = { attempts: [{ provider: "a", success: false, error: "400", statusCode: 400 }] };
    const chunk = delta({ content: "a", provider_metadata: { gateway: { routing, cost: "0.1" } } });
    expect(brief(foldText(sse(chunk, end, DONE))).state).toBe("done");
  });

  it("wire:B78 finds usage in the choice and follows continuous usage", () => {
    const inChoice = { choices: [{ index: 0, delta: {}, finish_reason: "stop", usage: usage(4, 4) }] };
    const continuous = { ...delta({ content: "a" }), usage: usage(4, 1) };
    expect(foldText(sse(continuous, inChoice, DONE)).usage).toEqual(counted(4, 4));
  });

  it("wire:B83 keeps the model that the system says it used beside the one asked for", () => {
    const step = foldText(sse({ ...delta({ content: "a" }), model: "grok-3-mini-high" }, end, DONE));
    expect([step.request.model, step.responseModel]).toEqual(["asked-for", "grok-3-mini-high"]);
  });
});

describe("the reader of tool calls", () => {
  const weather = '{"location":"Florence"}';

  it("wire:B14 reads a whole call in the chunk that also carries the role", () => {
    const first = delta({
      role: "assistant",
      tool_calls: [piece({ index: 0, id: "c", name: "weather", args: weather })],
    });
    expect(brief(foldText(sse(first, endCalls, DONE)))).toEqual({
      state: "done",
      parts: [["call", "c", "weather", weather, "awaiting-result"]],
      finish: CALLED,
    });
  });

  it("wire:B15 joins a start without arguments and the arguments that follow", () => {
    const text = sse(
      calls(piece({ index: 0, id: "c", name: "weather", args: "" })),
      calls(piece({ index: 0, args: weather })),
      endCalls,
      DONE,
    );
    expect(briefParts(foldText(text))).toEqual([["call", "c", "weather", weather, "awaiting-result"]]);
  });

  it("wire:B16 appends empty argument chunks harmlessly", () => {
    const filler = calls(piece({ index: 0, args: "" }));
    const step = foldText(
      sse(
        calls(piece({ index: 0, id: "c", name: "weather", args: "" })),
        filler,
        filler,
        calls(piece({ index: 0, args: weather })),
        endCalls,
        DONE,
      ),
    );
    expect(step.parts.map((part) => part.deltas)).toEqual([1]);
  });

  it("wire:B17 joins arguments split at every token", () => {
    const fragments = ['{"', "location", '":"', "Flor", "ence", '"}'].map((args) =>
      calls(piece({ index: 0, args })),
    );
    const start = calls(piece({ index: 0, id: "c", name: "weather", args: "" }));
    expect(briefParts(foldText(sse(start, ...fragments, endCalls, DONE)))).toEqual([
      ["call", "c", "weather", weather, "awaiting-result"],
    ]);
  });

  it("wire:B18 reads a first delta without the arguments key", () => {
    const start = calls({ index: 0, id: "add:0", type: "function", function: { name: "add" } });
    expect(briefParts(foldText(sse(start, calls(piece({ index: 0, args: "{}" })), endCalls, DONE)))).toEqual([
      ["call", "add:0", "add", "{}", "awaiting-result"],
    ]);
  });

  it("wire:B19 ignores null ids and names on continuations", () => {
    const more = calls(piece({ index: 0, id: null, name: null, args: "{}" }));
    expect(
      briefParts(
        foldText(sse(calls(piece({ index: 0, id: "c", name: "f", args: null })), more, endCalls, DONE)),
      ),
    ).toEqual([["call", "c", "f", "{}", "awaiting-result"]]);
  });

  it("wire:B20 keeps the first name where the id is repeated with an empty one", () => {
    const more = calls(piece({ index: 0, id: "c", name: "", args: "{}" }));
    expect(
      briefParts(
        foldText(sse(calls(piece({ index: 0, id: "c", name: "f", args: "" })), more, endCalls, DONE)),
      ),
    ).toEqual([["call", "c", "f", "{}", "awaiting-result"]]);
  });

  it("wire:B21 orders calls by arrival, whatever their first index", () => {
    const text = sse(
      calls(piece({ index: 2, id: "b", name: "g", args: "{}" })),
      calls(piece({ index: 1, id: "a", name: "f", args: "{}" })),
      endCalls,
      DONE,
    );
    expect(briefParts(foldText(text))).toEqual([
      ["call", "b", "g", "{}", "awaiting-result"],
      ["call", "a", "f", "{}", "awaiting-result"],
    ]);
  });

  it("wire:B22 reads several calls of one delta", () => {
    const both = calls(
      piece({ index: 0, id: "a", name: "f", args: "{}" }),
      piece({ index: 1, id: "b", name: "g", args: "{}" }),
    );
    expect(briefParts(foldText(sse(both, endCalls, DONE)))).toEqual([
      ["call", "a", "f", "{}", "awaiting-result"],
      ["call", "b", "g", "{}", "awaiting-result"],
    ]);
  });

  it("wire:B23 opens a new call at a new id on a used index, and without any index", () => {
    for (const index of [{ index: 0 }, {}]) {
      const text = sse(
        calls(piece({ ...index, id: "a", name: "add", args: '{"a":2}' })),
        calls(piece({ ...index, id: "b", name: "multiply", args: '{"a":3}' })),
        endCalls,
        DONE,
      );
      expect(briefParts(foldText(text))).toEqual([
        ["call", "a", "add", '{"a":2}', "awaiting-result"],
        ["call", "b", "multiply", '{"a":3}', "awaiting-result"],
      ]);
    }
  });

  it("wire:B24 names parts by their place and not by ids that servers use again", () => {
    const step = foldText(
      sse(
        calls(piece({ index: 0, id: "functions.add:0", name: "add", args: '{"a":1}' })),
        calls(piece({ index: 1, id: "functions.add:0", name: "add", args: '{"a":2}' })),
        endCalls,
        DONE,
      ),
    );
    expect(new Set(step.parts.map((part) => part.id)).size).toBe(2);
    expect(warningCodes(step)).toEqual(["duplicate-call-id"]);
  });

  it("wire:B25 tells calls without ids apart", () => {
    const both = calls(piece({ name: "add", args: '{"a":2}' }), piece({ name: "add", args: '{"a":3}' }));
    expect(briefParts(foldText(sse(both, endCalls, DONE)))).toEqual([
      ["call", null, "add", '{"a":2}', "awaiting-result"],
      ["call", null, "add", '{"a":3}', "awaiting-result"],
    ]);
  });

  it("wire:B25 tells calls that share an index and have no ids apart", () => {
    const one = calls(piece({ index: 0, name: "add", args: '{"a":2}' }));
    const two = calls(piece({ index: 0, name: "multiply", args: '{"a":3}' }));
    expect(briefParts(foldText(sse(one, two, endCalls, DONE)))).toEqual([
      ["call", null, "add", '{"a":2}', "awaiting-result"],
      ["call", null, "multiply", '{"a":3}', "awaiting-result"],
    ]);
  });

  it("wire:B26 keeps odd ids as they are", () => {
    const ids = ["call_-7807…", "hPcIcHytXm0X9cfGbpOfqNyMYGnSU05b", "functions.add:0", "__proto__"];
    const text = sse(
      ...ids.map((id, index) => calls(piece({ index, id, name: "f", args: "{}" }))),
      endCalls,
      DONE,
    );
    expect(briefParts(foldText(text)).map((part) => part[1])).toEqual(ids);
  });

  it("wire:B27 takes tool_calls null for none", () => {
    expect(briefParts(foldText(sse(delta({ content: "a", tool_calls: null }), end, DONE)))).toEqual([
      ["text", "a"],
    ]);
  });

  it("wire:B28 reads calls of a whole body with and without an index", () => {
    for (const index of [{}, { index: 0 }]) {
      const message = {
        role: "assistant",
        content: null,
        tool_calls: [piece({ ...index, id: "c", name: "f", args: "{}" })],
      };
      const body = JSON.stringify({ choices: [{ index: 0, message, finish_reason: "tool_calls" }] });
      expect(brief(foldText(body, { contentType: "application/json", isStreamed: false }))).toEqual({
        state: "done",
        parts: [["call", "c", "f", "{}", "awaiting-result"]],
        finish: CALLED,
      });
    }
  });

  it("wire:B29 writes arguments that come as an object as text", () => {
    const call = calls(piece({ index: 0, id: "c", name: "f", args: { b: [{ d: 1, c: 2 }], a: "x" } }));
    expect(briefParts(foldText(sse(call, endCalls, DONE)))).toEqual([
      ["call", "c", "f", '{"a":"x","b":[{"c":2,"d":1}]}', "awaiting-result"],
    ]);
  });

  it("wire:B30 parses arguments, so that the order of their keys does not matter", () => {
    expect(statusOf('{"b":3,"a":2}')).toEqual(statusOf('{"a":2,"b":3}'));
  });

  it("wire:B31 does not finish a call whose arguments are valid before they are complete", () => {
    const text = sse(
      calls(piece({ index: 0, id: "c", name: "f", args: "{}" })),
      calls(piece({ index: 0, args: " " })),
      calls(piece({ index: 0, args: "\n" })),
    );
    expect(briefParts(foldText(text))).toEqual([["call", "c", "f", "{} \n", "unfinished"]]);
    expect(briefParts(foldText(text + sse(endCalls, DONE)))).toEqual([
      ["call", "c", "f", "{} \n", "awaiting-result"],
    ]);
  });

  it("wire:B32 reads empty arguments as {} and shows invalid ones as what they are", () => {
    const text = sse(
      calls(piece({ index: 0, id: "a", name: "f", args: "" })),
      calls(piece({ index: 1, id: "b", name: "g", args: '{"x":' })),
      endCalls,
      DONE,
    );
    const step = foldText(text);
    expect(briefParts(step)).toEqual([
      ["call", "a", "f", "", "awaiting-result"],
      ["call", "b", "g", '{"x":', "invalid"],
    ]);
    expect(step.parts[0]).toMatchObject({ status: { args: { valid: true, value: {} } } });
  });

  it("wire:B33 shows a name with control tokens as received and says so", () => {
    const name = "query<|channel|>commentary";
    const step = foldText(sse(calls(piece({ index: 0, id: "c", name, args: "{}" })), endCalls, DONE));
    expect([briefParts(step), warningCodes(step)]).toEqual([
      [["call", "c", name, "{}", "awaiting-result"]],
      ["odd-tool-name"],
    ]);
  });

  it("wire:B57 takes stop for tool calls where there is one", () => {
    const step = foldText(
      sse(calls(piece({ index: 0, id: "c", name: "f", args: "{}" })), delta({}, "STOP"), DONE),
    );
    expect(step.finish).toEqual({ unified: "tool-calls", raw: "STOP" });
  });

  it("wire:B79 infers tool calls where vLLM forgets the finish reason", () => {
    const call = calls(piece({ index: 0, id: "c", name: "f", args: "{}" }));
    expect(brief(foldText(sse(call, DONE)))).toEqual({
      state: "done",
      parts: [["call", "c", "f", "{}", "awaiting-result"]],
      finish: { unified: "tool-calls", raw: null },
    });
  });

  it("wire:B79 marks a call that the token limit cut, though the server says tool_calls", () => {
    const call = calls(piece({ index: 0, id: "c", name: "f", args: '{"a":"lon' }));
    expect(briefParts(foldText(sse(call, endCalls, DONE)))).toEqual([
      ["call", "c", "f", '{"a":"lon', "invalid"],
    ]);
  });

  it("reads a call in the form before tool_calls", () => {
    const text = sse(
      delta({ function_call: { name: "f" } }),
      delta({ function_call: { arguments: "{}" } }),
      delta({}, "function_call"),
      DONE,
    );
    expect(brief(foldText(text))).toEqual({
      state: "done",
      parts: [["call", null, "f", "{}", "awaiting-result"]],
      finish: { unified: "tool-calls", raw: "function_call" },
    });
  });

  it("keeps Gemini's thought signature with its call", () => {
    const extra = { google: { thought_signature: "sig" } };
    const call = { ...piece({ index: 0, id: "c", name: "f", args: "{}" }), extra_content: extra };
    expect(foldText(sse(calls(call), endCalls, DONE)).parts[0]?.replay).toEqual([{ extra_content: extra }]);
  });
});

describe("the order of parts", () => {
  it("wire:B34 keeps text before a call", () => {
    expect(briefParts(foldText(sse(delta({ content: "Let me see." }), callOf("a"), endCalls, DONE)))).toEqual(
      [["text", "Let me see."], called("a")],
    );
  });

  it("wire:B35 keeps text between calls in its place", () => {
    const text = sse(
      delta({ reasoning_content: "r" }),
      delta({ content: "1" }),
      callOf("a"),
      delta({ content: "2" }),
      callOf("b", 1),
      endCalls,
      DONE,
    );
    expect(briefParts(foldText(text))).toEqual([
      ["reasoning", "r"],
      ["text", "1"],
      called("a"),
      ["text", "2"],
      called("b"),
    ]);
  });

  it("wire:B36 keeps text after a call in its place", () => {
    expect(briefParts(foldText(sse(callOf("a"), delta({ content: "done" }), endCalls, DONE)))).toEqual([
      called("a"),
      ["text", "done"],
    ]);
  });

  it("wire:B37 opens a new reasoning block where thinking resumes", () => {
    const step = foldText(
      sse(thought("1"), delta({ content: "a" }), thought("2"), callOf("c"), thought("3"), endCalls, DONE),
    );
    expect(briefParts(step)).toEqual([
      ["reasoning", "1"],
      ["text", "a"],
      ["reasoning", "2"],
      called("c"),
      ["reasoning", "3"],
    ]);
    expect(new Set(step.parts.map((part) => part.id)).size).toBe(5);
  });

  it("wire:B38 keeps content that is only white space, and a leading blank", () => {
    const text = sse(
      delta({ content: " Oi" }),
      callOf("a"),
      delta({ content: "\n" }),
      callOf("b", 1),
      delta({ content: "" }),
      endCalls,
      DONE,
    );
    expect(briefParts(foldText(text))).toEqual([["text", " Oi"], called("a"), ["text", "\n"], called("b")]);
  });

  it("wire:B39 makes no text part of content that is null, empty or missing beside a call", () => {
    const tool_calls = [piece({ index: 0, id: "a", name: "f", args: "{}" })];
    for (const content of [{ content: null }, { content: "" }, {}])
      expect(briefParts(foldText(sse(delta({ ...content, tool_calls }), endCalls, DONE)))).toEqual([
        called("a"),
      ]);
  });
});

describe("reasoning", () => {
  const answer = delta({ content: "a" });

  it("wire:B40 shows reasoning told twice once", () => {
    const both = (words: string) =>
      delta({ reasoning: words, reasoning_content: words, reasoning_details: [detail(words)] });
    const step = foldText(sse(both("Hm"), both("m."), answer, end, DONE));
    expect(briefParts(step)).toEqual([
      ["reasoning", "Hmm."],
      ["text", "a"],
    ]);
    expect(step.parts[0]?.replay).toEqual([detail("Hmm.")]);
  });

  it("wire:B41 shows the text of details that come alone, and joins their signature", () => {
    const step = foldText(
      sse(
        delta({ reasoning_details: [detail("Hm", { format: "anthropic-claude-v1" })] }),
        delta({ reasoning: "", reasoning_details: [detail("m.")] }),
        delta({ reasoning: "", reasoning_details: [detail("", { signature: "sig" })] }),
        delta({ reasoning_details: [detail("", { signature: null })] }),
        answer,
        end,
        DONE,
      ),
    );
    expect(briefParts(step)).toEqual([
      ["reasoning", "Hmm."],
      ["text", "a"],
    ]);
    expect(step.parts[0]?.replay).toEqual([
      detail("Hmm.", { format: "anthropic-claude-v1", signature: "sig" }),
    ]);
  });

  it("wire:B42 shows reasoning that has no details", () => {
    const step = foldText(sse(delta({ reasoning: "Hm" }), answer, end, DONE));
    expect([briefParts(step), step.parts[0]?.replay]).toEqual([
      [
        ["reasoning", "Hm"],
        ["text", "a"],
      ],
      [],
    ]);
  });

  it("wire:B43 gives hidden reasoning a part without text", () => {
    const hidden = { type: "reasoning.encrypted", data: "xyz", id: "rs_1", index: 0 };
    const step = foldText(sse(delta({ content: "", reasoning_details: [hidden] }), answer, end, DONE));
    expect([briefParts(step), step.parts[0]?.replay]).toEqual([
      [
        ["reasoning", ""],
        ["text", "a"],
      ],
      [hidden],
    ]);
  });

  it("wire:B44 counts reasoning that was billed and never shown", () => {
    const report = { ...usage(3, 4), completion_tokens_details: { reasoning_tokens: 64 } };
    const step = foldText(sse(answer, end, { choices: [], usage: report }, DONE));
    expect([briefParts(step), step.usage?.reasoning]).toEqual([[["text", "a"]], 64]);
  });

  it("wire:B45 attaches encrypted data after a call without opening the block again", () => {
    const hidden = { type: "reasoning.encrypted", data: "xyz", id: "c", index: 0 };
    const call = calls(piece({ index: 0, id: "c", name: "f", args: "{}" }));
    const step = foldText(
      sse(delta({ reasoning: "Hm" }), call, delta({ reasoning_details: [hidden] }), endCalls, DONE),
    );
    expect(briefParts(step)).toEqual([
      ["reasoning", "Hm"],
      ["call", "c", "f", "{}", "awaiting-result"],
    ]);
    expect(step.parts[0]?.replay).toEqual([hidden]);
  });

  it("wire:B45 does not cut text in two for hidden reasoning amid it", () => {
    const hidden = { type: "reasoning.encrypted", data: "xyz", index: 0 };
    const step = foldText(
      sse(answer, delta({ content: "b", reasoning_details: [hidden] }), delta({ content: "c" }), end, DONE),
    );
    expect(briefParts(step)).toEqual([
      ["text", "abc"],
      ["reasoning", ""],
    ]);
  });

  it("wire:B46 keeps the text of summaries that encrypted data follows, and of every index", () => {
    const hidden = { type: "reasoning.encrypted", data: "xyz", index: 0 };
    const step = foldText(
      sse(
        delta({ reasoning_details: [summary("One", 0)] }),
        delta({ reasoning_details: [summary(" two", 0)] }),
        delta({ reasoning_details: [summary(" three", 1), hidden] }),
        answer,
        end,
        DONE,
      ),
    );
    expect(briefParts(step)[0]).toEqual(["reasoning", "One two three"]);
    expect(step.parts[0]?.replay).toEqual([summary("One two", 0), summary(" three", 1), hidden]);
  });

  it("wire:B47 loses no piece of reasoning of an unknown format", () => {
    const words = ["The", " user", " wants", ".", "\n", " Olá"];
    const chunks = words.map((word) =>
      delta({ reasoning: word, reasoning_details: [detail(word, { format: "unknown" })] }),
    );
    expect(briefParts(foldText(sse(...chunks, answer, end, DONE)))[0]).toEqual(["reasoning", words.join("")]);
  });

  it("wire:B48 makes no block of an empty summary", () => {
    const step = foldText(
      sse(delta({ reasoning: "", reasoning_content: null, reasoning_details: [] }), answer, end, DONE),
    );
    expect(briefParts(step)).toEqual([["text", "a"]]);
  });

  it("reads Mistral's list of thinking and text", () => {
    const thinking = { type: "thinking", thinking: [{ type: "text", text: "Hm" }] };
    const step = foldText(
      sse(
        delta({ content: [thinking] }),
        delta({ content: [{ type: "text", text: "a" }, { type: "image_url" }] }),
        delta({ content: "b" }),
        end,
        DONE,
      ),
    );
    expect([briefParts(step), warningCodes(step)]).toEqual([
      [
        ["reasoning", "Hm"],
        ["text", "a"],
        ["unknown", "image_url", { type: "image_url" }],
        ["text", "b"],
      ],
      [],
    ]);
  });

  it("shows a refusal as the answer's text", () => {
    expect(briefParts(foldText(sse(delta({ content: "", refusal: "I can't." }), end, DONE)))).toEqual([
      ["text", "I can't."],
    ]);
  });

  it("wire:B80 reads think tags that are split over chunks, when asked to", () => {
    const content = ["<thi", "nk>Hm</th", "ink>", "a"].map((piece_) => delta({ content: piece_ }));
    expect(briefParts(foldText(sse(...content, end, DONE), { thinkTags: "on" }))).toEqual([
      ["reasoning", "Hm"],
      ["text", "a"],
    ]);
    expect(briefParts(foldText(sse(...content, end, DONE)))).toEqual([["text", "<think>Hm</think>a"]]);
  });

  it("wire:B80 takes the text before a lone closing tag for reasoning, and keeps its times", () => {
    const step = foldText(sse(delta({ content: "Hm" }), delta({ content: "m</think>a" }), end, DONE), {
      thinkTags: "on",
    });
    expect(briefParts(step)).toEqual([
      ["reasoning", "Hmm"],
      ["text", "a"],
    ]);
  });

  it("wire:B80 gives back what only began like a tag before a call and at the end", () => {
    const call = calls(piece({ index: 0, id: "c", name: "f", args: "{}" }));
    expect(
      briefParts(
        foldText(sse(delta({ content: "x <th" }), call, delta({ content: "<" }), endCalls, DONE), {
          thinkTags: "on",
        }),
      ),
    ).toEqual([
      ["text", "x <th"],
      ["call", "c", "f", "{}", "awaiting-result"],
      ["text", "<"],
    ]);
  });
});
