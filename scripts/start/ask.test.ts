import { once } from "node:events";
import { createServer } from "node:http";

import { afterAll, expect, it } from "vitest";

import { askProviders } from "./ask.mjs";

const answers = new Map<string, readonly [status: number, body: unknown]>();
const server = createServer((request, response) => {
  const [status, body] = answers.get(request.url ?? "") ?? [404, {}];
  response.writeHead(status).end(JSON.stringify(body));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const address = server.address();
if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
const url = `http://127.0.0.1:${String(address.port)}`;
afterAll(() => server.close());

const never = new Promise(() => {});

it("the starter reports what the server says of its providers", async () => {
  answers.set("/api/health", [200, {}]).set("/api/providers", [200, { version: "1" }]);
  expect(await askProviders(url, never, undefined)).toEqual({ kind: "up", reply: { version: "1" } });
});

it.each(["/api/health", "/api/providers"])(
  "the starter reports that %s is refused, instead of asking forever",
  async (path) => {
    answers.set("/api/health", [200, {}]).set("/api/providers", [200, {}]);
    answers.set(path, [403, { error: "HOST" }]);
    expect(await askProviders(url, never, undefined)).toEqual({
      kind: "refused",
      message: `${url}${path} answered 403: {"error":"HOST"}`,
    });
  },
);

it("the starter gives up when the server has ended", async () => {
  expect(await askProviders("http://127.0.0.1:1", Promise.resolve(), undefined)).toEqual({ kind: "ended" });
});
