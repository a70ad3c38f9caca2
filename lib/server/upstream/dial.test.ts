import { afterEach, expect, it, vi } from "vitest";

import { type Stub, startStub } from "@/lib/server/__fixtures__/stub";

import type { DialReport } from "./dial";

const stubs: Stub[] = [];
afterEach(async () => {
  await Promise.all(stubs.splice(0).map((one) => one.close()));
});

/** Dials a new upstream with a copy of the module, as each of Next's bundles has one. */
async function dialAnew(): Promise<DialReport> {
  vi.resetModules();
  const { dial } = await import("./dial");
  const upstream = await startStub((response) => response.end("{}"));
  stubs.push(upstream);
  const report: DialReport = { connectMs: null, broken: null };
  await dial(upstream.origin, { method: "GET", timeouts: "hosted", proxy: null, headers: {}, report });
  return report;
}

it("the dialer reports how long connecting took, whichever bundle dialed first", async () => {
  expect(await dialAnew()).toEqual({ connectMs: expect.any(Number), broken: null });
  expect(await dialAnew()).toEqual({ connectMs: expect.any(Number), broken: null });
});
