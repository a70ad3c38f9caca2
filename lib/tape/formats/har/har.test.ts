import { describe, expect, it } from "vitest";

import type { Exchange } from "@/lib/tape/exchange";
import { exchangesOf, firstOf, textOf } from "@/lib/tape/formats/__fixtures__/found-in";
import { toBytes } from "@/lib/tape/formats/body-bytes";

import { readHar } from "./read-har";
import { writeHar } from "./write-har";

const STREAM = 'event: a\ndata: {"choices":[]}\n\n: ping\n\ndata: [DONE]\n\n';

/** An entry as a browser writes it for a stream that `fetch` reads. */
const ENTRY = {
  startedDateTime: "2026-11-01T10:00:00.000Z",
  time: 900,
  request: {
    method: "POST",
    url: "https://api.example.com/v1/chat/completions",
    httpVersion: "http/2.0",
    headers: [
      { name: ":method", value: "POST" },
      { name: "authorization", value: "Bearer sk-secret" },
      { name: "content-type", value: "application/json" },
    ],
    queryString: [],
    cookies: [],
    headersSize: -1,
    bodySize: 2,
    postData: { mimeType: "application/json", text: "{}" },
  },
  response: {
    status: 200,
    statusText: "",
    httpVersion: "http/2.0",
    headers: [{ name: "content-type", value: "text/event-stream" }],
    cookies: [],
    content: { size: STREAM.length, mimeType: "text/event-stream", text: STREAM },
    redirectURL: "",
    headersSize: -1,
    bodySize: -1,
  },
  cache: {},
  timings: { blocked: 10, dns: -1, connect: -1, ssl: -1, send: 2, wait: 288, receive: 600 },
};

/** Seconds since 1970 of the entry's start. */
const START = Date.parse(ENTRY.startedDateTime) / 1000;

const EVENTS = [
  { time: START + 0.4, eventName: "a", eventId: "", data: '{"choices":[]}' },
  { time: START + 0.7, eventName: "message", eventId: "", data: "[DONE]" },
];

type Entry = { readonly [key: string]: unknown };

function har(...entries: readonly Entry[]): string {
  return JSON.stringify({ log: { version: "1.2", creator: { name: "x", version: "1" }, entries } });
}

function pace(exchange: Exchange): readonly (readonly [number, string])[] {
  return exchange.chunks.map(({ us, bytes }) => [us, new TextDecoder().decode(bytes)]);
}

const FRAMES = ['event: a\ndata: {"choices":[]}\n\n', ": ping\n\n", "data: [DONE]\n\n"] as const;

describe("an entry of a browser", () => {
  it("gives its exchange without keys and cookies, replayed evenly behind its head", () => {
    const exchange = firstOf(readHar(har(ENTRY)));
    expect(exchange).toMatchObject({
      method: "POST",
      url: ENTRY.request.url,
      requestHeaders: [["content-type", "application/json"]],
      requestBody: "{}",
      startedAt: START * 1000,
      status: 200,
      headUs: 300_000,
      timing: "missing",
      end: { us: 900_000, how: "closed" },
    });
    expect(pace(exchange)).toEqual([
      [500_000, FRAMES[0]],
      [700_000, FRAMES[1]],
      [900_000, FRAMES[2]],
    ]);
  });

  it("has the times of its events where they fit its body; a comment comes with the event behind it", () => {
    const exchange = firstOf(readHar(har({ ...ENTRY, _eventSourceMessages: EVENTS })));
    expect([exchange.timing, exchange.headUs, exchange.end]).toEqual([
      "measured",
      300_000,
      { us: 900_000, how: "closed" },
    ]);
    expect(pace(exchange)).toEqual([
      [400_000, FRAMES[0]],
      [700_000, FRAMES[1]],
      [700_000, FRAMES[2]],
    ]);
  });

  it("whose events have a clock of their own begins with its head", () => {
    const own = EVENTS.map((event) => ({ ...event, time: event.time - START + 5_000_000 }));
    expect(pace(firstOf(readHar(har({ ...ENTRY, _eventSourceMessages: own })))).map(([us]) => us)).toEqual([
      300_000, 600_000, 600_000,
    ]);
  });

  it.each([
    ["other events", [{ ...EVENTS[0], data: "other" }, EVENTS[1]]],
    ["an event less", EVENTS.slice(0, 1)],
    ["an event more", [...EVENTS, EVENTS[1]]],
    ["times that fall", EVENTS.map((event, index) => ({ ...event, time: START + 1 - index * 0.5 }))],
    ["a time of 1e300", EVENTS.map((event, index) => ({ ...event, time: index === 0 ? START : 1e300 }))],
    ["no time", EVENTS.map(({ data }) => ({ data }))],
  ])("with %s is replayed evenly, and says so", (_what, events) => {
    const read = readHar(har({ ...ENTRY, _eventSourceMessages: events }));
    expect(firstOf(read).timing).toBe("missing");
    expect(read.ok && read.notes).toContain(
      "The times of the events in entry 1 do not fit its body and are left out.",
    );
  });

  it("without a body is rebuilt from its events, and says so", () => {
    const response = { ...ENTRY.response, content: { size: 0, mimeType: "text/event-stream" } };
    const read = readHar(har({ ...ENTRY, response, _eventSourceMessages: EVENTS }));
    expect(textOf(firstOf(read))).toBe('event: a\ndata: {"choices":[]}\n\ndata: [DONE]\n\n');
    expect(firstOf(read).timing).toBe("measured");
    expect(read.ok && read.notes).toContain(
      "The body of entry 1 is not in the file: it is rebuilt from the events, and may differ in line ends and comments.",
    );
  });

  it("with a body in base64 gives its bytes", () => {
    const response = { ...ENTRY.response, content: { mimeType: "x", encoding: "base64", text: "/wCAgQ==" } };
    expect(firstOf(readHar(har({ ...ENTRY, response })))).toMatchObject({
      chunks: [{ bytes: Uint8Array.of(255, 0, 128, 129) }],
    });
  });
});

describe("a whole session of a browser", () => {
  const page = {
    ...ENTRY,
    request: { ...ENTRY.request, method: "GET", url: "https://example.com/app.js" },
    response: { ...ENTRY.response, headers: [], content: { text: "let a;", mimeType: "text/javascript" } },
  };

  it("keeps its calls of models, and refuses each other request by name", () => {
    const read = readHar(har(page, ENTRY));
    expect(read.ok && read.exchanges.map(({ refusal }) => refusal)).toEqual([
      "GET https://example.com/app.js is not a call of a wire format that Vitrine knows.",
      null,
    ]);
  });

  it("leaves a broken entry out with a note", () => {
    const broken = { ...ENTRY, response: { ...ENTRY.response, status: "fine" } };
    const read = readHar(har(broken, ENTRY));
    expect(exchangesOf(read)).toHaveLength(1);
    expect(read.ok && read.notes[0]).toMatch(
      /^Entry 1 is broken at response\.status: .*The entry is left out\.$/,
    );
  });
});

describe("what is not a HAR file is refused", () => {
  it.each<[what: string, text: string, expected: string | RegExp]>([
    ["other JSON", "{}", "This is not a HAR file: it has no log with a list of entries."],
    ["a file that is cut", '{"log": {"entries": [', /^The HAR file is not JSON: /],
    ["a file of broken entries", har({ ...ENTRY, request: null }), /^Entry 1 is broken at request: /],
    [
      "a body that is not base64",
      har({ ...ENTRY, response: { ...ENTRY.response, content: { text: "!", encoding: "base64" } } }),
      "The body of entry 1 is not base64.",
    ],
    [
      "a key that reaches a prototype",
      '{"log": {"entries": [{"__proto__": {"a": 1}}]}}',
      'The HAR file is refused: it has a key named "__proto__".',
    ],
    [
      "lists 100,000 deep",
      `{"log": {"entries": ${"[".repeat(100_000)}${"]".repeat(100_000)}}}`,
      /nested deeper than 160 levels/,
    ],
    [
      "too many entries",
      `{"log": {"entries": [${"1,".repeat(10_000)}1]}}`,
      "The HAR file has 10,001 entries. Vitrine reads at most 10,000.",
    ],
  ])("%s", (_what, text, expected) => {
    const read = readHar(text);
    expect(read.ok ? "read" : read.reason).toEqual(
      typeof expected === "string" ? expected : expect.stringMatching(expected),
    );
  });
});

const exchange: Exchange = {
  method: "POST",
  url: "https://api.example.com/v1/chat/completions?alt=sse",
  requestHeaders: [["content-type", "application/json"]],
  requestBody: '{"stream":true}',
  startedAt: START * 1000,
  status: 200,
  statusText: "OK",
  headers: [["content-type", "text/event-stream"]],
  headUs: 100_000,
  // The first event comes in two reads, and the second read holds the second event too.
  chunks: [
    { us: 200_000, bytes: toBytes("event: a\nid: 7\nda") },
    { us: 300_000, bytes: toBytes("ta: 1\r\n\r\n: ping\n\ndata: 2\ndata: 3\n\n") },
    { us: 400_000, bytes: toBytes("data: [DONE]\n\n") },
  ],
  timing: "measured",
  end: { us: 500_000, how: "broken", message: "The connection was reset." },
};

describe("a written HAR file", () => {
  const written: unknown = JSON.parse(writeHar([exchange], "0.2.0").content);

  it("has every field that HAR 1.2 requires", () => {
    expect(written).toMatchObject({
      log: {
        version: "1.2",
        creator: { name: "Vitrine", version: "0.2.0" },
        entries: [
          {
            startedDateTime: "2026-11-01T10:00:00.000Z",
            time: 500,
            request: {
              method: "POST",
              url: exchange.url,
              httpVersion: "HTTP/1.1",
              cookies: [],
              headers: [{ name: "content-type", value: "application/json" }],
              queryString: [{ name: "alt", value: "sse" }],
              postData: { mimeType: "application/json", text: '{"stream":true}' },
              headersSize: -1,
              bodySize: 15,
            },
            response: {
              status: 200,
              statusText: "OK",
              httpVersion: "HTTP/1.1",
              cookies: [],
              headers: [{ name: "content-type", value: "text/event-stream" }],
              content: { size: 65, mimeType: "text/event-stream", text: textOf(exchange) },
              redirectURL: "",
              headersSize: -1,
              bodySize: 65,
              _error: "The connection was reset.",
            },
            cache: {},
            timings: { send: 0, wait: 100, receive: 400 },
          },
        ],
      },
    });
  });

  it("has its events with the time of the read that ended them", () => {
    expect(written).toMatchObject({
      log: {
        entries: [
          {
            _eventSourceMessages: [
              { time: START + 0.3, eventName: "a", eventId: "7", data: "1" },
              { time: START + 0.3, eventName: "message", eventId: "", data: "2\n3" },
              { time: START + 0.4, eventName: "message", eventId: "", data: "[DONE]" },
            ],
          },
        ],
      },
    });
  });

  it("keeps these times also where another program drops what is Vitrine's own", () => {
    const foreign = writeHar([exchange], "0.2.0").content.replace('"_vitrine"', '"_other"');
    const read = firstOf(readHar(foreign));
    expect([read.timing, read.chunks.map(({ us }) => us)]).toEqual([
      "measured",
      [300_000, 300_000, 300_000, 400_000],
    ]);
  });

  it("says what stands for what is not known", () => {
    const unknown = { ...exchange, url: "", startedAt: null };
    expect(writeHar([unknown], "0.2.0").losses).toEqual([
      "HAR requires a date: 1970 stands where it is not known.",
      "HAR requires an address: about:blank stands where it is not known.",
    ]);
    expect(firstOf(readHar(writeHar([unknown], "0.2.0").content))).toEqual(unknown);
  });
});
