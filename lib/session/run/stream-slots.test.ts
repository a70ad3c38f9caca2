import { describe, expect, it } from "vitest";

import type { Release } from "@/lib/run/ports";
import { createQueue } from "@/lib/run/queue";
import type { Semaphore } from "@/lib/run/semaphore";
import { createFakeLocks } from "@/lib/session/__fixtures__/fake-locks";

import { createStreamSlots } from "./stream-slots";

const never = new AbortController().signal;
const ignore = () => undefined;

async function takeMany(slots: Semaphore, count: number): Promise<Release[]> {
  const taken: Release[] = [];
  for (let index = 0; index < count; index += 1) {
    const release = await slots.take(never, () => expect.unreachable("there was a free slot"));
    if (release) taken.push(release);
  }
  return taken;
}

/** A slot that must be waited for: what it gave, once it did, and the moment it began to wait. */
function waitFor(slots: Semaphore, signal: AbortSignal = never) {
  let markWaiting: () => void = ignore;
  const waits = new Promise<void>((resolve) => {
    markWaiting = resolve;
  });
  return { waits, got: slots.take(signal, markWaiting) };
}

describe.each([
  ["shared by tabs", () => createStreamSlots(createFakeLocks())],
  ["of one tab without Web Locks", () => createStreamSlots(null)],
])("stream slots %s", (_title, create) => {
  it("are five; the sixth waits, says so, and comes when one is given back", async () => {
    const slots = create();
    const taken = await takeMany(slots, 5);
    const sixth = waitFor(slots);
    await sixth.waits;
    taken[2]?.();
    expect(await sixth.got).not.toBeNull();
  });

  it("are taken side by side without a word of waiting", async () => {
    const slots = create();
    const taken = await Promise.all(Array.from({ length: 5 }, () => takeMany(slots, 1)));
    expect(taken.flat()).toHaveLength(5);
    const sixth = waitFor(slots);
    const seventh = waitFor(slots);
    await Promise.all([sixth.waits, seventh.waits]);
    taken[0]?.[0]?.();
    taken[1]?.[0]?.();
    expect(await Promise.all([sixth.got, seventh.got])).not.toContain(null);
  });

  it("are given in the order they were asked for", async () => {
    const slots = create();
    const taken = await takeMany(slots, 5);
    const order: string[] = [];
    const first = slots.take(never, ignore).then(() => order.push("first"));
    const second = slots.take(never, ignore).then(() => order.push("second"));
    taken[0]?.();
    await first;
    taken[1]?.();
    await second;
    expect(order).toEqual(["first", "second"]);
  });

  it("are left to others by a step that is stopped while it waits", async () => {
    const slots = create();
    const taken = await takeMany(slots, 5);
    const stop = new AbortController();
    const stopped = waitFor(slots, stop.signal);
    await stopped.waits;
    const patient = waitFor(slots);
    await patient.waits;
    stop.abort();
    expect(await stopped.got).toBeNull();
    taken[0]?.();
    expect(await patient.got).not.toBeNull();
  });

  it("count once, however often one is given back", async () => {
    const slots = create();
    const taken = await takeMany(slots, 5);
    taken[0]?.();
    taken[0]?.();
    await takeMany(slots, 1);
    const next = waitFor(slots);
    await next.waits;
    taken[1]?.();
    expect(await next.got).not.toBeNull();
  });
});

it("two tabs share the five", async () => {
  const locks = createFakeLocks();
  const [one, two] = [createStreamSlots(locks), createStreamSlots(locks)];
  const taken = [...(await takeMany(one, 3)), ...(await takeMany(two, 2))];
  const next = waitFor(two);
  await next.waits;
  taken[0]?.();
  expect(await next.got).not.toBeNull();
});

it("a step that waits for its server takes no slot", async () => {
  const slots = createStreamSlots(null);
  const queue = createQueue(slots, () => true);
  const first = await queue.take("x", never, ignore);
  const second = queue.take("x", never, ignore);
  const others = await takeMany(slots, 4);
  first?.();
  expect(await second).not.toBeNull();
  for (const release of others) release();
});
