import * as fc from "fast-check";
import type { Dispatcher } from "undici";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { gatherReads } from "./gather-reads";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const bytesOf = (text: string) => Buffer.from(text);

const controller: Dispatcher.DispatchController = {
  aborted: false,
  paused: false,
  reason: null,
  abort: () => undefined,
  pause: () => undefined,
  resume: () => undefined,
};

/** What a handler behind it hears, and what the upstream's side may do. */
function gathered() {
  const heard: (string | Error)[] = [];
  let inner: Dispatcher.DispatchHandler = {};
  const dispatch = gatherReads((_options, handler) => {
    inner = handler;
    return true;
  });
  dispatch(
    { path: "/", method: "GET" },
    {
      onResponseData: (_controller, bytes) => heard.push(bytes.toString("latin1")),
      onResponseEnd: () => heard.push("END"),
      onResponseError: (_controller, error) => heard.push(error),
    },
  );
  return {
    heard,
    send: (text: string) => inner.onResponseData?.(controller, Buffer.from(text, "latin1")),
    end: () => inner.onResponseEnd?.(controller, {}),
    fail: (error: Error) => inner.onResponseError?.(controller, error),
  };
}

it("the gatherer passes any bytes on unchanged, however they were cut and whenever they came", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.nat({ max: 20 }))), (pieces) => {
      const { heard, send, end } = gathered();
      for (const [text, waitMs] of pieces) {
        send(bytesOf(text).toString("latin1"));
        vi.advanceTimersByTime(waitMs);
      }
      end();
      const sent = pieces.map(([text]) => bytesOf(text).toString("latin1")).join("");
      expect([heard.slice(0, -1).join(""), heard.at(-1)]).toEqual([sent, "END"]);
    }),
  );
});

it("the gatherer passes the first bytes on at once, and joins those that follow within its few milliseconds", () => {
  const { heard, send } = gathered();
  for (const text of ["a", "b", "c"]) send(text);
  expect(heard).toEqual(["a"]);
  vi.advanceTimersByTime(8);
  expect(heard).toEqual(["a", "bc"]);
});

it("the gatherer passes bytes on at once when they come after a silence", () => {
  const { heard, send } = gathered();
  send("a");
  vi.advanceTimersByTime(20);
  send("b");
  expect(heard).toEqual(["a", "b"]);
});

it("the gatherer never holds what is enough for one write", () => {
  const { heard, send } = gathered();
  send("a");
  send("b");
  send("c".repeat(32 * 1024));
  expect(heard).toEqual(["a", `b${"c".repeat(32 * 1024)}`]);
});

it("the gatherer passes on all that came before the end, and before a failure", () => {
  const [ended, failed] = [gathered(), gathered()];
  for (const { send } of [ended, failed]) for (const text of ["a", "b"]) send(text);
  ended.end();
  const error = new Error("reset");
  failed.fail(error);
  vi.advanceTimersByTime(20);
  expect([ended.heard, failed.heard]).toEqual([
    ["a", "b", "END"],
    ["a", "b", error],
  ]);
});
