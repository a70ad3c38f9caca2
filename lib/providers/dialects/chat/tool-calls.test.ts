/** Calls whose ids, names or indexes drift while they stream. */
import { describe, expect, it, vi } from "vitest";

import { calls, delta, DONE, foldText, piece } from "@/lib/providers/__fixtures__/fold-chat";
import { brief, type BriefPart, briefParts, sse, warningCodes } from "@/lib/providers/__fixtures__/fold-wire";
import { readCase } from "@/lib/providers/__fixtures__/read-case";
import type { JsonObject } from "@/lib/stream/turn/json";

const end = delta({}, "tool_calls");

function weather(id: string | null, input: string, name = "weather"): BriefPart {
  return ["call", id, name, input, "awaiting-result"];
}

describe("the reader of calls from the field", () => {
  it.each([
    ["tool-id-differs-on-continuations.sse", weather("call_aa01", '{"location": "Poznań"}')],
    ["tool-id-new-on-every-chunk.sse", weather("call_1", '{"location": "Poznań"}')],
    ["tool-args-sent-again-at-end.sse", weather("call_41", '{"location": "Turku", "unit": "celsius"}')],
    ["one-call-at-two-indexes.sse", weather("LqX5", '{"location":"Bergen"}')],
    ["tool-name-after-arguments.sse", weather("call_24", '{"location": "Nantes"}')],
    ["tool-name-with-newline.sse", weather("call_27", '{"location":"Kiel"}', "weather\n")],
    ["tool-calls-as-object.sse", weather("call_25", '{"location":"Gent"}')],
    [
      "nested-argument-encoded-twice.sse",
      weather("call_19", '{"todos":"[{\\"title\\":\\"buy milk\\",\\"done\\":false}]"}', "set_todos"),
    ],
    ["call-loop.sse", weather("call_x", '{"a":1}', "loop")],
    ["call-open_link.sse", weather("call_x", '{"url":"https://example.com"}', "open_link")],
    [
      "call-make_tree.sse",
      weather("call_x", '{"label":"root","child":{"label":"a","child":{"label":5}}}', "make_tree"),
    ],
    [
      "big-integer-argument.sse",
      weather("call_18", '{"order_id": 7960607143101464576, "amount": 0.1}', "get_order"),
    ],
  ])("reads one call from %s", (name, call) => {
    expect(brief(foldText(readCase(name)))).toEqual({
      state: "done",
      parts: [call],
      finish: { unified: "tool-calls", raw: "tool_calls" },
    });
  });

  it("shows arguments that were encoded twice as they came, and runs nothing", () => {
    expect(briefParts(foldText(readCase("arguments-encoded-twice.sse")))).toEqual([
      ["call", "call_19b", "weather", '"{\\"location\\":\\"Arles\\"}"', "invalid"],
    ]);
  });

  it("says that a call which came twice counts once", () => {
    for (const name of ["tool-args-sent-again-at-end.sse", "one-call-at-two-indexes.sse"])
      expect(warningCodes(foldText(readCase(name)))).toEqual(["repeated-call"]);
  });
});

const custom = (fields: JsonObject, body: JsonObject) => ({ ...fields, type: "custom", custom: body });
const whole = (...list: readonly JsonObject[]) => ({
  choices: [{ index: 0, message: { role: "assistant", tool_calls: list }, finish_reason: "tool_calls" }],
});

describe("a custom tool's call", () => {
  const first = custom({ index: 0, id: "c1" }, { name: "run_sql", input: "" });

  it("has its name and its text, in pieces and whole, and nothing is odd about it", () => {
    const streamed = foldText(
      sse(
        calls(first),
        calls({ index: 0, custom: { input: "select " } }),
        calls({ index: 0, custom: { input: "1;" } }),
        end,
        DONE,
      ),
    );
    const atOnce = foldText(sse(whole(custom({ id: "c1" }, { name: "run_sql", input: "select 1;" })), DONE));
    for (const step of [streamed, atOnce]) {
      expect(briefParts(step)).toEqual([["call", "c1", "run_sql", "select 1;", "awaiting-result"]]);
      expect([step.parts[0], warningCodes(step)]).toMatchObject([{ form: "text" }, []]);
    }
  });

  it("is a call of its own beside another with the same name, whatever its text looks like", () => {
    const step = foldText(
      sse(
        whole(
          custom({ id: "c1" }, { name: "run", input: '{"a":1}' }),
          custom({ id: "c2" }, { name: "run", input: '{"a":1}' }),
          custom({ id: "c3" }, { name: "run", input: "[" }),
        ),
        DONE,
      ),
    );
    expect([briefParts(step), warningCodes(step)]).toEqual([
      [
        ["call", "c1", "run", '{"a":1}', "awaiting-result"],
        ["call", "c2", "run", '{"a":1}', "awaiting-result"],
        ["call", "c3", "run", "[", "awaiting-result"],
      ],
      [],
    ]);
  });

  it("is complete with any text where the server gives no finish reason", () => {
    const step = foldText(sse(calls(first), calls({ index: 0, custom: { input: "{" } }), DONE));
    expect(briefParts(step)).toEqual([["call", "c1", "run_sql", "{", "awaiting-result"]]);
  });

  it("names what it does not know of it", () => {
    const step = foldText(
      sse(calls(custom({ index: 0, id: "c1" }, { name: "a", input: "b", odd: 1 })), end, DONE),
    );
    expect(warningCodes(step)).toEqual(["field-tool_calls[].custom.odd"]);
  });
});

/** A call whose every piece has its name again. */
const repeated = (pieces: readonly string[]): string =>
  sse(
    calls(piece({ index: 0, id: "c1", name: "weather", args: "" })),
    ...pieces.map((args) => calls(piece({ index: 0, name: "weather", args }))),
    end,
    DONE,
  );

describe("a server that repeats the name", () => {
  it("continues the call where its first arguments are empty", () => {
    const step = foldText(repeated(['{"location"', ':"Turin"}']));
    expect([briefParts(step), warningCodes(step)]).toEqual([[weather("c1", '{"location":"Turin"}')], []]);
  });

  it("continues the call without an index, too", () => {
    const pieces = [piece({ id: "c1", name: "f", args: "" }), piece({ name: "f", args: '{"a":1}' })];
    expect(briefParts(foldText(sse(...pieces.map((each) => calls(each)), end, DONE)))).toEqual([
      weather("c1", '{"a":1}', "f"),
    ]);
  });

  it("opens no call for a last piece that holds nothing but the name", () => {
    expect(briefParts(foldText(repeated(['{"location":"Turin"}', ""])))).toEqual([
      weather("c1", '{"location":"Turin"}'),
    ]);
  });

  it("continues the call where every piece has a new id as well", () => {
    const pieces = ["", '{"loca', 'tion":"Turin"}'].map((args, at) =>
      calls(piece({ index: 0, id: `c${String(at)}`, name: "weather", args })),
    );
    expect(briefParts(foldText(sse(...pieces, end, DONE)))).toEqual([weather("c0", '{"location":"Turin"}')]);
  });

  it("opens the next call after complete arguments, with or without an index", () => {
    for (const index of [{}, { index: 0 }]) {
      const step = foldText(
        sse(
          calls(piece({ ...index, name: "weather", args: '{"location":"Turin"}' })),
          calls(piece({ ...index, name: "weather", args: '{"location":"To' })),
          calls(piece({ ...index, args: 'kyo"}' })),
          end,
          DONE,
        ),
      );
      expect(briefParts(step)).toEqual([
        weather(null, '{"location":"Turin"}'),
        weather(null, '{"location":"Tokyo"}'),
      ]);
    }
  });

  it("parses the arguments of a call once, however many pieces they come in", () => {
    const letters = JSON.stringify({ location: "x".repeat(2_000) }).split("");
    const text = repeated(letters);
    const parse = vi.spyOn(JSON, "parse");
    const step = foldText(text);
    const parsed = parse.mock.calls.filter(([argument]) => !argument.startsWith('{"choices"'));
    parse.mockRestore();
    expect(briefParts(step)).toEqual([weather("c1", letters.join(""))]);
    expect(parsed).toHaveLength(1);
  });
});

describe("the reader of arguments that come again", () => {
  const first = calls(piece({ index: 0, id: "a", name: "f", args: '{"x":1,"y":"a b"}' }));

  it("ignores them with other blanks and another order of keys", () => {
    const again = calls(piece({ index: 0, args: '{ "y": "a b",' }), piece({ index: 0, args: ' "x": 1 }' }));
    expect(briefParts(foldText(sse(first, again, end, DONE)))).toEqual([
      weather("a", '{"x":1,"y":"a b"}', "f"),
    ]);
  });

  it("keeps other arguments at the same place, where they make the call invalid", () => {
    const more = calls(piece({ index: 0, args: '{"x":2}' }));
    expect(briefParts(foldText(sse(first, more, end, DONE)))).toEqual([
      ["call", "a", "f", '{"x":1,"y":"a b"}{"x":2}', "invalid"],
    ]);
  });

  it("takes other arguments under the same id at another index for a second call, as they stream", () => {
    const second = [
      calls(piece({ index: 1, id: "a", name: "f", args: '{"x":1,' })),
      calls(piece({ index: 1, args: '"y":"ab"}' })),
    ];
    const step = foldText(sse(first, ...second, end, DONE));
    expect([briefParts(step), warningCodes(step)]).toEqual([
      [weather("a", '{"x":1,"y":"a b"}', "f"), weather("a", '{"x":1,"y":"ab"}', "f")],
      ["duplicate-call-id"],
    ]);
  });

  it("shows a repetition that never became whole", () => {
    const cut = calls(piece({ index: 1, id: "a", name: "f", args: '{"x":1' }));
    expect(briefParts(foldText(sse(first, cut, end, DONE)))).toEqual([
      weather("a", '{"x":1,"y":"a b"}', "f"),
      ["call", "a", "f", '{"x":1', "invalid"],
    ]);
  });
});

it("the reader keeps the first name of a call and names the other one", () => {
  const text = sse(
    calls(piece({ index: 0, id: "a", name: "f", args: '{"x":' })),
    calls(piece({ index: 0, id: "a", name: "g", args: "1}" })),
    end,
    DONE,
  );
  const step = foldText(text);
  expect([briefParts(step), step.warnings.map(({ message }) => message)]).toEqual([
    [weather("a", '{"x":1}', "f")],
    ["The server later gave the call f another name: g. The first name is kept."],
  ]);
});
