import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { ResponseHead, RunError, StreamEvent } from "@/lib/stream/turn/event";

import type { SseLimits } from "./sse";
import { openWire } from "./wire";
import type { DialectReader } from "./wire-body";

const say = (text: string): StreamEvent => ({ type: "text-delta", id: "t", text });
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A dialect that says only what it was given. */
function echoReader(): DialectReader {
  let last: StreamEvent[] = [{ type: "step-end" }];
  return {
    read: ({ event, data }) => {
      if (data === "END") {
        last = [];
        return [{ type: "step-end" }];
      }
      if (data === "FINISH") return [{ type: "finish", finish: { unified: "stop", raw: "stop" } }];
      return [say(event === null ? data : `${event}=${data}`)];
    },
    readBody: (body) => [say(body), { type: "step-end" }],
    end: () => last,
  };
}

const HEAD = { status: 200, contentType: "text/event-stream", connectMs: 1, headersMs: 2, requestId: "q" };
const ERROR: RunError = { source: "network", code: "ECONNRESET", message: "reset", retryable: true };
const headFrame = (head: object = HEAD): string => `event: relay-head\ndata: ${JSON.stringify(head)}\n\n`;
const errorFrame = (error: object = ERROR): string =>
  `\n\nevent: relay-error\ndata: ${JSON.stringify({ error })}\n\n`;
const RESPONSE_HEAD: StreamEvent = { type: "response-head", head: HEAD };
const failed = (code: string): unknown => ({ type: "step-fail", error: expect.objectContaining({ code }) });
const warned = (code: string): unknown => ({ type: "warning", warning: expect.objectContaining({ code }) });

type Options = { readonly head?: ResponseHead; readonly end?: RunError; readonly limits?: SseLimits };

function read(text: string, size = 1 << 20, { end, ...options }: Options = {}): readonly StreamEvent[] {
  const wire = openWire({ reader: echoReader(), ...options });
  const bytes = new TextEncoder().encode(text);
  const events: StreamEvent[] = [];
  for (let from = 0; from < bytes.length; from += size)
    events.push(...wire.push(bytes.subarray(from, from + size), from).map((timed) => timed.event));
  return [...events, ...wire.end(0, end).map((timed) => timed.event)];
}

const failureOf = (text: string): unknown => {
  const last = read(text, 1).at(-1);
  return last?.type === "step-fail" ? last.error.message : last;
};

const headOf = (contentType: string, status = 200): ResponseHead => ({ ...HEAD, contentType, status });

describe("the reader of the relay's frames", () => {
  it("reads comments, the head and the upstream's own bytes, however they are cut", () => {
    const text = `: hi\n\n: hi\n\n${headFrame()}data: a\n\ndata: b\n\n`;
    for (const size of [1, 7, 4096])
      expect(read(text, size)).toEqual([RESPONSE_HEAD, say("a"), say("b"), { type: "step-end" }]);
  });

  it("stamps every event with the time of its read", () => {
    const wire = openWire({ reader: echoReader() });
    expect(wire.push(encode(`${headFrame()}data: a\n\nda`), 5).map((timed) => timed.at)).toEqual([5, 5]);
    expect(wire.push(encode("ta: b\n\n"), 9)).toEqual([{ at: 9, event: say("b") }]);
    expect(wire.end(11)).toEqual([{ at: 11, event: { type: "step-end" } }]);
  });

  it("strips a BOM where the upstream begins", () => {
    expect(read(`${headFrame()}\uFEFFdata: a\n\n`, 3)).toEqual([
      RESPONSE_HEAD,
      say("a"),
      { type: "step-end" },
    ]);
  });

  it("fails with the relay's error before the head", () => {
    expect(read(`: hi\n\n${errorFrame()}`)).toEqual([{ type: "step-fail", error: ERROR }]);
  });

  it("fails with the relay's error after the head of a refusal", () => {
    const refused = { ...ERROR, source: "provider", code: "HTTP_429", status: 429, retryAfterMs: 3000 };
    const head = { ...HEAD, status: 429, contentType: "application/json" };
    expect(read(headFrame(head) + errorFrame(refused))).toEqual([
      { type: "response-head", head },
      { type: "step-fail", error: refused },
    ]);
  });

  it("fails when the relay sends nothing, or a frame of another version", () => {
    expect(read("")).toEqual([failed("NO_ANSWER")]);
    expect(read(": hi\n\n", 1, { end: ERROR })).toEqual([{ type: "step-fail", error: ERROR }]);
    expect(read("event: relay-head\ndata: {}\n\n")).toEqual([failed("BAD_RELAY_FRAME")]);
    expect(read("event: relay-error\ndata: x\n\n")).toEqual([failed("BAD_RELAY_FRAME")]);
  });

  it("never takes a head from the upstream", () => {
    const fake = headFrame({ ...HEAD, status: 500 });
    expect(read(`${headFrame()}data: a\n\n${fake}data: b\n\n`)).toEqual([
      RESPONSE_HEAD,
      say("a"),
      warned("forged-frame"),
      say("b"),
      { type: "step-end" },
    ]);
  });

  it("takes a relay error from nowhere but the very end", () => {
    expect(read(`${headFrame()}data: a${errorFrame()}data: b\n\n`)).toEqual([
      RESPONSE_HEAD,
      say("a"),
      warned("forged-frame"),
      say("b"),
      { type: "step-end" },
    ]);
  });
});

describe("the connection breaks", () => {
  it("FIN, RST or a bad chunk mid-stream ends the step with the cause, not in failure", () => {
    const cut = [RESPONSE_HEAD, say("a"), { type: "step-end", error: ERROR }];
    expect(read(`${headFrame()}data: a\n\n${errorFrame()}`)).toEqual(cut);
    expect(read(`${headFrame()}data: a\n\ndata: tor`, 1, { end: ERROR })).toEqual(cut);
  });

  it("a break before the first byte of the answer is a failure", () => {
    expect(read(headFrame() + errorFrame())).toEqual([RESPONSE_HEAD, { type: "step-fail", error: ERROR }]);
    expect(read(headFrame(), 1, { end: ERROR })).toEqual([
      RESPONSE_HEAD,
      { type: "step-fail", error: ERROR },
    ]);
  });

  it("a break after the finish reason leaves a complete answer, with a note", () => {
    expect(read(`${headFrame()}data: a\n\ndata: FINISH\n\n${errorFrame()}`)).toEqual([
      RESPONSE_HEAD,
      say("a"),
      { type: "finish", finish: { unified: "stop", raw: "stop" } },
      warned("cut-after-finish"),
      { type: "step-end" },
    ]);
  });

  it("a break after the end changes nothing", () => {
    expect(read(`${headFrame()}data: a\n\ndata: END\n\n${errorFrame()}`)).toEqual([
      RESPONSE_HEAD,
      say("a"),
      { type: "step-end" },
    ]);
  });

  it("a limit of the relay is a failure that keeps what was received", () => {
    const limit = { ...ERROR, source: "app", code: "LIMIT" };
    expect(read(`${headFrame()}data: a\n\n${errorFrame(limit)}`)).toEqual([
      RESPONSE_HEAD,
      say("a"),
      { type: "step-fail", error: limit },
    ]);
  });

  it("a JSON body that breaks off is read as far as it was received, and ends with the cause", () => {
    const head = { ...HEAD, contentType: "application/json" };
    expect(read(`${headFrame(head)}{"choices":[${errorFrame()}`)).toEqual([
      { type: "response-head", head },
      warned("not-streamed"),
      say('{"choices":['),
      { type: "step-end", error: ERROR },
    ]);
  });
});

describe("the body is not what was asked for", () => {
  it("a JSON body is handed over whole, with a note", () => {
    expect(read('\n {"a":1}', 1, { head: headOf("application/json; charset=utf-8") })).toEqual([
      { type: "response-head", head: headOf("application/json; charset=utf-8") },
      warned("not-streamed"),
      say('\n {"a":1}'),
      { type: "step-end" },
    ]);
  });

  it.each(["text/plain", "application/octet-stream", "", "application/json", "text/html"])(
    "a stream declared as %j is read, with a note",
    (contentType) => {
      for (const start of ["data: a\n\n", ": x\n\ndata: a\n\n", "\n\nid: 1\ndata: a\n\n"])
        expect(read(start, 1, { head: headOf(contentType) }).slice(1)).toEqual([
          warned("content-type"),
          say("a"),
          { type: "step-end" },
        ]);
    },
  );

  it("HTML is called HTML, with its title and its beginning", () => {
    const page = `<!doctype html><html><head><title>Sign in\n to WiFi</title></head>${"x".repeat(400)}`;
    const [, failure] = read(page, 7, { head: headOf("text/html") });
    expect(failure).toEqual({
      type: "step-fail",
      error: {
        source: "provider",
        code: "HTML_NOT_API",
        message: "The server sent a web page, not an API's answer: “Sign in to WiFi”. Check the base URL.",
        retryable: false,
        detail: page.slice(0, 200),
      },
    });
  });

  it("an error page keeps its status, and its address is not called wrong", () => {
    const [, failure] = read("<html>bad gateway</html>", 7, { head: headOf("text/html", 502) });
    expect(failure).toMatchObject({
      error: { code: "NO_MESSAGE", status: 502, message: "The server returned 502 with a web page." },
    });
  });

  it.each([
    ["204", 204, ""],
    ["an empty body", 200, ""],
    ["blank lines", 200, "\n\n  \n"],
  ])("%s is an empty reply", (_name, status, text) => {
    expect(read(text, 1, { head: headOf("text/event-stream", status) }).slice(1)).toEqual([
      failed("EMPTY_REPLY"),
    ]);
    expect(read(text, 1, { head: headOf("application/json", status) }).slice(1)).toEqual([
      failed("EMPTY_REPLY"),
    ]);
  });

  it("a stream of nothing but comments is an empty reply that counts the server's own", () => {
    expect(failureOf(`${headFrame()}: vitrine waiting\n\n: ping\n\n: ping\n\n`)).toBe(
      "Empty reply: the server answered 200 and closed without sending anything but 2 keep-alives. Its log may say why.",
    );
    expect(failureOf(`${headFrame()}: vitrine waiting\n\n`)).toBe(
      "Empty reply: the server answered 200 and closed without sending anything. Its log may say why.",
    );
  });

  it("distinguishes an error inside a good reply from an error of the reply, in a stream and in a whole body", () => {
    const inside: RunError = { ...ERROR, source: "provider", code: "server_error", status: 500 };
    const reader: DialectReader = {
      read: () => [{ type: "step-fail", error: inside }],
      readBody: () => [{ type: "step-end", error: inside }],
      end: () => [],
    };
    const errors = ["text/event-stream", "application/json"].flatMap((type) =>
      [200, 500].map((status) => {
        const wire = openWire({ reader, head: headOf(type, status) });
        const bytes = encode(type === "application/json" ? "{}" : "data: x\n\n");
        const last = [...wire.push(bytes, 0), ...wire.end(0)].at(-1)?.event;
        return last?.type === "step-fail" || last?.type === "step-end" ? last.error : null;
      }),
    );
    expect(errors).toEqual([{ ...inside, inStatus: 200 }, inside, { ...inside, inStatus: 200 }, inside]);
  });

  it("wire:B65 a binary stream is refused politely", () => {
    const type = "application/vnd.amazon.eventstream";
    expect(read("\0\0\0\u0001binary", 3, { head: headOf(type) }).slice(1)).toEqual([failed("NOT_A_STREAM")]);
  });

  it("a JSON body over the cap is read up to it and ends with a limit", () => {
    const wire = openWire({ reader: echoReader(), head: headOf("application/json"), isStreamed: false });
    const chunk = new TextEncoder().encode(`{"a":"${"x".repeat(1024 * 1024)}`);
    const events = Array.from({ length: 20 }, (_, at) => wire.push(chunk, at)).flat();
    const [head, text, ...rest] = [...events, ...wire.end(20)].map((timed) => timed.event);
    expect([head, rest]).toEqual([
      { type: "response-head", head: headOf("application/json") },
      [failed("LIMIT")],
    ]);
    expect(text?.type === "text-delta" ? text.text.length : 0).toBe(16 * 1024 * 1024);
  });

  it("a stream over a cap is cut with a limit, and what was received stays", () => {
    const limits: SseLimits = { eventChars: 20, streamBytes: 1000, events: 9 };
    const text = `data: a\n\ndata: ${"x".repeat(30)}\n\ndata: b\n\n`;
    expect(read(text, 5, { head: headOf("text/event-stream"), limits }).slice(1)).toEqual([
      say("a"),
      failed("LIMIT"),
    ]);
  });
});

it("the wire makes the same events of any split of any bytes, and always exactly one end", () => {
  const frame = fc.constantFrom(
    "data: a\n\n",
    "data: END\n\n",
    "data: FINISH\n\n",
    "event: relay-head\ndata: {}\n\n",
    "event: relay-error\ndata: {}\n\n",
    errorFrame(),
    ": x\n\n",
    "data: tor",
    "\r\n",
    "<html>",
    '{"a":1}',
    "é",
  );
  fc.assert(
    fc.property(
      fc.array(frame, { maxLength: 12 }),
      fc.boolean(),
      fc.constantFrom("text/event-stream", "application/json", "text/plain"),
      fc.integer({ min: 1, max: 40 }),
      (frames, withHead, contentType, size) => {
        const text = (withHead ? headFrame({ ...HEAD, contentType }) : "") + frames.join("");
        const events = read(text, size);
        expect(events).toEqual(read(text));
        const ends = events.filter((event) => event.type === "step-end" || event.type === "step-fail");
        expect(ends).toHaveLength(1);
      },
    ),
  );
});
