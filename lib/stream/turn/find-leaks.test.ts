import { describe, expect, it } from "vitest";

import { findLeaks, findNameLeak, findThoughtLeaks } from "./find-leaks";
import { findLoneClose } from "./lone-close";

describe("markup that a server left in the text", () => {
  it.each([
    ["Hermes", 'I look.\n<tool_call>\n{"name": "f", "arguments": {}}\n</tool_call>'],
    ["Qwen3 Coder", "<tool_call>\n<function=f>\n<parameter=a>\n1\n</parameter>"],
    ["Kimi K2", "<|tool_calls_section_begin|><|tool_call_begin|>functions.f:0"],
    ["Mistral", '[TOOL_CALLS][{"name":"f","arguments":{}}]'],
    ["DeepSeek", "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function"],
    ["DeepSeek DSML", '<｜DSML｜function_calls><｜DSML｜invoke name="f">'],
    ["MiniMax", '<minimax:tool_call><invoke name="f">'],
    ["GLM", "<tool_call>f\n<arg_key>a</arg_key>"],
    ["Gemma", "<|tool_call>call:f{a:1}<tool_call|>"],
    ["Pythonic", 'Sure:\n[get_weather(city="Bonn", days=3)]'],
    ["JSON", '{"name": "f", "arguments": {"a": 1}}'],
    ["JSON", 'I call it:\n{"name": "f", "parameters": {}}'],
    ["harmony", '<|channel|>commentary to=functions.f <|constrain|>json<|message|>{"a":1}<|call|>'],
  ])("names a call in the %s format", (format, text) => {
    expect(findLeaks(text)).toEqual([{ kind: "call", format }]);
  });

  it("names channel tokens that belong to no call", () => {
    expect(findLeaks("<|channel|>final<|message|>Hi")).toEqual([{ kind: "channel", format: "harmony" }]);
  });

  it("names a closing think tag without its beginning", () => {
    expect(findLeaks("Hm.</think>Hi")).toEqual([{ kind: "unopened-thought", format: "</think>" }]);
  });

  it.each([
    "```\n<tool_call>\n```\nis how it looks, and `<|channel|>` is a token.",
    "~~~~md\n```\n</think>\n```\n~~~~",
    "Use ``a ` </think>`` here.",
    "<think>is a tag</think>",
    '{"name": "f", "arguments": {}, "more": 1}',
    '{"name": "f", "arguments": "x"}',
    "See [the list](a=b) and [1](x).",
    "A list [a, b(c)] of things",
    "2 < 3 [sic] {ok}",
    "",
  ])("finds nothing in %j", (text) => {
    expect(findLeaks(text)).toEqual([]);
  });
});

it("the search for leaks finds where the lone tag stands, code before it passed over", () => {
  expect(findLoneClose("`</think>` a</think>b")).toEqual({ at: 12, tag: "</think>" });
});

describe("markup that a server left in a thought", () => {
  it("names a call, and a closing tag that the server did not take out", () => {
    expect(findThoughtLeaks("I look.\n<tool_call>\n{}\n</tool_call>")).toEqual([
      { kind: "call", format: "Hermes" },
    ]);
    expect(findThoughtLeaks("That will do.\n</think>\nYes")).toEqual([
      { kind: "unopened-thought", format: "</think>" },
    ]);
    expect(findThoughtLeaks("a<|channel|>final<|message|>b")).toEqual([
      { kind: "channel", format: "harmony" },
    ]);
  });

  it.each([
    'I could send {"name": "f", "arguments": {}}:\n{"name": "f", "arguments": {}}',
    "[f(a=1)]",
    "`<tool_call>`",
  ])("takes a call that the model only thinks of for a thought: %j", (text) => {
    expect(findThoughtLeaks(text)).toEqual([]);
  });
});

describe("markup that a server left around a call's name", () => {
  it.each([
    ["Kimi K2", "functions.weather:0"],
    ["harmony", "functions.weather"],
    ["harmony", "weather<|channel|>commentary"],
    ["Qwen3 Coder", "<function=weather"],
  ])("names the %s format of %s", (format, name) => {
    expect(findNameLeak(name)).toEqual({ kind: "call", format });
  });

  it.each(["weather", "my.functions.weather", "list:0", "functions", ""])("finds nothing in %j", (name) => {
    expect(findNameLeak(name)).toBe(null);
  });
});
