import { expect, it } from "vitest";

import { turnId } from "@/lib/session/store/ids";

import { openWireRecorder } from "./wire-recorder";

const about = { stepId: "s", turnId: turnId("t"), url: "http://x/v1/chat/completions", request: "{}" };

it("keeps each read with its time, characters that were split between reads whole", () => {
  const bytes = new TextEncoder().encode("Firenze è bella");
  const recorder = openWireRecorder(about);
  recorder.push(bytes.subarray(0, 9), 1);
  recorder.push(bytes.subarray(9), 2);
  expect(recorder.read()).toEqual({
    ...about,
    chunks: [
      { at: 1, text: "Firenze " },
      { at: 2, text: "è bella" },
    ],
    droppedBytes: 0,
  });
});

it("keeps two megabytes and counts the rest", () => {
  const recorder = openWireRecorder(about);
  const megabyte = new Uint8Array(1_500_000).fill(97);
  for (let at = 0; at < 3; at += 1) recorder.push(megabyte, at);
  const { chunks, droppedBytes } = recorder.read();
  expect([chunks.map((chunk) => chunk.text.length), droppedBytes]).toEqual([[1_500_000, 500_000], 2_500_000]);
});
