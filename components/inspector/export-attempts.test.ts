import { expect, it } from "vitest";

import { traceAttempt } from "@/lib/inspect/trace-attempt";
import { llamaCpp } from "@/lib/providers/presets/llama-cpp";
import { speechOf } from "@/lib/providers/speech-of";
import type { AttemptRecord } from "@/lib/run/record";
import { readForeignFile } from "@/lib/tape/formats/read-file";

import { goVcrOf, harOf, serverBytes, type StepToExport } from "./export-attempts";

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const HEAD = {
  status: 200,
  contentType: "text/event-stream",
  connectMs: null,
  headersMs: 5,
  headers: [
    ["content-type", "text/event-stream"],
    ["x-ratelimit-remaining", "7"],
  ],
};
const BODY = ': hello\r\n\r\ndata: {"choices":[]}\n\ndata: [DONE]\n\n';

/** An attempt as the page records it, its server's bytes cut in the middle of an event. */
const record: AttemptRecord = {
  stepId: "s",
  attempt: 1,
  url: "http://127.0.0.1:8080/v1/chat/completions",
  request: "{}",
  speech: speechOf(llamaCpp, null),
  thinkTags: "auto",
  isStreamed: true,
  head: null,
  chunks: [
    {
      at: 110,
      bytes: encode(
        `: vitrine 1\n\nevent: relay-head\ndata: ${JSON.stringify(HEAD)}\n\n${BODY.slice(0, 20)}`,
      ),
    },
    { at: 130, bytes: encode(BODY.slice(20)) },
  ],
  droppedBytes: 0,
  end: { how: "closed", at: 140 },
};
const attempt = { record, frames: traceAttempt(record) };
const step: StepToExport = { attempts: [attempt], times: [100], sent: '{"model":"m"}', startedAt: 1_000 };

const textOf = (pieces: readonly Uint8Array[]) =>
  pieces.map((bytes) => Buffer.from(bytes).toString()).join("");

it("a saved response is the server's own bytes", () => {
  expect(textOf(serverBytes(attempt))).toBe(BODY);
});

it.each([
  ["step.har", (each: StepToExport) => harOf(each, "1.2.3")],
  ["step.yaml", goVcrOf],
])(
  "%s is read back with the request, the headers, the bytes and their times since the request was sent",
  (name, write) => {
    const file = readForeignFile(name, encode(write(step)));
    if (!file.ok) throw new Error(file.reason);
    const [found] = file.exchanges;
    expect(found?.exchange).toMatchObject({
      method: "POST",
      url: record.url,
      requestBody: '{"model":"m"}',
      status: 200,
    });
    const headers = new Map(found?.exchange.headers.map(([key, value]) => [key.toLowerCase(), value]));
    expect(headers.get("x-ratelimit-remaining")).toBe("7");
    expect(textOf((found?.exchange.chunks ?? []).map(({ bytes }) => bytes))).toBe(BODY);
    expect(found?.exchange.chunks.map(({ us }) => us)).toEqual([10_000, 30_000]);
  },
);
