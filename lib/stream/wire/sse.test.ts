import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { openSse, type SseItem, type SseLimits } from "./sse";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function read(bytes: Uint8Array, size = bytes.length, limits?: SseLimits): readonly SseItem[] {
  const sse = openSse(limits);
  const items: SseItem[] = [];
  for (let from = 0; from < bytes.length; from += size)
    items.push(...sse.push(bytes.subarray(from, from + size)));
  return [...items, ...sse.end()];
}

function frames(text: string): readonly (readonly [string | null, string])[] {
  return read(encode(text)).flatMap((item) =>
    item.kind === "frame" ? [[item.frame.event, item.frame.data] as const] : [],
  );
}

const codes = (items: readonly SseItem[]): readonly string[] =>
  items.map((item) => (item.kind === "limit" ? item.error.code : item.kind));

describe("the reader of a stream's lines", () => {
  it.each([
    [
      "reads LF line ends",
      "data: a\n\ndata: b\n\n",
      [
        [null, "a"],
        [null, "b"],
      ],
    ],
    [
      "reads CRLF line ends",
      "data: a\r\n\r\ndata: b\r\n\r\n",
      [
        [null, "a"],
        [null, "b"],
      ],
    ],
    [
      "reads CR line ends to the last event",
      "data: a\r\rdata: b\r\r",
      [
        [null, "a"],
        [null, "b"],
      ],
    ],
    [
      "reads mixed line ends",
      "data: a\n\r\ndata: b\r\n\n",
      [
        [null, "a"],
        [null, "b"],
      ],
    ],
    ["joins several data lines with LF", "data: a\ndata: b\n\n", [[null, "a\nb"]]],
    ["takes one blank off a value and no more", "data:  a\ndata:b\n\n", [[null, " a\nb"]]],
    [
      "gives an event for empty data",
      "data\n\ndata:\n\n",
      [
        [null, ""],
        [null, ""],
      ],
    ],
    ["gives no event for a name without data", "event: x\n\ndata: a\n\n", [[null, "a"]]],
    [
      "forgets the name after its event",
      "event: x\ndata: a\n\ndata: b\n\n",
      [
        ["x", "a"],
        [null, "b"],
      ],
    ],
    ["keeps a NUL in data", "data: a\0b\n\n", [[null, "a\0b"]]],
    ["strips one BOM at the start", "\uFEFFdata: a\n\n", [[null, "a"]]],
    ["does not strip a second BOM", "\uFEFF\uFEFFdata: a\n\ndata: b\n\n", [[null, "b"]]],
    [
      "ignores id, retry and unknown fields",
      "id: 1\nretry: 5\nretry: x\nfoo: bar\ndata: a\n\n",
      [[null, "a"]],
    ],
    ["ignores a field name with a blank before it", " data: a\n\ndata: b\n\n", [[null, "b"]]],
    ["drops text whose blank line never came", "data: a\n\ndata: b\n", [[null, "a"]]],
    ["drops a document that is cut off", 'data: {"a":1}\n\ndata: {"b":', [[null, '{"a":1}']]],
    [
      "takes a whole document at the end for an event, with its name",
      'event: x\ndata: {"a":1}',
      [["x", '{"a":1}']],
    ],
    ["takes [DONE] at the end for an event", "data: [DONE]\n", [[null, "[DONE]"]]],
    [
      "takes every data line that is a whole document for an event",
      'event: x\ndata: {"a":1}\ndata: {"b":2}\nevent: y\ndata: [3]\ndata: [DONE]\n\n',
      [
        ["x", '{"a":1}'],
        ["x", '{"b":2}'],
        ["y", "[3]"],
        ["y", "[DONE]"],
      ],
    ],
    [
      "keeps a document over several lines as one event",
      'data: {"a":\ndata: {"b":2}\ndata: }\n\ndata: [\ndata: {},\ndata: {}\ndata: ]\n\n',
      [
        [null, '{"a":\n{"b":2}\n}'],
        [null, "[\n{},\n{}\n]"],
      ],
    ],
    [
      "takes whole documents out of lines that together are none",
      'data: {"a":\ndata: {"b":2}\ndata: {"c":\n\n',
      [
        [null, '{"a":'],
        [null, '{"b":2}'],
        [null, '{"c":'],
      ],
    ],
    [
      "takes a keep-alive and the document on the next line for two events",
      'data: ping\ndata: {"a":1}\n\n',
      [
        [null, "ping"],
        [null, '{"a":1}'],
      ],
    ],
    [
      "shows llama.cpp's old error field as an error event",
      'error: {"code":500}\n\n',
      [["error", '{"code":500}']],
    ],
  ])("%s", (_title, text, expected) => {
    expect(frames(text)).toEqual(expected);
  });

  it("reports comments, which hold no data but show life", () => {
    expect(read(encode(": ping\n\n:\n\n"))).toEqual([
      { kind: "comment", text: "ping" },
      { kind: "comment", text: "" },
    ]);
  });

  it("gives a document as soon as the line after it begins another, not at the end of the stream", () => {
    const sse = openSse();
    expect(sse.push(encode('data: {"a":1}\ndata: {"b":2}\n'))).toEqual([
      { kind: "frame", frame: { event: null, data: '{"a":1}' } },
    ]);
  });

  it("reports a line that is no field, and an event that the end cut off", () => {
    expect(read(encode('":1790,"x":2}\ndata: {"a":'))).toEqual([
      { kind: "odd-line", line: '":1790,"x":2}' },
      { kind: "cut", data: '{"a":' },
    ]);
  });

  it("takes a U+FFFD that the server wrote for a character, however its bytes are split", () => {
    const bytes = encode("data: a\uFFFDb\uFFFD\n\n");
    for (const size of [1, 2, 3, 100])
      expect(read(bytes, size)).toEqual([{ kind: "frame", frame: { event: null, data: "a\uFFFDb\uFFFD" } }]);
  });

  it("distinguishes a replaced byte from a U+FFFD written next to it", () => {
    const bytes = new Uint8Array([...encode("data: \uFFFD"), 0xff, ...encode("\n\n")]);
    expect(codes(read(bytes, 3))).toEqual(["invalid-utf8", "frame"]);
  });

  it("decodes a character whose bytes are split over reads", () => {
    expect(read(encode("data: 🙂 é\n\n"), 1)).toEqual([
      { kind: "frame", frame: { event: null, data: "🙂 é" } },
    ]);
  });

  it("says once that bytes were not UTF-8", () => {
    const bytes = new Uint8Array([
      ...encode("data: "),
      0xff,
      ...encode("\n\ndata: "),
      0xfe,
      ...encode("\n\n"),
    ]);
    expect(read(bytes, 3).filter((item) => item.kind === "invalid-utf8")).toEqual([{ kind: "invalid-utf8" }]);
  });
});

describe("a stream without bounds", () => {
  const limits: SseLimits = { eventChars: 50, streamBytes: 1024 * 1024, events: 3 };

  it("event over the cap ends the reading with a limit, whole or in pieces", () => {
    const bytes = encode(`data: ok\n\ndata: ${"x".repeat(60)}\n\ndata: late\n\n`);
    expect(codes(read(bytes, bytes.length, limits))).toEqual(["frame", "LIMIT"]);
    expect(codes(read(bytes, 1, limits))).toEqual(["frame", "LIMIT"]);
  });

  it("an event of many lines over the cap ends the reading with a limit", () => {
    expect(codes(read(encode("data: 0123456789\n".repeat(9)), 17, limits))).toEqual(["LIMIT"]);
  });

  it("more events than the cap end the reading with a limit", () => {
    expect(codes(read(encode("data: x\n\n".repeat(5)), 9, limits))).toEqual([
      "frame",
      "frame",
      "frame",
      "LIMIT",
    ]);
  });

  it("more bytes than the cap end the reading with a limit that names it", () => {
    const items = read(encode(":\n".repeat(600_000)), 65_536, limits).filter((item) => item.kind === "limit");
    expect(items.map((item) => item.error.message)).toEqual([
      "The reply exceeded Vitrine's limit of 1 MB per stream and was cut off there. Everything before it is kept.",
    ]);
  });

  it("10 MB event is read", () => {
    const bytes = encode(`data: ${"x".repeat(10 * 1024 * 1024)}\n\n`);
    expect(codes(read(bytes, 65_536))).toEqual(["frame"]);
  });
});

it("the reader of events makes the same items of any split of any text", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "data: ",
      "event: x",
      ":",
      "\n",
      "\r",
      "\r\n",
      "\n\n",
      "\uFEFF",
      "é",
      "🙂",
      "error: {}",
      "id: 1",
      "\0",
    ),
    fc.string({ maxLength: 6 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.integer({ min: 1, max: 9 }), (pieces, size) => {
      const bytes = encode(pieces.join(""));
      expect(read(bytes, size)).toEqual(read(bytes));
    }),
  );
});
