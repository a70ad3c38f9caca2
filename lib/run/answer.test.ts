import { describe, expect, it } from "vitest";

import { bindDialect } from "@/lib/providers/dialects/bind-dialect";
import { chatQuirks } from "@/lib/providers/presets/chat-quirks";
import type { ResponseHead, RunError } from "@/lib/stream/turn/event";

import { openAnswer } from "./answer";

const bytes = (text: string) => new TextEncoder().encode(text);
const head = (status: number): ResponseHead => ({
  status,
  contentType: "text/event-stream",
  requestId: null,
  connectMs: null,
  headersMs: 1,
});
const open = (status: number | null = 200) =>
  openAnswer({
    reader: bindDialect({ dialect: "chat-completions", quirks: chatQuirks() }).open("off"),
    head: status === null ? null : head(status),
    isStreamed: true,
  });
const data = (value: unknown) => bytes(`data: ${JSON.stringify(value)}\n\n`);
const hello = data({ choices: [{ index: 0, delta: { content: "Hello" } }] });
const stop = data({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
const cut: RunError = { source: "app", code: "CONNECTION_CUT", message: "Cut.", retryable: true };
const types = (events: readonly { readonly event: { readonly type: string } }[]) =>
  events.map(({ event }) => event.type);

describe("a failure", () => {
  it("is held back before the answer began, so that the request may be sent again", () => {
    const answer = open(null);
    expect(answer.end(1, { how: "broken", error: cut })).toEqual([]);
    expect(answer.state()).toEqual({ is: "failed", error: cut });
    const refused = open(503);
    expect(types(refused.push(data({ error: { message: "Busy" } }), 1))).toEqual(["response-head"]);
    expect(refused.state()).toMatchObject({ is: "failed", error: { message: "Busy" } });
  });

  it("passes after the first sign of an answer, and nothing passes after it", () => {
    const answer = open();
    answer.push(hello, 1);
    const events = answer.end(2, { how: "broken", error: cut });
    expect(events.at(-1)).toEqual({ at: 2, event: { type: "step-end", error: cut } });
    expect(answer.state()).toEqual({ is: "ended" });
    expect(answer.push(hello, 3)).toEqual([]);
  });
});

it("an answer that is stopped ends as stopped and keeps what was received", () => {
  const answer = open();
  answer.push(hello, 1);
  answer.push(bytes('data: {"choices"'), 2);
  expect(types(answer.end(3, { how: "stopped" }))).toEqual(["text-end", "step-stop"]);
});

it("an answer that is finished reports that the server left it open", () => {
  const answer = open();
  answer.push(hello, 1);
  answer.push(stop, 2);
  const events = answer.end(2, { how: "left-open" });
  expect(events[0]?.event).toMatchObject({ type: "warning", warning: { code: "left-open" } });
  expect(types(events).at(-1)).toBe("step-end");
});
