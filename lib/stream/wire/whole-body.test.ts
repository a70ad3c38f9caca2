/** Replies in one piece that break off, and replies in which nothing can be read. */
import { expect, it } from "vitest";

import { PLAIN_QUIRKS } from "@/lib/providers/__fixtures__/fold-chat";
import { brief, foldEvents, warningCodes } from "@/lib/providers/__fixtures__/fold-wire";
import { openChatCompletions } from "@/lib/providers/dialects/chat/reader";
import type { RunError } from "@/lib/stream/turn/event";
import type { Step } from "@/lib/stream/turn/turn";

import { openWire } from "./wire";

const BROKEN: RunError = { source: "network", code: "ECONNRESET", message: "It broke.", retryable: false };
const MB = 1024 * 1024;
const body = (content: string) =>
  JSON.stringify({ choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }] });

function fold(
  bytes: Uint8Array | string,
  options: { readonly error?: RunError; readonly contentType?: string } = {},
): Step {
  const { error, contentType = "application/json" } = options;
  const wire = openWire({
    reader: openChatCompletions({ quirks: PLAIN_QUIRKS }),
    head: { status: 200, contentType, requestId: null, connectMs: null, headersMs: 1 },
  });
  const sent = typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
  return foldEvents([...wire.push(sent, 1), ...wire.end(2, error)]);
}

function messageOf({ status }: Step): string | undefined {
  return "error" in status ? status.error?.message : undefined;
}

it("the reader keeps the text of an answer in one piece whose connection breaks inside it, with the reason", () => {
  const whole = body("Half an answer and more");
  const step = fold(whole.slice(0, whole.indexOf("swer")), { error: BROKEN });
  expect([step.status, brief(step).parts]).toEqual([
    { state: "truncated", error: BROKEN },
    [["text", "Half an an"]],
  ]);
});

it("the reader counts an answer in one piece as whole if its connection breaks behind it", () => {
  const step = fold(body("All of it"), { error: BROKEN });
  expect([brief(step).state, brief(step).parts]).toEqual(["done", [["text", "All of it"]]]);
  expect(warningCodes(step)).toContain("cut-after-finish");
});

it("the reader reports only why a connection broke where nothing of an answer arrived", () => {
  for (const sent of ["", "{", '{"choices":[', "oops", "<html>"])
    expect(fold(sent, { error: BROKEN }).status).toEqual({ state: "failed", error: BROKEN });
});

it("the reader keeps everything before the limit of an answer in one piece", () => {
  const step = fold(body("x".repeat(17 * MB)));
  expect(step.status).toMatchObject({ state: "failed", error: { code: "LIMIT" } });
  const [part] = step.parts;
  expect(part?.type === "text" && part.text.length > 15 * MB).toBe(true);
});

it("never calls a reply empty in which bytes came that cannot be read", () => {
  const utf16 = Buffer.from(`data: ${body("Hi")}\n\n`, "utf16le");
  const unreadable = "The server declares a stream of events, but nothing in it can be read as one.";
  for (const bytes of [
    Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]),
    utf16,
    Buffer.from("not an event\n\n"),
  ])
    expect(messageOf(fold(bytes, { contentType: "text/event-stream" }))).toBe(unreadable);
});

it("the reader quotes nothing of a binary reply", () => {
  const bytes = Buffer.from([0, 0, 2, 0x9f, 0, 0, 0, 0x4b, ...Buffer.from(":event-type")]);
  expect(messageOf(fold(bytes, { contentType: "application/vnd.amazon.eventstream" }))).toBe(
    "The reply is neither a stream of events nor JSON (application/vnd.amazon.eventstream).",
  );
});

it("the reader quotes the beginning of a reply that is neither a stream nor JSON", () => {
  expect(messageOf(fold("no upstream available\n", { contentType: "text/plain" }))).toBe(
    "The reply is neither a stream of events nor JSON (text/plain): “no upstream available”",
  );
});
