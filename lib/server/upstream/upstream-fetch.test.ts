import { afterEach, expect, it, vi } from "vitest";

import { startStub, type Stub } from "@/lib/server/__fixtures__/stub";

import type { DialReport } from "./upstream-fetch";

const stubs: Stub[] = [];
afterEach(async () => {
  await Promise.all(stubs.splice(0).map((one) => one.close()));
});

/** Dials a new upstream with a copy of the module, as each of Next's bundles has one. */
async function dial(): Promise<DialReport> {
  vi.resetModules();
  const { upstreamFetch } = await import("./upstream-fetch");
  const upstream = await startStub((response) => response.end("{}"));
  stubs.push(upstream);
  const report: DialReport = { connectMs: null, broken: null };
  await upstreamFetch({ patience: "hosted", proxy: null, headers: {}, report })(upstream.origin);
  return report;
}

it("tells how long connecting took, whichever bundle dialed first", async () => {
  expect(await dial()).toEqual({ connectMs: expect.any(Number), broken: null });
  expect(await dial()).toEqual({ connectMs: expect.any(Number), broken: null });
});
