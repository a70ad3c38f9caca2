import { readFileSync } from "node:fs";
import path from "node:path";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { arbitraryExchange } from "@/lib/tape/formats/__fixtures__/arbitrary-exchange";
import { bodiesOf, firstOf, saidIn, textOf } from "@/lib/tape/formats/__fixtures__/found-in";
import { toBytes } from "@/lib/tape/formats/body-bytes";
import { dialectOf } from "@/lib/tape/formats/judge-exchange";

import { readSse } from "./read-sse";
import { writeSse } from "./write-sse";

const FIXTURES = path.resolve(import.meta.dirname, "../../../providers/__fixtures__");

function read(text: string) {
  return readSse(toBytes(text));
}

describe("a saved answer", () => {
  it.each([
    ["llama-cpp-answer.sse", "chat-completions"],
    ["llama-cpp-messages-answer.sse", "anthropic"],
    ["llama-cpp-responses-answer.sse", "responses"],
  ])("%s is known by its events", (file, dialect) => {
    const bytes = Uint8Array.from(readFileSync(path.join(FIXTURES, file)));
    const exchange = firstOf(readSse(bytes));
    expect(dialectOf(exchange)).toBe(dialect);
    expect(bodiesOf([exchange])).toEqual([new TextDecoder("latin1").decode(bytes)]);
    expect(exchange.chunks.length).toBeGreaterThan(5);
  });

  it("of Gemini is known by its candidates", () => {
    expect(dialectOf(firstOf(read('data: {"candidates":[{"content":{}}]}\r\n\r\n')))).toBe("gemini");
  });

  it("is replayed with a pause of 20 ms before each event", () => {
    const exchange = firstOf(read('data: {"choices":[{"delta":{"content":"a"}}]}\n\ndata: [DONE]\n\n'));
    expect([exchange.timing, exchange.chunks.map(({ us }) => us)]).toEqual(["missing", [20_000, 40_000]]);
    expect(saidIn(exchange)).toEqual(["text: a"]);
  });

  it("in JSON stays one piece", () => {
    const text = '\n{"object":"chat.completion","choices":[{"message":{"content":"a"}}]}';
    const exchange = firstOf(read(text));
    expect([exchange.chunks.length, textOf(exchange)]).toEqual([1, text]);
  });

  it.each([
    ["", "The file is empty."],
    ["hello", "This is neither an event stream nor a JSON answer: it begins with no field of either."],
    ["{", "This begins like a JSON answer, and is not JSON."],
    ['{"a": 1}', "The answer is of no wire format that Vitrine knows: its first events name none."],
    [": ping\n\n", "The answer is of no wire format that Vitrine knows: its first events name none."],
  ])("that is %j is refused in words", (text, reason) => {
    expect(read(text)).toEqual({ ok: false, reason });
  });
});

describe("a written answer", () => {
  it("is the bytes of the last exchange", () => {
    fc.assert(
      fc.property(fc.array(arbitraryExchange, { minLength: 1, maxLength: 3 }), (exchanges) => {
        const written = new TextDecoder("latin1").decode(writeSse(exchanges).content);
        expect(written).toBe(bodiesOf(exchanges).at(-1));
      }),
    );
  });

  it("says what it leaves out", () => {
    const exchange = firstOf(read('data: {"choices":[]}\n\n'));
    expect(writeSse([exchange, { ...exchange, end: { us: 1, how: "stopped" } }]).losses).toEqual([
      "A raw answer has no place for its request, address, status, headers and times.",
      "The file holds the last of 2 answers: a raw answer is one.",
      "That the answer broke off or was stopped is not in the file.",
    ]);
  });
});
