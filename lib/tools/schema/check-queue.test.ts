import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { CheckReply, CheckRequest } from "./check-messages";
import { CheckQueue } from "./check-queue";

/** A worker that answers when the test says so. */
type FakeWorker = {
  readonly asked: CheckRequest[];
  readonly reply: (reply: CheckReply) => void;
  readonly fail: () => void;
  isTerminated: boolean;
};

const valid = { valid: true } as const;

function fakeWorkers(): { readonly workers: FakeWorker[]; readonly queue: CheckQueue } {
  const workers: FakeWorker[] = [];
  const queue = new CheckQueue((reply, fail) => {
    const worker: FakeWorker = { asked: [], reply, fail, isTerminated: false };
    workers.push(worker);
    return {
      post: (request) => worker.asked.push(request),
      terminate: () => {
        worker.isTerminated = true;
      },
    };
  }, 1_000);
  return { workers, queue };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("CheckQueue", () => {
  it("gives the worker's verdict", async () => {
    const { workers, queue } = fakeWorkers();
    const check = queue.check({ pattern: "a" }, "b");
    workers[0]?.reply({ type: "ready" });
    expect(workers[0]?.asked).toEqual([{ id: 1, parameters: { pattern: "a" }, input: "b" }]);
    workers[0]?.reply({ type: "checked", id: 1, check: valid });
    expect(await check).toEqual(valid);
  });

  it("gives up a check that does not end, with its worker, and runs the next in a new one", async () => {
    const { workers, queue } = fakeWorkers();
    const slow = queue.check({}, "slow");
    const next = queue.check({}, "next");
    workers[0]?.reply({ type: "ready" });
    vi.advanceTimersByTime(1_000);
    expect(await slow).toBe("too-long");
    expect(workers[0]?.isTerminated).toBe(true);
    workers[1]?.reply({ type: "ready" });
    expect(workers[1]?.asked.map(({ input }) => input)).toEqual(["next"]);
    workers[1]?.reply({ type: "checked", id: 2, check: valid });
    expect(await next).toEqual(valid);
  });

  it("does not count the time that the worker needs to start", async () => {
    const { workers, queue } = fakeWorkers();
    const check = queue.check({}, "early");
    vi.advanceTimersByTime(60_000);
    workers[0]?.reply({ type: "ready" });
    workers[0]?.reply({ type: "checked", id: 1, check: valid });
    expect(await check).toEqual(valid);
  });

  it("says of every check that it cannot run where the worker fails, and tries again for the next", async () => {
    const { workers, queue } = fakeWorkers();
    const checks = [queue.check({}, 1), queue.check({}, 2)];
    workers[0]?.fail();
    expect(await Promise.all(checks)).toEqual(["unavailable", "unavailable"]);
    const later = queue.check({}, 3);
    workers[1]?.reply({ type: "ready" });
    workers[1]?.reply({ type: "checked", id: 3, check: valid });
    expect(await later).toEqual(valid);
  });

  it("says so where there are no workers", async () => {
    expect(await new CheckQueue(() => null, 1_000).check({}, 1)).toBe("unavailable");
  });
});
