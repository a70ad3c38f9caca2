import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Exchange } from "@/lib/tape/exchange";

import { toBytes } from "./body-bytes";
import type { ReadFile } from "./found";
import { readForeignFile } from "./read-file";

const STREAM = 'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\ndata: [DONE]\n\n';

/** One small file of each format, with everything that its reader looks at. */
const SEEDS: Readonly<Record<string, string>> = {
  "a.yaml": `---
version: 2
interactions:
- id: 0
  request:
    body: '{"model":"m"}'
    headers:
      Content-Type:
      - application/json
    url: https://api.example.com/v1/chat/completions?key=1
    method: POST
  response:
    body: |+
      data: {"choices":[]}

      data: [DONE]

    headers: {}
    status: 200 OK
    code: 200
    duration: 1.5s
  vitrine: { reads: "1000+22 2000+14", head_us: 500, end: { us: 3000, how: closed } }
- request: { url: "https://a.example/v1/messages", method: POST }
  response: { body: !!binary "/wCAgQ==", code: 500 }
`,
  "a.har": JSON.stringify({
    log: {
      entries: [
        {
          startedDateTime: "2026-11-01T10:00:00.000Z",
          time: 900,
          request: {
            method: "POST",
            url: "https://a.example/v1/responses",
            headers: [],
            postData: { text: "{}" },
          },
          response: { status: 200, headers: [{ name: "a", value: "b" }], content: { text: STREAM } },
          timings: { send: 1, wait: 2, receive: 3 },
          _eventSourceMessages: [{ time: 1, data: "1" }],
          _vitrine: { reads: "10+63", end: { us: 20, how: "broken", message: "x" } },
        },
      ],
    },
  }),
  "a.sse": STREAM,
  "a.json":
    '{"fixtures":[{"match":{"userMessage":"a"},"response":{"content":"b","toolCalls":[{"name":"f","arguments":{}}]},"recordedTimings":{"ttftMs":1,"interChunkDelaysMs":[1,2]}}]}',
  "a.jsonl":
    '{"messages":[{"role":"user","content":"a"},{"role":"assistant","tool_calls":[{"id":"x","function":{"name":"f","arguments":"{}"}}]}]}\n{"messages":[]}',
};

/** What is put into a file: words that have a meaning somewhere, and those that did harm somewhere. */
const WORDS = [
  "__proto__",
  "constructor",
  "prototype",
  '"__proto__":{"polluted":1},',
  "__proto__: {polluted: 1}\n",
  "1e999",
  "-1",
  "NaN",
  "99999999999999999999",
  "null",
  "[[[[",
  "{{{{",
  "]]",
  "}}",
  "- - - -",
  "? ? ?",
  "&a ",
  "*a ",
  "!!binary ",
  "!!js/function ",
  "<<: *a\n",
  "---\n",
  "\u0000",
  "\uFEFF",
  "\r",
  "\n\n",
  '"',
  "'",
  "\\u0000",
  "data: ",
  "event: message_start\n",
  "\ud800",
];

type Change = { readonly at: number; readonly cut: number; readonly put: string; readonly times: number };

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat({ max: 3000 }),
  cut: fc.oneof(fc.constant(0), fc.nat({ max: 40 })),
  put: fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: "binary", maxLength: 3 })),
  times: fc.oneof(fc.constant(1), fc.constantFrom(0, 2, 50)),
});

function mutate(text: string, changes: readonly Change[]): string {
  return changes.reduce((before, { at, cut, put, times }) => {
    const place = before.length === 0 ? 0 : at % before.length;
    return before.slice(0, place) + put.repeat(times) + before.slice(place + cut);
  }, text);
}

/** Whatever is read can be replayed: its times are whole, in order, and no longer than a day. */
function checkTimes({ chunks, headUs, end }: Exchange): void {
  const times = [headUs ?? 0, ...chunks.map(({ us }) => us), ...(end === null ? [] : [end.us])];
  for (const [index, us] of times.entries()) {
    expect(Number.isSafeInteger(us)).toBe(true);
    expect(us).toBeGreaterThanOrEqual(times[index - 1] ?? 0);
    expect(us).toBeLessThanOrEqual(86_400_000_000);
  }
}

function check(read: ReadFile): void {
  const fresh: { readonly polluted?: unknown } = {};
  expect(fresh.polluted).toBeUndefined();
  if (!read.ok) {
    expect(read.reason).toMatch(/\S.*[.…]$/su);
    return;
  }
  for (const { exchange } of read.exchanges) checkTimes(exchange);
}

describe.each(Object.entries(SEEDS))("%s as a file", (name, seed) => {
  it("is read as it is", () => {
    expect(readForeignFile(name, toBytes(seed))).toMatchObject({ ok: true });
  });

  it("that was changed anywhere is read, or refused in words", () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        check(readForeignFile(name, toBytes(mutate(seed, changes))));
      }),
    );
  });

  it("of any bytes is read, or refused in words", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        check(readForeignFile(name, Uint8Array.from(bytes)));
      }),
    );
  });
});
