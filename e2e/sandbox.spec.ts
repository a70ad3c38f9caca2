import { once } from "node:events";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";

import type { Page } from "@playwright/test";

import { SANDBOX_PATH } from "../lib/contract/sandbox";
import { expect, test } from "./fixtures";
import { prompt } from "./screen";

/** What the worker said about code, up to its end or to `waitMs`. */
async function runCode(
  page: Page,
  code: string,
  waitMs = 5_000,
): Promise<readonly Record<string, unknown>[]> {
  return page.evaluate(
    async ({ code: body, waitMs: limit, path }) => {
      const frame = document.createElement("iframe");
      frame.setAttribute("sandbox", "allow-scripts");
      frame.hidden = true;
      frame.src = path;
      const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
      document.body.append(frame);
      await loaded;
      const control = new MessageChannel();
      const worker = new MessageChannel();
      const said: Record<string, unknown>[] = [];
      await new Promise<void>((resolve) => {
        setTimeout(resolve, limit);
        worker.port1.addEventListener("message", ({ data }) => {
          said.push(data);
          if (data.type === "end" || data.type === "fail") resolve();
        });
        worker.port1.start();
        const job = {
          kind: "run",
          module: body,
          prelude: null,
          earlier: [],
          args: { n: 1 },
          timeoutMs: 1000,
        };
        frame.contentWindow?.postMessage(job, "*", [control.port2, worker.port2]);
      });
      frame.remove();
      return said;
    },
    { code, waitMs, path: SANDBOX_PATH },
  );
}

/** A server that nothing of the sandbox may reach. */
async function startElsewhere(): Promise<{ server: Server; host: string; seen: string[] }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url ?? "");
    response.setHeader("access-control-allow-origin", "*");
    response.end("x");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
  return { server, host: `127.0.0.1:${String((server.address() as AddressInfo).port)}`, seen };
}

test("the sandbox runs code as the page is served, without an origin and without a network", async ({
  open,
  app,
}) => {
  const page = await open(["vllm/plain"]);
  const elsewhere = await startElsewhere();
  const asked: string[] = [];
  // What the policy refuses is reported as a request, too, and gets no reply.
  page.on("response", (response) => asked.push(response.url()));
  expect(
    await runCode(
      page,
      "export default ({ n }, ctx) => { ctx.log('on'); return { n, origin: self.origin } }",
    ),
  ).toEqual([
    { type: "begin" },
    { type: "begin" },
    { type: "log", text: "on\n" },
    { type: "end", output: '{"n":1,"origin":"null"}' },
  ]);
  const attack = `export default async () => {
    const refused = [];
    const of = async (name, what) => { try { await what(); } catch { refused.push(name); } };
    const opened = (socket) => new Promise((go, stop) => { socket.onopen = go; socket.onerror = stop; });
    for (const host of ["${elsewhere.host}", "${new URL(app.url).host}"]) {
      await of("fetch", () => fetch("http://" + host + "/fetch"));
      await of("no-cors", () => fetch("http://" + host + "/no-cors", { mode: "no-cors" }));
      await of("import", () => import("http://" + host + "/import.js"));
      await of("importScripts", () => importScripts("http://" + host + "/scripts.js"));
      await of("socket", () => opened(new WebSocket("ws://" + host + "/socket")));
      await of("events", () => opened(new EventSource("http://" + host + "/events")));
      await of("xhr", () => new Promise((go, stop) => { const x = new XMLHttpRequest(); x.onload = go; x.onerror = stop; x.open("GET", "http://" + host + "/xhr"); x.send(); }));
      await of("worker", () => new Promise((go, stop) => { const w = new Worker("http://" + host + "/worker.js"); w.onmessage = go; w.onerror = stop; }));
      await of("nested", () => new Promise((go, stop) => { const w = new Worker(URL.createObjectURL(new Blob(["fetch('http://" + host + "/nested').then(() => postMessage(1), () => { throw 1 })"]))); w.onmessage = go; w.onerror = stop; setTimeout(stop, 500); }));
    }
    return refused.length;
  }`;
  const said = await runCode(page, attack);
  expect(said.at(-1)).toEqual({ type: "end", output: "18" });
  expect(elsewhere.seen).toEqual([]);
  const own = asked.filter((url) =>
    /\/(?:fetch|no-cors|import|scripts|socket|events|xhr|worker|nested)/.test(url),
  );
  expect(own.filter((url) => url.startsWith(app.url))).toEqual([]);
  elsewhere.server.close();
});

test("the page answers while code in the sandbox never ends, and the sandbox's frame goes nowhere else", async ({
  open,
}) => {
  const page = await open(["vllm/plain"]);
  const elsewhere = await startElsewhere();
  const running = runCode(page, "export default () => { for (;;); }", 8_000);
  await prompt(page).fill("typed meanwhile");
  await expect(prompt(page)).toHaveValue("typed meanwhile");
  expect((await running).map(({ type }) => type)).toEqual(["begin", "begin"]);
  await page.evaluate((host) => {
    const frame = document.createElement("iframe");
    document.body.append(frame);
    frame.src = `http://${host}/framed`;
  }, elsewhere.host);
  expect((await runCode(page, "export default () => 1")).at(-1)).toEqual({ type: "end", output: "1" });
  expect(elsewhere.seen).toEqual([]);
  elsewhere.server.close();
});

test("code that eats all memory ends alone: the page lives on", async ({ open, context, app }) => {
  test.setTimeout(180_000);
  const page = await open(["vllm/plain"]);
  // The test's own tool calls the page crashed when a frame of it is, so another tab asks the page.
  const other = await context.newPage();
  await other.goto(app.url);
  await page.evaluate((path) => {
    const channel = new BroadcastChannel("alive");
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts");
    frame.hidden = true;
    frame.src = path;
    const control = new MessageChannel();
    const worker = new MessageChannel();
    let answered = 0;
    let asked = 0;
    control.port1.addEventListener("message", () => (answered = asked));
    control.port1.start();
    frame.addEventListener("load", () => {
      const module = "export default () => { const all = []; for (;;) all.push(new Array(1e6).fill(1.5)); }";
      frame.contentWindow?.postMessage(
        { kind: "run", module, prelude: null, earlier: [], args: {}, timeoutMs: 1 },
        "*",
        [control.port2, worker.port2],
      );
      setInterval(() => {
        asked += 1;
        control.port1.postMessage("ping");
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no origin to name
        channel.postMessage({ lost: asked - answered });
      }, 500);
    });
    document.body.append(frame);
  }, SANDBOX_PATH);
  const lost = await other.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new BroadcastChannel("alive").addEventListener("message", ({ data }) => {
          if (data.lost > 6) resolve(data.lost);
        });
      }),
  );
  expect(lost).toBeGreaterThan(6);
});
