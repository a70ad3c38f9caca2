import { afterAll, expect, it, vi } from "vitest";

import { chatRequest, chatRoute, relayed, streamBody } from "@/app/__fixtures__/post-chat";
import { createSignal } from "@/lib/server/__fixtures__/signal";
import { startStub } from "@/lib/server/__fixtures__/stub";

import { stopAll, stopping } from "./stopping";

const closed = [createSignal(), createSignal(), createSignal()];
const upstream = await startStub((response, { body }) => {
  const { model } = JSON.parse(body);
  response.on("close", () => closed[model]?.happen());
  if (model !== "1") return;
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write("data: 1\n\n");
});
afterAll(() => upstream.close());

const error = {
  source: "app",
  code: "APP_STOPPED",
  message: "Vitrine was stopped. Start it again, then retry.",
  retryable: false,
  status: 503,
  requestId: expect.any(String),
};

it("the stop ends every open answer with a note that Vitrine was stopped, and closes its upstream", async () => {
  const POST = await chatRoute();
  const ask = (model: string, stream: boolean) =>
    POST(chatRequest(streamBody(upstream.origin, { model, stream })));
  const waiting = relayed(await ask("0", true));
  const streaming = relayed(await ask("1", true));
  const whole = ask("2", false);
  await vi.waitFor(() => expect(upstream.seen).toHaveLength(3), { interval: 1 });
  stopAll();
  expect(await waiting).toEqual({ comments: 1, head: null, bytes: "", overwritten: [], error });
  expect((await streaming).error).toEqual(error);
  const reply = await whole;
  expect([reply.status, await reply.json()]).toEqual([503, { error }]);
  await Promise.all(closed.map(({ happened }) => happened));
});

it("the stop lets any number of answers wait for the end without a warning", async () => {
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => void warnings.push(warning);
  process.on("warning", onWarning);
  for (let answer = 0; answer < 100; answer += 1) {
    stopping().addEventListener("abort", () => undefined);
  }
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", onWarning);
  expect(warnings).toEqual([]);
});
