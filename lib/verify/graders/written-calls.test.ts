import { expect, test } from "vitest";

import { readWrittenCalls } from "./written-calls";

const ARGS = '{"city":"Oslo"}';

test.each([
  ["Hermes", `<tool_call>\n{"name": "weather", "arguments": ${ARGS}}\n</tool_call>`, ARGS],
  ["Mistral", `[TOOL_CALLS][{"name": "weather", "arguments": ${ARGS}}]`, ARGS],
  ["Mistral v11", `[TOOL_CALLS]weather[ARGS]${ARGS}</s>`, ARGS],
  ["Llama", `<|python_tag|>{"name": "weather", "parameters": ${ARGS}}`, ARGS],
  [
    "Kimi",
    `<|tool_call_begin|>functions.weather:0<|tool_call_argument_begin|>${ARGS}<|tool_call_end|>`,
    ARGS,
  ],
  ["DeepSeek", `<｜tool▁call▁begin｜>weather<｜tool▁sep｜>${ARGS}<｜tool▁call▁end｜>`, ARGS],
  [
    "Qwen3 Coder",
    "<tool_call>\n<function=weather>\n<parameter=city>\nOslo\n</parameter>\n</function>\n</tool_call>",
    null,
  ],
  ["GLM", "<tool_call>weather\n<arg_key>city</arg_key>\n<arg_value>Oslo</arg_value>\n</tool_call>", null],
  ["JSON", `{"name": "weather", "arguments": ${ARGS}}`, ARGS],
])("a whole call in the format %s is read", (_format, written, input) => {
  expect(readWrittenCalls(written)).toEqual([{ name: "weather", input }]);
  expect(readWrittenCalls(`A thought.</think>\n\n${written}`)).toEqual([{ name: "weather", input }]);
});

test.each([
  ["a call that breaks off", '<tool_call>\n{"name": "weather", "arg'],
  [
    "a call inside a thought",
    `<tool_call>{"name": "weather", "arguments": ${ARGS}}</tool_call></think>It is cold.`,
  ],
  ["arguments that are not JSON", '<tool_call>{"name": "weather", "arguments": {city}}</tool_call>'],
  ["plain words", "It is cold in Oslo."],
])("%s is none", (_what, written) => {
  expect(readWrittenCalls(written)).toEqual([]);
});
