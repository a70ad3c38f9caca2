/** One test for each oddity that servers of the Responses API were seen to send. */
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
  incomplete,
  message,
  messageItem,
  reasoning,
  reasoningItem,
  responsesSse,
} from "@/lib/providers/__fixtures__/fold-responses";
import { brief, briefParts, warningCodes } from "@/lib/providers/__fixtures__/fold-wire";

const STOP = { unified: "stop", raw: "completed" };
const CALLED = { unified: "tool-calls", raw: "completed" };

const ownWords = (text: string) => ({ type: "reasoning_text", text });
const toldTwice = (summary: string, own: string) => {
  const item = { ...reasoningItem("rs_0", [summary]), content: [ownWords(own)] };
  return briefParts(foldResponse({ status: "completed", output: [item] }));
};

describe("an answer", () => {
  it("has its parts in order, its id, its model and its usage", () => {
    const usage = {
      input_tokens: 5,
      input_tokens_details: { cached_tokens: 1 },
      output_tokens: 7,
      output_tokens_details: { reasoning_tokens: 3 },
      total_tokens: 12,
    };
    const step = foldResponses(
      responsesSse(
        CREATED,
        ...reasoning(0, ["Hm."], "e"),
        ...message(1, "Let ", "me."),
        ...call(2, "a", "add", '{"a"', ":1}"),
        completed({ usage }),
      ),
    );
    expect(brief(step)).toEqual({
      state: "done",
      parts: [
        ["reasoning", "Hm."],
        ["text", "Let me."],
        ["call", "call_a", "add", '{"a":1}', "awaiting-result"],
      ],
      finish: CALLED,
    });
    expect([step.responseId, step.responseModel, step.warnings]).toEqual(["resp_1", "gpt-test", []]);
    expect(step.usage).toEqual({ input: 5, output: 7, total: 12, reasoning: 3, cached: 1 });
  });

  it("is the same whole as streamed", () => {
    const output = [
      reasoningItem("rs_0", ["Hm.", "Ah."], "e"),
      messageItem("msg_1", "Oi"),
      callItem("a", "f", "{}"),
    ];
    const events = [
      ...reasoning(0, ["Hm.", "Ah."], "e"),
      ...message(1, "O", "i"),
      ...call(2, "a", "f", "{}"),
    ];
    const whole = foldResponse({ object: "response", status: "completed", output });
    const streamed = foldResponses(responsesSse(CREATED, ...events, completed({ output })));
    expect(brief(whole)).toEqual(brief(streamed));
    expect(whole.parts.map((part) => part.replay)).toEqual(streamed.parts.map((part) => part.replay));
    expect(whole.warnings).toEqual([]);
  });

  it("wire:B9 wire:B8 takes usage null for unknown and the last report for right", () => {
    const unknown = foldResponses(responsesSse(CREATED, ...message(0, "a"), completed({ usage: null })));
    const twice = foldResponses(
      responsesSse(
        { type: "response.in_progress", response: { usage: { input_tokens: 3, output_tokens: 0 } } },
        ...message(0, "a"),
        completed({ usage: { output_tokens: 2, output_tokens_details: null } }),
      ),
    );
    expect([unknown.usage, twice.usage]).toEqual([
      null,
      { input: 3, output: 2, total: null, reasoning: null, cached: null },
    ]);
  });

  it.each([
    ["from a number", { cost: 0.0003396 }, 0.0003396],
    ["from a number as text", { cost: "0.5" }, 0.5],
    ["from ticks", { cost_in_usd_ticks: 37_756_000 }, 0.0037756],
    ["as unknown where it is null", { cost: null }, null],
    ["as unknown where it is less than 0", { cost: -1 }, null],
    ["as unknown where it is absent", {}, null],
  ])("wire:B72 reads a cost in US dollars %s", (_, cost, usd) => {
    const usage = { input_tokens: 3, output_tokens: 2, total_tokens: 5, ...cost };
    const streamed = foldResponses(responsesSse(CREATED, ...message(0, "a"), completed({ usage })));
    const whole = foldResponse({ status: "completed", output: [messageItem("msg_0", "a")], usage });
    expect([streamed.costUsd, whole.costUsd]).toEqual([usd, usd]);
    expect([streamed.usage?.output, streamed.warnings]).toEqual([2, []]);
  });

  it("wire:B29 writes arguments that come as an object as compact JSON", () => {
    const step = foldResponse({ status: "completed", output: [callItem("a", "f", { b: 1, a: [2] })] });
    expect(briefParts(step)).toEqual([["call", "call_a", "f", '{"a":[2],"b":1}', "awaiting-result"]]);
  });

  it("wire:B32 takes no arguments for {} and shows arguments that do not parse", () => {
    const step = foldResponses(
      responsesSse(CREATED, ...call(0, "a", "f"), ...call(1, "b", "g", '{"a":'), completed()),
    );
    expect(briefParts(step)).toEqual([
      ["call", "call_a", "f", "", "awaiting-result"],
      ["call", "call_b", "g", '{"a":', "invalid"],
    ]);
  });

  it("wire:B35 wire:B36 wire:B37 keeps text between and after calls, and reasoning that resumes", () => {
    const step = foldResponses(
      responsesSse(
        ...reasoning(0, ["one"]),
        ...call(1, "a", "f", "{}"),
        ...message(2, "between"),
        ...reasoning(3, ["two"]),
        ...call(4, "b", "f", "{}"),
        ...message(5, "after"),
        completed(),
      ),
    );
    expect(briefParts(step)).toEqual([
      ["reasoning", "one"],
      ["call", "call_a", "f", "{}", "awaiting-result"],
      ["text", "between"],
      ["reasoning", "two"],
      ["call", "call_b", "f", "{}", "awaiting-result"],
      ["text", "after"],
    ]);
  });

  it("wire:B39 shows no empty bubble for a message without text", () => {
    const step = foldResponses(responsesSse(...message(0), ...call(1, "a", "f", "{}"), completed()));
    expect(briefParts(step)).toEqual([["call", "call_a", "f", "{}", "awaiting-result"]]);
  });
});

describe("reasoning", () => {
  it("wire:B43 wire:B48 shows an item without a summary as hidden reasoning, and keeps what must go back", () => {
    const step = foldResponses(
      responsesSse(CREATED, ...reasoning(0, [], "e"), ...call(1, "a", "f", "{}"), completed()),
    );
    expect(step.parts[0]).toMatchObject({
      type: "reasoning",
      text: "",
      replay: [{ type: "reasoning", id: "rs_0", summary: [], encrypted_content: "e" }],
    });
    expect(step.parts).toHaveLength(2);
  });

  it("wire:B49 puts a blank line between the summaries of one item", () => {
    const step = foldResponses(responsesSse(...reasoning(0, ["One.", "Two.", "Three."]), completed()));
    expect(briefParts(step)).toEqual([["reasoning", "One.\n\nTwo.\n\nThree."]]);
  });

  it("wire:B50 keeps the encrypted content of the finished item, not that of its announcement", () => {
    const step = foldResponses(responsesSse(...reasoning(0, ["Hm."], "at last"), completed()));
    expect(step.parts[0]?.replay).toEqual([
      {
        type: "reasoning",
        id: "rs_0",
        summary: [{ type: "summary_text", text: "Hm." }],
        encrypted_content: "at last",
      },
    ]);
  });

  it("keeps nothing to send back where nothing is encrypted", () => {
    const step = foldResponses(responsesSse(...reasoning(0, ["Hm."], ""), completed()));
    expect(step.parts[0]?.replay).toEqual([]);
  });

  it("wire:B40 tells what summary and content both say once, and what only one says too", () => {
    expect(toldTwice("Hm.", "Hm.")).toEqual([["reasoning", "Hm."]]);
    expect(toldTwice("Short.", "The long of it.")).toEqual([["reasoning", "Short.\n\nThe long of it."]]);
  });

  it("shows a server's own words where it streams them", () => {
    const step = foldResponses(
      responsesSse(
        added(0, { type: "reasoning", id: "rs_0", summary: [] }),
        delta("reasoning_text", "rs_0", "I ", { content_index: 0 }),
        delta("reasoning_text", "rs_0", "see.", { content_index: 0 }),
        done(0, { type: "reasoning", id: "rs_0", summary: [], content: [ownWords("I see.")] }),
        completed(),
      ),
    );
    expect(briefParts(step)).toEqual([["reasoning", "I see."]]);
  });
});

describe("finding an item again", () => {
  it("wire:B51 answers to the call's id, and keeps the item's id only to send it back", () => {
    const [part] = foldResponses(responsesSse(...call(0, "a", "f", "{}"), completed())).parts;
    expect(part).toMatchObject({ callId: "call_a", replay: [{ type: "function_call", id: "fc_a" }] });
  });

  it("wire:B23 opens a call for each announcement, though all have place 0", () => {
    const step = foldResponses(
      responsesSse(
        added(0, callItem("a", "f", "")),
        added(0, callItem("b", "g", "")),
        delta("function_call_arguments", "fc_b", '{"b":1}', { output_index: 0 }),
        delta("function_call_arguments", "fc_a", '{"a":1}', { output_index: 0 }),
        completed(),
      ),
    );
    expect(briefParts(step)).toEqual([
      ["call", "call_a", "f", '{"a":1}', "awaiting-result"],
      ["call", "call_b", "g", '{"b":1}', "awaiting-result"],
    ]);
  });

  it("follows a gateway that gives an item another id in every event by its place", () => {
    const at = { output_index: 0, content_index: 0 };
    const step = foldResponses(
      responsesSse(
        added(0, messageItem("x1")),
        delta("output_text", "x2", "O", at),
        delta("output_text", "x3", "i", at),
        done(0, messageItem("x4", "Oi")),
        completed({ output: [messageItem("x5", "Oi")] }),
      ),
    );
    expect(briefParts(step)).toEqual([["text", "Oi"]]);
  });

  it("follows a server without ids and places by order", () => {
    const bare = { type: "response.output_text.delta" };
    const step = foldResponses(
      responsesSse(
        { type: "response.output_item.added", item: { type: "message" } },
        { ...bare, delta: "O" },
        { ...bare, delta: "i" },
        completed({ output: [{ type: "message", content: [{ type: "output_text", text: "Oi!" }] }] }),
      ),
    );
    expect(briefParts(step)).toEqual([["text", "Oi!"]]);
  });

  it("shows text that was never announced, and items that only the end tells", () => {
    const step = foldResponses(
      responsesSse(
        delta("output_text", "msg_9", "Oi", { output_index: 0 }),
        completed({ output: [messageItem("msg_9", "Oi"), callItem("a", "f", "{}")] }),
      ),
    );
    expect(briefParts(step)).toEqual([
      ["text", "Oi"],
      ["call", "call_a", "f", "{}", "awaiting-result"],
    ]);
  });

  it("holds arguments back until the name of their call is known", () => {
    const step = foldResponses(
      responsesSse(
        delta("function_call_arguments", "fc_a", '{"a"', { output_index: 0 }),
        done(0, callItem("a", "f", '{"a":1}')),
        completed(),
      ),
    );
    expect(briefParts(step)).toEqual([["call", "call_a", "f", '{"a":1}', "awaiting-result"]]);
  });

  it("shows a call whose name never came, and says so", () => {
    const step = foldResponses(responsesSse(delta("function_call_arguments", "fc_a", "{}"), completed()));
    expect(briefParts(step)).toEqual([["call", null, "", "{}", "awaiting-result"]]);
    expect(warningCodes(step)).toEqual(["nameless-call"]);
  });

  it("warns of two calls with one id and shows both", () => {
    const twin = { ...callItem("b", "g", "{}"), call_id: "call_a" };
    const step = foldResponse({ status: "completed", output: [callItem("a", "f", "{}"), twin] });
    expect(briefParts(step).map((part) => part[1])).toEqual(["call_a", "call_a"]);
    expect(warningCodes(step)).toEqual(["duplicate-call-id"]);
  });
});

describe("the reader of messages", () => {
  it("shows each content part as text of its own, and a refusal as text", () => {
    const step = foldResponses(
      responsesSse(
        added(0, messageItem("msg_0")),
        delta("output_text", "msg_0", "One", { content_index: 0 }),
        delta("refusal", "msg_0", "I will not.", { content_index: 1 }),
        done(0, {
          ...messageItem("msg_0", "One"),
          content: [
            { type: "output_text", text: "One" },
            { type: "refusal", refusal: "I will not." },
          ],
        }),
        completed(),
      ),
    );
    expect(briefParts(step)).toEqual([
      ["text", "One"],
      ["text", "I will not."],
    ]);
  });

  it("keeps the id and the phase of a message with each of its texts", () => {
    const item = { ...messageItem("msg_0", "a", "b"), phase: "commentary" };
    const step = foldResponse({ status: "completed", output: [item] });
    const kept = { type: "message", id: "msg_0", phase: "commentary" };
    expect(step.parts.map((part) => part.replay)).toEqual([[kept], [kept]]);
  });

  it("wire:B54 ignores obfuscation, padding and fields it does not know", () => {
    const odd = delta("output_text", "msg_0", "Oi", { obfuscation: "Xy7", logprobs: [], later: { a: null } });
    const line = `event: response.output_text.delta\ndata: ${JSON.stringify(odd)}   \n\n`;
    expect(briefParts(foldResponses(line + responsesSse(completed())))).toEqual([["text", "Oi"]]);
  });

  it("wire:B71 reads escaped and raw characters alike", () => {
    const raw = responsesSse(...message(0, "Olá ", "🙂"), completed());
    const escaped = raw.replaceAll(/[\u{80}-\u{10FFFF}]/gu, (text) =>
      Array.from(
        { length: text.length },
        (_none, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`,
      ).join(""),
    );
    expect(escaped).not.toBe(raw);
    expect(briefParts(foldResponses(escaped))).toEqual([["text", "Olá 🙂"]]);
  });
});

describe("what the provider ran itself", () => {
  const action = {
    type: "search",
    query: "tokyo",
    sources: [
      { type: "url", url: "https://a.example/1" },
      { type: "url", url: "https://a.example/1" },
      { type: "api" },
      null,
      { type: "url", url: "https://b.example", title: "B" },
    ],
  };
  const search = { type: "web_search_call", id: "ws_1", status: "completed", action };

  it("wire:B56 is a card with what was asked and its sources, and needs no result", () => {
    const step = foldResponses(
      responsesSse(
        added(0, { type: "web_search_call", id: "ws_1", status: "in_progress" }),
        { type: "response.web_search_call.in_progress", item_id: "ws_1", output_index: 0 },
        { type: "response.web_search_call.searching", item_id: "ws_1", output_index: 0 },
        { type: "response.web_search_call.completed", item_id: "ws_1", output_index: 0 },
        done(0, search),
        ...message(1, "14 million"),
        completed({ output: [search, messageItem("msg_1", "14 million")] }),
      ),
    );
    expect([step.finish, step.warnings]).toEqual([STOP, []]);
    expect(step.parts[0]).toMatchObject({
      type: "provider-call",
      callId: "ws_1",
      name: "web_search",
      input: expect.stringContaining('"query":"tokyo"'),
      replay: [search],
      status: {
        state: "done",
        outcome: {
          output: null,
          error: null,
          sources: [
            { url: "https://a.example/1", title: null },
            { url: "https://b.example", title: "B" },
          ],
        },
      },
    });
    expect(step.parts).toHaveLength(2);
  });

  it("says that it failed, in the provider's words where it has any", () => {
    const outcomes = [
      { status: "failed" },
      { error: { message: "no route" } },
      { error: "timeout", output: "half" },
    ].map((more) => {
      const output = [{ type: "mcp_call", id: "m", name: "lookup", arguments: '{"a":1}', ...more }];
      const [part] = foldResponse({ status: "completed", output }).parts;
      return part?.type === "provider-call" && part.status.state === "done"
        ? [part.name, part.input, part.status.outcome.error, part.status.outcome.output]
        : part;
    });
    expect(outcomes).toEqual([
      ["lookup", '{"a":1}', "The provider reports that it failed.", null],
      ["lookup", '{"a":1}', "no route", null],
      ["lookup", '{"a":1}', "timeout", "half"],
    ]);
  });

  it("is unfinished where the stream is cut before its end", () => {
    const step = foldResponses(responsesSse(added(0, { type: "web_search_call", id: "ws_1" })));
    expect(brief(step)).toMatchObject({
      state: "truncated",
      parts: [["provider-call", "ws_1", "web_search", "", "unfinished"]],
    });
  });
});

describe("citations", () => {
  const annotation = {
    type: "url_citation",
    url: "https://a.example",
    title: "A",
    start_index: 0,
    end_index: 2,
  };
  const cite = (more: object) => ({
    type: "response.output_text.annotation.added",
    item_id: "msg_0",
    output_index: 0,
    content_index: 0,
    annotation: { ...annotation, ...more },
  });
  const citationsOf = (text: string, ...more: readonly object[]) => {
    const item = messageItem("msg_0", text);
    const annotations = more.map((each) => ({ ...annotation, ...each }));
    const step = foldResponses(
      responsesSse(
        added(0, messageItem("msg_0")),
        delta("output_text", "msg_0", text, { output_index: 0 }),
        ...more.map(cite),
        done(0, { ...item, content: [{ type: "output_text", text, annotations }] }),
        completed({ output: [{ ...item, content: [{ type: "output_text", text, annotations }] }] }),
      ),
    );
    return step.parts.flatMap((part) => (part.type === "text" ? part.citations : []));
  };

  it("are told once, though the wire tells them three times", () => {
    const citation = { url: "https://a.example", title: "A", quote: null, start: 0, end: 2 };
    expect(citationsOf("Oi!", {})).toEqual([citation]);
    expect(citationsOf("Oi!", {}, {})).toEqual([citation, citation]);
  });

  it("have a place only where it is certain", () => {
    const spans = [
      citationsOf("Oi!", { end_index: 9 }),
      citationsOf("🙂 Oi", { end_index: 3 }),
      citationsOf("Oi 🙂", {}),
      citationsOf("Oi!", { start_index: null }),
    ].map((citations) => citations.map(({ start, end }) => [start, end]));
    expect(spans).toEqual([[[null, null]], [[null, null]], [[0, 2]], [[null, null]]]);
  });

  it("name a file by its name, and are left out where they name nothing", () => {
    const file = { type: "file_citation", url: null, title: null, filename: "a.pdf" };
    expect(citationsOf("Oi!", file).map(({ url, title }) => [url, title])).toEqual([[null, "a.pdf"]]);
    expect(citationsOf("Oi!", { url: "", title: "" })).toEqual([]);
  });
});

describe("the end", () => {
  it("wire:B68 is the terminal event, not the end of the bytes", () => {
    const all = [CREATED, ...message(0, "Oi")];
    expect(foldResponses(responsesSse(...all, completed())).status).toEqual({ state: "done" });
    expect(brief(foldResponses(responsesSse(...all)))).toEqual({
      state: "truncated",
      parts: [["text", "Oi"]],
      finish: { unified: "truncated", raw: null },
    });
  });

  it("wire:B82 keeps text that was cut off, and never lets a cut call be run", () => {
    const step = foldResponses(
      responsesSse(
        CREATED,
        delta("output_text", "msg_0", "So", { output_index: 0 }),
        added(1, callItem("a", "f", "")),
        delta("function_call_arguments", "fc_a", "{}", { output_index: 1 }),
      ),
    );
    expect(brief(step)).toMatchObject({
      state: "truncated",
      parts: [
        ["text", "So"],
        ["call", "call_a", "f", "{}", "unfinished"],
      ],
    });
  });

  it.each([
    ["max_output_tokens", "length"],
    ["content_filter", "content-filter"],
    ["something_new", "unknown"],
    [null, "unknown"],
  ] as const)("reads %s as %s", (reason, unified) => {
    const step = foldResponses(responsesSse(...message(0, "Oi"), incomplete(reason)));
    expect(brief(step)).toEqual({
      state: "done",
      parts: [["text", "Oi"]],
      finish: { unified, raw: "incomplete" },
    });
    expect(warningCodes(step)).toEqual(reason === "something_new" ? ["incomplete"] : []);
  });

  it("wire:B79 never runs a call that the token limit cut", () => {
    const step = foldResponses(
      responsesSse(
        added(0, callItem("a", "f", "", "in_progress")),
        delta("function_call_arguments", "fc_a", '{"a":1}', { output_index: 0 }),
        done(0, callItem("a", "f", '{"a":1}', "incomplete")),
        incomplete("max_output_tokens"),
      ),
    );
    expect(brief(step)).toEqual({
      state: "done",
      parts: [["call", "call_a", "f", '{"a":1}', "unfinished"]],
      finish: { unified: "length", raw: "incomplete" },
    });
  });

  it("says that an answer is empty", () => {
    expect(warningCodes(foldResponses(responsesSse(CREATED, completed({ output: [] }))))).toEqual([
      "empty-answer",
    ]);
  });

  it("wire:B83 keeps the model that answered, which may not be the one asked for", () => {
    expect(foldResponses(responsesSse(CREATED, completed())).responseModel).toBe("gpt-test");
  });
});
