import { once } from "node:events";
import { createServer, type Server } from "node:net";

import { afterEach, expect, it } from "vitest";

import { pickPort } from "./pick-port.mjs";

const open: Server[] = [];
afterEach(() => open.splice(0).forEach((server) => server.close()));

async function take(port = 0): Promise<number> {
  const server = createServer();
  server.listen({ host: "127.0.0.1", port, exclusive: true });
  await once(server, "listening");
  open.push(server);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}

it("the choice of a port is the next free one for a taken one", async () => {
  const taken = await take();
  const picked = await pickPort("127.0.0.1", taken);
  expect(picked.ok && picked.port > taken && picked.port <= taken + 20).toBe(true);
  if (picked.ok) expect(await take(picked.port)).toBe(picked.port);
});

it("the choice of a port reports what to do where nothing can listen", async () => {
  // An address for documentation, which no machine has.
  expect(await pickPort("203.0.113.1", 3000)).toEqual({
    ok: false,
    message:
      "Cannot listen on 203.0.113.1:3000 (EADDRNOTAVAIL). Set HOST to an address of this machine, such as 127.0.0.1.",
  });
});
