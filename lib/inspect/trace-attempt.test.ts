/** Whatever servers send and however it is cut: frames hold every byte once, and their words make up each part. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { llamaCpp } from "@/lib/providers/presets/llama-cpp";
import { speechOf } from "@/lib/providers/speech-of";
import { DIALECTS, EXAMPLES, type Reply, reply, runReplies } from "@/lib/run/__fixtures__/run-replies";
import { type AttemptRecord, bytesOf, type RecordedChunk } from "@/lib/run/record";
import type { ResponseHead } from "@/lib/stream/turn/event";
import type { Step } from "@/lib/stream/turn/turn";

import type { Frame, WordRange } from "./frame";
import { textOf } from "./part-places";
import { openTrace, traceAttempt } from "./trace-attempt";

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

const HEAD = {
  status: 200,
  contentType: "text/event-stream",
  requestId: null,
  connectMs: null,
  headersMs: 1,
};

/** An attempt whose answer came in these reads, 10 ms apart. */
function record(reads: readonly string[], more: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    stepId: "s",
    attempt: 1,
    url: "http://127.0.0.1:8080/v1/chat/completions",
    request: "{}",
    speech: speechOf(llamaCpp, null),
    thinkTags: "auto",
    isStreamed: true,
    head: HEAD,
    chunks: reads.map((text, index) => ({ at: 10 * (index + 1), bytes: encode(text) })),
    droppedBytes: 0,
    end: { how: "closed", at: 10 * (reads.length + 1) },
    ...more,
  };
}

const chunk = (delta: object, finish: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;

/** The relay leaves out an id that it does not know. */
const relayHead = (head: ResponseHead | null): string =>
  `event: relay-head\ndata: ${JSON.stringify({ ...head, requestId: head?.requestId ?? undefined })}`;
const RELAY_HEAD = `: vitrine 1\n\n${relayHead(HEAD)}\n\n`;

/** The same attempt as the page receives it, in the relay's frames. */
function relayed(attempt: AttemptRecord): AttemptRecord {
  const { head, chunks } = attempt;
  const own: RecordedChunk = { at: 0, bytes: encode(`: vitrine 1\n\n${relayHead(head)}\n\n`) };
  return { ...attempt, head: null, chunks: [own, ...chunks] };
}

/** The words of all frames by part, in the order of the frames. */
function wordsByPart(frames: readonly Frame[]): ReadonlyMap<string, readonly WordRange[]> {
  const byPart = new Map<string, WordRange[]>();
  for (const words of frames.flatMap((frame) => frame.words))
    byPart.set(words.part, [...(byPart.get(words.part) ?? []), words]);
  return byPart;
}

/** From the first character to the last, without a gap and without a character twice. */
function covers(ranges: readonly WordRange[], length: number): boolean {
  const ends = [0, ...ranges.map(({ to }) => to)];
  return ranges.every(({ from }, index) => from === ends[index]) && ends.at(-1) === length;
}

const brief = (frames: readonly Frame[]) =>
  frames.map(({ form, kinds, text, at }) => [form, kinds.join(" "), text, at]);

describe("the frames of an attempt", () => {
  it.each(DIALECTS)(
    "cover each part's text exactly, in order, and hold every byte once, on %s",
    async (provider, server) => {
      const kinds = new Set<string>();
      await fc.assert(
        fc.asyncProperty(
          fc.array(reply, { minLength: 1, maxLength: 4 }),
          fc.boolean(),
          async (replies, isRelayed) => {
            const { turn, records } = await runReplies(provider, server, replies);
            for (const step of turn.steps) {
              const attempts = records.filter(({ stepId }) => stepId === step.id);
              const traced = attempts.map((attempt) => {
                const read = isRelayed && attempt.head !== null ? relayed(attempt) : attempt;
                const frames = traceAttempt(read);
                expect(frames.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(bytesOf(read.chunks));
                return frames;
              });
              const frames = traced.flat();
              for (const kind of frames.flatMap((frame) => frame.kinds)) kinds.add(kind);
              const words = wordsByPart(frames);
              for (const part of step.parts) {
                const text = textOf(part);
                if (text !== null && !part.id.endsWith(".thought"))
                  expect([part.id, covers(words.get(part.id) ?? [], text.length)]).toEqual([part.id, true]);
              }
              expect([...words.keys()].filter((id) => !hasPart(step, id))).toEqual([]);
            }
          },
        ),
        {
          numRuns: 100,
          examples: EXAMPLES.flatMap((replies) =>
            [true, false].map((isRelayed): [Reply[], boolean] => [[...replies], isRelayed]),
          ),
        },
      );
      expect([...kinds]).toEqual(
        expect.arrayContaining(["thought", "text", "call", "usage", "own", "error", "other"]),
      );
    },
  );

  it("are the same however the bytes were cut into reads, but for their times", () => {
    const text =
      chunk({ reasoning_content: "Hm — 思う." }) +
      ": ping\r\n\r\n" +
      chunk({ content: "It is ☀." }).replaceAll("\n", "\r\n") +
      `event: x\ndata: {"a":1}\ndata: {"b":2}\n\nid: 7\n\nodd line\ndata: [DONE]\n\n`;
    const bytes = encode(RELAY_HEAD + text);
    const read = (size: number) => {
      const trace = openTrace(record([], { head: null }));
      for (let from = 0; from < bytes.length; from += size) trace.push(bytes.slice(from, from + size), 1);
      trace.end(1, { how: "closed" });
      return trace.frames;
    };
    const whole = read(bytes.length);
    for (const size of [1, 2, 3, 7, 64]) expect(read(size)).toEqual(whole);
  });

  it("have the time of the read that completed them, their kinds, and what Vitrine itself wrote is marked", () => {
    const reads = [
      `: vitrine 1\n\n`,
      `${relayHead(HEAD)}\n\n`,
      `: ping\n\n${chunk({ reasoning_content: "Hm" })}${chunk({ content: "Hi" })}`,
      `data: {"choices":[],"usage":{"prompt_tokens":1,`,
      `"completion_tokens":2},"timings":{"prompt_n":1}}\n\ndata: [DONE]\n\n`,
    ];
    expect(brief(traceAttempt(record(reads, { head: null })))).toEqual([
      ["comment", "own", ": vitrine 1", 10],
      ["event", "own", relayHead(HEAD), 20],
      ["comment", "other", ": ping", 30],
      ["event", "thought", chunk({ reasoning_content: "Hm" }).trim(), 30],
      ["event", "text", chunk({ content: "Hi" }).trim(), 30],
      [
        "event",
        "usage timings",
        'data: {"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2},"timings":{"prompt_n":1}}',
        50,
      ],
      ["event", "other", "data: [DONE]", 50],
    ]);
  });

  it("show the relay's error as Vitrine's own only where it closes the stream", () => {
    const error = `event: relay-error\ndata: {"error":{"source":"network","code":"X","message":"It broke.","retryable":true}}`;
    const frames = traceAttempt(
      record([RELAY_HEAD, `${error}\n\n${chunk({ content: "Hi" })}`, `\n\n${error}\n\n`], { head: null }),
    );
    expect(frames.map(({ kinds }) => kinds)).toEqual([
      ["own"],
      ["own"],
      ["other"],
      ["text"],
      ["own", "error"],
    ]);
  });

  it("are the reads of a body that is not a stream, whose words come with the last", () => {
    const body = JSON.stringify({
      choices: [{ index: 0, message: { role: "assistant", content: "Hi there" }, finish_reason: "stop" }],
    });
    const frames = traceAttempt(
      record([body.slice(0, 20), body.slice(20)], {
        head: { ...HEAD, contentType: "application/json" },
        isStreamed: false,
      }),
    );
    expect(frames.map(({ form, text }) => [form, text])).toEqual([
      ["piece", body.slice(0, 20)],
      ["piece", body.slice(20)],
    ]);
    expect(frames.flatMap(({ words }) => words.map(({ from, to }) => [from, to]))).toEqual([[0, 8]]);
    expect(frames.map(({ kinds }) => kinds[0])).toEqual(["other", "text"]);
  });

  it("name what was odd about them, where it stands", () => {
    const frames = traceAttempt(record([chunk({ content: "Hi" }), "odd line\n\n", "data: [DONE]\n\n"]));
    expect(frames.map(({ remarks }) => remarks.length)).toEqual([0, 1, 0]);
    expect(frames[1]?.remarks[0]).toContain("odd line");
  });

  it("of a refusal are errors, also those that are no answer of any dialect", () => {
    const refused = { head: { ...HEAD, status: 429, contentType: "application/json" } };
    expect(
      traceAttempt(record([`{"error":{"message":"Slow down."}}`], refused)).map(({ kinds }) => kinds),
    ).toEqual([["error"]]);
    const page = { head: { ...HEAD, contentType: "text/html" } };
    expect(
      traceAttempt(record(["<html><title>Login</title></html>"], page)).map(({ kinds }) => kinds),
    ).toEqual([["error"]]);
  });

  it("of a record that does not name its dialect are cut and make no words", () => {
    const frames = traceAttempt(record([RELAY_HEAD, chunk({ content: "Hi" })], { speech: null, head: null }));
    expect(frames.map(({ kinds, words }) => [kinds[0], words])).toEqual([
      ["own", []],
      ["own", []],
      ["other", []],
    ]);
  });
});

function hasPart(step: Step, id: string): boolean {
  return step.parts.some((part) => part.id === id);
}
