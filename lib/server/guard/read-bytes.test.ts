import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { describe, expect, it } from "vitest";

import { createSignal } from "@/lib/server/__fixtures__/signal";

import { readBytes } from "./read-bytes";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

describe("readBytes", () => {
  it("lets go of every body once it was read", async () => {
    const chunks = await Promise.all(Array.from({ length: 20 }, () => readOne({})));
    expect(await stillAlive(chunks)).toBe(0);
  });

  it("lets go of bodies that were read under a signal which never aborts", async () => {
    const until = new AbortController().signal;
    const chunks: WeakRef<Uint8Array>[] = [];
    for (let read = 0; read < 20; read += 1) chunks.push(await readOne({ until }));
    expect(await stillAlive(chunks)).toBe(0);
    expect(until.aborted).toBe(false);
  });

  it("returns the bytes received before the signal aborted, and cancels the body", async () => {
    const time = new AbortController();
    const asked = createSignal();
    const left = createSignal();
    const body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => controller.enqueue(new Uint8Array([1, 2])),
        pull: () => asked.happen(),
        cancel: () => left.happen(),
      },
      { highWaterMark: 0 },
    );
    const reading = readBytes(body, 10, { until: time.signal });
    await asked.happened;
    time.abort();
    expect(await reading).toEqual({ ok: false, bytes: Buffer.from([1, 2]) });
    await left.happened;
  });

  it("reads nothing once the signal has aborted", async () => {
    const body = new Response("late").body;
    expect(await readBytes(body, 10, { until: AbortSignal.abort() })).toEqual({
      ok: false,
      bytes: Buffer.from(""),
    });
  });

  it("rejects as the body does", async () => {
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error("The socket was reset.")),
    });
    const { signal: until } = new AbortController();
    await expect(readBytes(body, 10, { until })).rejects.toThrow("The socket was reset.");
  });

  it("stops at the limit, however the bytes are cut into chunks", async () => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const text of ["ab", "cd", "ef"]) controller.enqueue(new TextEncoder().encode(text));
        controller.close();
      },
    });
    expect(await readBytes(body, 3)).toEqual({ ok: false, bytes: Buffer.from("abc") });
  });
});

/** Reads a body of one chunk and gives a weak hold on that chunk. */
async function readOne(options: { until?: AbortSignal }): Promise<WeakRef<Uint8Array>> {
  const chunk = new Uint8Array(1000);
  const held = new WeakRef(chunk);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(chunk);
      controller.close();
    },
  });
  await readBytes(body, 5000, options);
  return held;
}

async function stillAlive(chunks: readonly WeakRef<Uint8Array>[]): Promise<number> {
  // A weak reference holds on until the task that made it has ended.
  await setImmediate();
  collectGarbage();
  return chunks.filter((chunk) => chunk.deref() !== undefined).length;
}
