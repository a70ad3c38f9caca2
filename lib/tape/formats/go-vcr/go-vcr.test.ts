import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import type { Exchange } from "@/lib/tape/exchange";
import { exchangesOf, firstOf, textOf } from "@/lib/tape/formats/__fixtures__/found-in";
import { toBytes } from "@/lib/tape/formats/body-bytes";

import { readGoVcr } from "./read-go-vcr";
import { writeGoVcr } from "./write-go-vcr";

const VERSION_2 = `---
version: 2
interactions:
- id: 0
  request:
    proto: HTTP/1.1
    host: api.example.com
    body: '{"model":"m","stream":true}'
    form:
      alt:
      - sse
    headers:
      Authorization:
      - Bearer sk-secret
      Content-Type:
      - application/json
    url: https://user:pass@api.example.com/v1/chat/completions?alt=sse&key=abc
    method: POST
  response:
    proto: HTTP/2.0
    transfer_encoding:
    - chunked
    body: |+
      data: {"choices":[{"delta":{"content":"Oi"}}]}

      data: [DONE]

    headers:
      Content-Type:
      - text/event-stream
      Set-Cookie:
      - session=1
    status: 200 OK
    code: 200
    duration: 1.5s
`;

const VERSION_1 = `---
version: 1
interactions:
- request:
    body: ""
    form: {}
    headers: {}
    url: https://api.example.com/v1/messages
    method: POST
  response:
    body: '{"type":"error"}'
    headers:
      Content-Type:
      - application/json
    status: 401 Unauthorized
    code: 401
    duration: ""
`;

describe("a recording of version 2", () => {
  it("gives its exchange, without anything that could hold a key", () => {
    expect(firstOf(readGoVcr(VERSION_2))).toMatchObject({
      method: "POST",
      url: "https://api.example.com/v1/chat/completions?alt=sse&key=*",
      requestHeaders: [["Content-Type", "application/json"]],
      requestBody: '{"model":"m","stream":true}',
      startedAt: null,
      status: 200,
      statusText: "OK",
      headers: [["Content-Type", "text/event-stream"]],
      timing: "missing",
      end: { us: 1_500_000, how: "closed" },
    });
  });

  it("is replayed evenly up to the duration that it has", () => {
    const read = readGoVcr(VERSION_2);
    expect(firstOf(read).chunks.map(({ us, bytes }) => [us, new TextDecoder().decode(bytes)])).toEqual([
      [750_000, 'data: {"choices":[{"delta":{"content":"Oi"}}]}\n\n'],
      [1_500_000, "data: [DONE]\n\n"],
    ]);
    expect(read.ok && read.notes).toEqual([
      "Login, fragment and values in an address that are not known to be harmless are left out.",
      "Request headers that could hold a key or a cookie are left out: only a list of harmless ones is kept.",
      "go-vcr records no times within an answer: exchange 1 is replayed evenly.",
    ]);
  });
});

it("a recording of version 1 is read like one of version 2", () => {
  const exchange = firstOf(readGoVcr(VERSION_1));
  expect([exchange.status, exchange.statusText, textOf(exchange)]).toEqual([
    401,
    "Unauthorized",
    '{"type":"error"}',
  ]);
});

it("bytes behind the tag !!binary are read as they are", () => {
  const yaml = VERSION_1.replace(`'{"type":"error"}'`, "!!binary |\n      /wCA\n      gQ==");
  expect(firstOf(readGoVcr(yaml))).toMatchObject({ chunks: [{ bytes: Uint8Array.of(255, 0, 128, 129) }] });
});

describe("a binary stream of Bedrock", () => {
  const bedrock = VERSION_1.replace("/v1/messages", "/model/m/invoke-with-response-stream")
    .replace("- application/json", "- application/vnd.amazon.eventstream")
    .replace("version: 1", "version: 2");

  it("is refused by name, and the other exchanges of its file are not", () => {
    const second = VERSION_1.slice(VERSION_1.indexOf("- request"));
    const read = readGoVcr(bedrock + second);
    expect(read.ok && read.exchanges.map(({ refusal }) => refusal)).toEqual([
      "The answer of POST https://api.example.com/model/m/invoke-with-response-stream is a binary event stream of Amazon Bedrock, which Vitrine does not read. Record the call without streaming.",
      null,
    ]);
  });
});

describe("what is not a recording is refused with the place", () => {
  it.each<[what: string, yaml: string, expected: string | RegExp]>([
    ["other YAML", "a: 1", "This is not a go-vcr recording: it has no version with a list of interactions."],
    [
      "another version",
      "version: 7\ninteractions: []",
      "This is version 7 of go-vcr's format. Vitrine reads versions 1 and 2.",
    ],
    [
      "a status that is no number",
      VERSION_2.replace("code: 200", "code: many"),
      /^The recording is broken at interactions\[0\]\.response\.code:/,
    ],
    [
      "an address that is none",
      VERSION_2.replace("https://user:pass@", "/"),
      /^The recording is broken at interactions\[0\]\.request\.url:/,
    ],
    ["broken YAML", "version: 2\ninteractions:\n- [", /^The recording is not YAML: .* at line 3/],
    [
      "a key that reaches a prototype",
      "version: 2\n__proto__: {a: 1}\ninteractions: []",
      'The recording has a key named "__proto__".',
    ],
    ["lists 50,000 deep", "- ? ".repeat(50_000), /nested more than 40 levels deep/],
    [
      "300,000 empty exchanges",
      `version: 2\ninteractions:\n${"- a\n".repeat(300_000)}`,
      /has more than 400,000 YAML tokens/,
    ],
  ])("%s", (_what, yaml, expected) => {
    const read = readGoVcr(yaml);
    expect(read.ok ? "read" : read.reason).toEqual(
      typeof expected === "string" ? expected : expect.stringMatching(expected),
    );
  });

  it("also where aliases would fill the memory", () => {
    const lines = ["a0: &a0 [x, x]"];
    for (let level = 1; level < 30; level += 1)
      lines.push(`a${String(level)}: &a${String(level)} [*a${String(level - 1)}, *a${String(level - 1)}]`);
    expect(readGoVcr(lines.join("\n"))).toEqual({
      ok: false,
      reason: expect.stringContaining("Excessive alias count"),
    });
  });
});

const exchange: Exchange = {
  method: "POST",
  url: "https://api.example.com/v1/chat/completions?alt=sse",
  requestHeaders: [["content-type", "application/json"]],
  requestBody: '{"stream":true}',
  startedAt: 1_764_000_000_000,
  status: 200,
  statusText: "OK",
  headers: [
    ["x-request-id", "1"],
    ["x-request-id", "2"],
  ],
  headUs: 40_000,
  chunks: [
    { us: 50_000, bytes: toBytes("data: 1\n\n") },
    { us: 90_000, bytes: toBytes("data: 2\n\n") },
  ],
  timing: "measured",
  end: { us: 95_000, how: "stopped" },
};

describe("a written recording", () => {
  it("has what go-vcr's own matcher compares, and times in keys that it passes over", () => {
    const written: unknown = parse(writeGoVcr([exchange]).content);
    expect(written).toEqual({
      version: 2,
      interactions: [
        {
          id: 0,
          request: {
            proto: "HTTP/1.1",
            proto_major: 1,
            proto_minor: 1,
            content_length: 15,
            host: "api.example.com",
            body: '{"stream":true}',
            form: { alt: ["sse"] },
            headers: { "Content-Type": ["application/json"] },
            url: "https://api.example.com/v1/chat/completions?alt=sse",
            method: "POST",
          },
          response: {
            proto: "HTTP/1.1",
            proto_major: 1,
            proto_minor: 1,
            content_length: -1,
            body: "data: 1\n\ndata: 2\n\n",
            headers: { "X-Request-Id": ["1", "2"] },
            status: "200 OK",
            code: 200,
            duration: "0.095s",
          },
          vitrine_started_at: "2025-11-24T16:00:00.000Z",
          vitrine: { head_us: 40_000, reads: "50000+9 90000+9", end: { us: 95_000, how: "stopped" } },
        },
      ],
    });
  });

  it("holds a stream as lines that a person can read", () => {
    expect(writeGoVcr([exchange]).content).toContain(
      "    body: |+\n      data: 1\n\n      data: 2\n\n    headers:",
    );
  });

  it("says what go-vcr cannot replay", () => {
    expect(writeGoVcr([exchange]).losses).toEqual([
      "go-vcr compares all request headers by default, and those that could hold a key are not in the file: give it a matcher of your own.",
      "go-vcr replays an answer that broke off or was stopped as if it were whole.",
      "go-vcr replays each answer at once. The times of its reads are kept for Vitrine.",
    ]);
  });

  it("whose times were changed by hand is replayed evenly, with a note", () => {
    const yaml = writeGoVcr([exchange]).content;
    for (const reads of ["50000+9 40000+9", "50000+900", "x", "1e9+9 2+9", `${"9".repeat(15)}+18`]) {
      const read = readGoVcr(yaml.replace("50000+9 90000+9", reads));
      expect(exchangesOf(read).map(({ timing }) => timing)).toEqual(["missing"]);
      expect(read.ok && read.notes[0]).toBe(
        "The times in interactions[0] do not fit its body and are left out.",
      );
    }
  });
});
