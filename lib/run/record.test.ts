import * as fc from "fast-check";
import { expect, it } from "vitest";

import { chatQuirks } from "@/lib/providers/presets/chat-quirks";

import { incompleteFrom, joinRecord, openAttemptRecorder } from "./record";

const SPEECH = { dialect: "chat-completions", quirks: chatQuirks() } as const;

const facts = {
  stepId: "s",
  attempt: 1,
  url: "http://x/v1/chat/completions",
  request: "{}",
  speech: null,
  thinkTags: "auto",
  isStreamed: true,
} as const;

it("a record keeps each read byte for byte with its time, also bytes that are no text", () => {
  const recorder = openAttemptRecorder(facts);
  const buffer = Uint8Array.from([0xff, 0xfe, 65]);
  recorder.push(buffer, 1);
  // The reader may use its buffer again.
  buffer.fill(0);
  recorder.push(Uint8Array.from([66]), 2);
  recorder.end(3, { how: "closed" });
  recorder.end(4, { how: "stopped" });
  expect(joinRecord(recorder.read())).toEqual({
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

const read = (size: number) => new Uint8Array(size).fill(97);

it("a record keeps bytes up to its limit, counts every byte after them, and names the byte from which it is incomplete", () => {
  const recorder = openAttemptRecorder(facts, { bytes: 100, heldBytes: 1_000 });
  for (let at = 0; at < 3; at += 1) recorder.push(read(75), at);
  recorder.end(4, { how: "closed" });
  const record = joinRecord(recorder.read());
  expect([record.chunks.map(({ bytes }) => bytes.length), record.droppedBytes]).toEqual([[75, 25], 125]);
  expect(incompleteFrom(record)).toBe(100);
});

it("a record returns its reads in parts, holds none that was taken, and is whole again from its parts", () => {
  const recorder = openAttemptRecorder(facts);
  const parts = [];
  for (let at = 0; at < 6; at += 1) {
    recorder.push(Uint8Array.from([at]), at);
    if (at % 2 === 1) parts.push(recorder.take());
  }
  expect([recorder.take(), recorder.read().parts]).toEqual([null, []]);
  recorder.push(Uint8Array.from([6]), 6);
  recorder.end(7, { how: "closed" });
  const left = recorder.read();
  const pieces = { facts: left.facts, parts: [...left.parts, ...parts.filter((part) => part !== null)] };
  const whole = joinRecord(pieces);
  expect(whole.chunks.map(({ at, bytes }) => [at, ...bytes])).toEqual(
    Array.from({ length: 7 }, (_, at) => [at, at]),
  );
  expect([whole.droppedBytes, incompleteFrom(whole)]).toEqual([0, null]);
});

it("a record ends before a part that is missing, and counts what is behind it as not kept", () => {
  const recorder = openAttemptRecorder(facts);
  const parts = Array.from({ length: 4 }, (_, at) => {
    recorder.push(read(10), at);
    return recorder.take();
  });
  recorder.end(4, { how: "closed" });
  const left = parts.filter((part) => part !== null && part.index !== 2).filter((part) => part !== null);
  const record = joinRecord({ facts: recorder.read().facts, parts: left });
  expect([record.chunks.length, record.droppedBytes, incompleteFrom(record)]).toEqual([2, 10, 20]);
});

it("a record holds no more in memory than its limit while nobody stores it", () => {
  const recorder = openAttemptRecorder(facts, { bytes: 1_000, heldBytes: 100 });
  recorder.push(read(80), 0);
  expect(recorder.take()?.chunks).toHaveLength(1);
  recorder.push(read(80), 1);
  recorder.push(read(80), 2);
  recorder.push(read(1), 3);
  const { facts: known, parts } = recorder.read();
  expect([
    parts.flatMap(({ chunks }) => chunks.map(({ bytes }) => bytes.length)),
    known.droppedBytes,
  ]).toEqual([[80, 20], 61]);
});

it("a record is incomplete from its last byte where its end was not seen", () => {
  const recorder = openAttemptRecorder({ ...facts, speech: SPEECH });
  recorder.push(read(10), 0);
  expect(incompleteFrom(joinRecord(recorder.read()))).toBe(10);
});

it("a record that is older than what tells its end claims nothing about it", () => {
  const recorder = openAttemptRecorder({ ...facts, speech: null });
  recorder.push(read(10), 0);
  expect(incompleteFrom(joinRecord(recorder.read()))).toBe(null);
});

it("a record is the same however its reads were cut and whenever its parts were taken", () => {
  const reads = fc.array(fc.record({ size: fc.nat(40), isTaken: fc.boolean() }), { maxLength: 30 });
  fc.assert(
    fc.property(reads, fc.integer({ min: 1, max: 300 }), (cuts, bytes) => {
      const limits = { bytes, heldBytes: bytes };
      const taking = openAttemptRecorder(facts, limits);
      const keeping = openAttemptRecorder(facts, limits);
      const parts = cuts.flatMap(({ size, isTaken }, at) => {
        taking.push(read(size), at);
        keeping.push(read(size), at);
        return isTaken ? (taking.take() ?? []) : [];
      });
      for (const recorder of [taking, keeping]) recorder.end(99, { how: "closed" });
      const left = taking.read();
      const joined = joinRecord({ facts: left.facts, parts: [...parts, ...left.parts] });
      expect(joined).toEqual(joinRecord(keeping.read()));
      const total = cuts.reduce((sum, { size }) => sum + size, 0);
      expect(incompleteFrom(joined)).toBe(total > bytes ? bytes : null);
    }),
  );
});
