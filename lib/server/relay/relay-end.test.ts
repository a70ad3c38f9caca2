import { setImmediate } from "node:timers/promises";

import { afterAll, expect, it, vi } from "vitest";

import { chatRequest, chatRoute, streamBody } from "@/app/__fixtures__/post-chat";
import { startStub } from "@/lib/server/__fixtures__/stub";

const upstream = await startStub((response) => {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.flushHeaders();
});
afterAll(() => upstream.close());

const MOST = 20;
const POST = await chatRoute({ VITRINE_MAX_ANSWERS: String(MOST) });

/** Asks for as many answers at once, and gives the status of each reply, whose body nobody has read. */
async function statuses(times: number, signal: AbortSignal): Promise<readonly number[]> {
  const asked = Array.from({ length: times }, () =>
    POST(chatRequest(streamBody(upstream.origin), {}, signal)),
  );
  return (await Promise.all(asked)).map(({ status }) => status);
}
const allGood = Array.from({ length: MOST }, () => 200);

it("the relay frees the slot of an answer when its page leaves, also where nobody reads the reply", async () => {
  const [page, other] = [new AbortController(), new AbortController()];
  expect(await statuses(MOST + 1, page.signal)).toEqual([...allGood, 429]);
  page.abort();
  expect(await statuses(MOST, other.signal)).toEqual(allGood);
  other.abort();
});

it("the relay frees the slot of an answer whose page had left before it began", async () => {
  const page = new AbortController();
  expect(await statuses(MOST, AbortSignal.abort())).toEqual(allGood);
  expect(await statuses(MOST, page.signal)).toEqual(allGood);
  page.abort();
});

it("the relay lets as many answers run at once as is set, without a warning of Node's", async () => {
  const warn = vi.fn<(warning: Error) => void>();
  process.on("warning", warn);
  const pages = Array.from({ length: MOST }, () => new AbortController());
  for (const { signal } of pages) expect(await statuses(1, signal)).toEqual([200]);
  // Node warns in a later task.
  await setImmediate();
  process.off("warning", warn);
  for (const page of pages) page.abort();
  expect(warn.mock.calls).toEqual([]);
});
