import { afterEach, describe, expect, it } from "vitest";

import { type Stub, startStub } from "@/lib/server/__fixtures__/stub";

import { createMcpFetch } from "./mcp-fetch";

const open: Stub[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function stub(answer: Parameters<typeof startStub>[0]): Promise<Stub> {
  const started = await startStub(answer);
  open.push(started);
  return started;
}

const events = (...bodies: readonly string[]): Parameters<typeof startStub>[0] => {
  return (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const body of bodies) response.write(body);
    response.end();
  };
};

const MB = 1024 * 1024;

describe("the fetch of an MCP server", () => {
  it("reaches its own origin with a person's headers, and no other", async () => {
    const own = await stub((response) => void response.end("hello"));
    const other = await stub((response) => void response.end());
    const fetch = createMcpFetch({
      url: `${own.origin}/mcp`,
      proxy: null,
      headers: { authorization: "Bearer 1" },
    });
    expect(await (await fetch(`${own.origin}/other`, { headers: { accept: "a/b" } })).text()).toBe("hello");
    expect(own.seen[0]?.headers).toMatchObject({ authorization: "Bearer 1", accept: "a/b" });
    await expect(fetch(`${other.origin}/mcp`)).rejects.toThrow(/^The server named an address on /u);
    expect(other.connections()).toBe(0);
  });

  it("reads a stream of any length, whose events are small", async () => {
    const event = `data: ${"x".repeat(MB)}\n\n`;
    const server = await stub(events(...Array.from({ length: 20 }, () => event)));
    const fetch = createMcpFetch({ url: server.origin, proxy: null, headers: {} });
    expect((await (await fetch(server.origin)).text()).length).toBe(20 * event.length);
  });

  it("breaks a stream off whose one event is larger than 16 MB", async () => {
    const server = await stub(events(...Array.from({ length: 20 }, () => "x".repeat(MB))));
    const fetch = createMcpFetch({ url: server.origin, proxy: null, headers: {} });
    await expect(fetch(server.origin).then((response) => response.text())).rejects.toThrow(
      /larger than 16 MB/u,
    );
  });

  it("is ended by its caller", async () => {
    const stop = new AbortController();
    const server = await stub(() => stop.abort());
    const fetch = createMcpFetch({ url: server.origin, proxy: null, headers: {} });
    await expect(fetch(server.origin, { signal: stop.signal })).rejects.toThrow(/abort/u);
  });
});
