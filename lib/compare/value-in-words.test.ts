import { expect, it } from "vitest";

import { readWritten } from "@/lib/stream/turn/written-json";

import { valueInWords } from "./value-in-words";

const wordsOf = (text: string) => valueInWords(readWritten(text) ?? expect.unreachable("it is JSON"));

it("a value is written in one line while it is short, otherwise indented", () => {
  expect(wordsOf('{"a": 1}')).toBe('{"a":1}');
  const long = { role: "user", content: "What is the weather in Florence, and in Rome?", n: 1 };
  expect(wordsOf(JSON.stringify(long))).toBe(JSON.stringify(long, null, 2));
});

it("numbers stay as they were written, in a long value too", () => {
  expect(wordsOf("1.50")).toBe("1.50");
  const text = `{"id":9007199254740993,"t":1.50,"content":"${"word ".repeat(20)}"}`;
  expect(wordsOf(text)).toBe(text);
});
