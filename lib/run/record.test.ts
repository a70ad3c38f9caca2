import { expect, it } from "vitest";

import { MAX_RECORD_BYTES, openAttemptRecorder } from "./record";

const facts = {
  stepId: "s",
  attempt: 1,
  url: "http://x/v1/chat/completions",
  request: "{}",
  speech: null,
  thinkTags: "auto",
  isStreamed: true,
} as const;

it("keeps each read byte for byte with its time, also bytes that are no text", () => {
  const recorder = openAttemptRecorder(facts);
  const buffer = Uint8Array.from([0xff, 0xfe, 65]);
  recorder.push(buffer, 1);
  // The reader may use its buffer again.
  buffer.fill(0);
  recorder.push(Uint8Array.from([66]), 2);
  recorder.end(3, { how: "closed" });
  recorder.end(4, { how: "stopped" });
  expect(recorder.read()).toEqual({
    ...facts,
    head: null,
    chunks: [
      { at: 1, bytes: Uint8Array.from([0xff, 0xfe, 65]) },
      { at: 2, bytes: Uint8Array.from([66]) },
    ],
    droppedBytes: 0,
    end: { how: "closed", at: 3 },
  });
});

it("keeps bytes up to its limit and counts every byte after them", () => {
  const recorder = openAttemptRecorder(facts);
  const read = new Uint8Array(MAX_RECORD_BYTES * 0.75).fill(97);
  for (let at = 0; at < 3; at += 1) recorder.push(read, at);
  const { chunks, droppedBytes } = recorder.read();
  expect([chunks.map(({ bytes }) => bytes.length), droppedBytes]).toEqual([
    [MAX_RECORD_BYTES * 0.75, MAX_RECORD_BYTES * 0.25],
    MAX_RECORD_BYTES * 1.25,
  ]);
});
