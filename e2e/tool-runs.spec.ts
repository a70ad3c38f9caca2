import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { expect, test } from "@playwright/test";

import { startApp } from "./app";

const SECRET = "canary-battery-staple";
const KEY = "sk-canary-7f3a9c";

/** Repeats what it was sent, and counts connections. */
async function startEcho() {
  let connections = 0;
  const server = createServer((request, response) => {
    if (request.url === "/slow") return;
    response.end(JSON.stringify([request.method, request.url, request.headers["authorization"]]));
  });
  server.on("connection", () => (connections += 1));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: `http://127.0.0.1:${String(port)}`, connections: () => connections, close };
}

test("the server as built runs an HTTP tool, keeps its secret to its origin, and stops it", async () => {
  const [home, away] = [await startEcho(), await startEcho()];
  const app = await startApp({
    VITRINE_LLAMA: "off",
    OPENAI_API_KEY: KEY,
    VITRINE_TOOL_SECRETS: `WEATHER_KEY=${home.origin}`,
    WEATHER_KEY: SECRET,
  });
  const call = async (name: string, body: object) => {
    const response = await fetch(`${app.url}/api/tools/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-vitrine": "1" },
      body: JSON.stringify(body),
    });
    return { status: response.status, json: await response.json() };
  };
  const result = async (url: string, authorization: string) => {
    const run = crypto.randomUUID();
    const request = {
      method: "GET",
      url,
      headers: [{ name: "Authorization", value: authorization }],
      body: null,
    };
    let reply = await call("start", { run, binding: { kind: "http", request }, args: { city: "São Paulo" } });
    while (reply.status === 200 && !reply.json.isDone && reply.json.events.length === 0)
      reply = await call("events", { run, from: reply.json.next });
    return reply.json.events.at(-1);
  };
  try {
    expect(await result(`${home.origin}/v1/{{city}}`, "Bearer {{secret:WEATHER_KEY}}")).toEqual({
      type: "end",
      result: {
        output: JSON.stringify(["GET", "/v1/S%C3%A3o%20Paulo", `Bearer ${"*".repeat(SECRET.length)}`]),
        isError: false,
        origin: { by: "http", status: 200 },
      },
    });
    const connections = home.connections();
    for (const [url, secret] of [
      [home.origin, "OPENAI_API_KEY"],
      [away.origin, "WEATHER_KEY"],
      [`${home.origin}@${new URL(away.origin).host}/`, "WEATHER_KEY"],
      ["http://169.254.169.254/", "WEATHER_KEY"],
      [`${app.url}/api/health`, "WEATHER_KEY"],
    ] as const)
      expect(await result(url, `Bearer {{secret:${secret}}}`)).toMatchObject({ type: "fail" });
    expect(await result("http://169.254.169.254/latest/meta-data", "x")).toMatchObject({
      type: "fail",
      message: expect.stringContaining("never called"),
    });
    expect(await result(`${app.url}/api/health`, "x")).toMatchObject({
      type: "fail",
      message: expect.stringContaining("Vitrine itself"),
    });
    expect([home.connections(), away.connections()]).toEqual([connections, 0]);

    expect((await call("secrets", {})).json).toEqual({ names: ["WEATHER_KEY"] });

    const run = crypto.randomUUID();
    const request = { method: "GET", url: `${home.origin}/slow`, headers: [], body: null };
    const begun = await call("start", { run, binding: { kind: "http", request }, args: {} });
    expect(begun.json).toEqual({ run, events: [], next: 0, isDone: false });
    const waiting = call("events", { run, from: 0 });
    expect((await call("stop", { run })).json).toEqual({ ok: true });
    expect((await waiting).json.events).toEqual([{ type: "fail", message: "Stopped." }]);
    expect((await call("events", { run, from: 0 })).status).toBe(404);
  } finally {
    await app.stop();
    home.close();
    away.close();
  }
});
