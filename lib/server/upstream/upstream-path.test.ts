/** Dialects that put the model into the address, with a query: the upstream must get it as it was written. */
import { afterEach, beforeAll, describe, expect, it } from "vitest";

import { chatRequest, chatRoute, relayed } from "@/app/__fixtures__/post-chat";
import { startStub, type Stub } from "@/lib/server/__fixtures__/stub";

const stubs: Stub[] = [];
afterEach(() => Promise.all(stubs.splice(0).map((stub) => stub.close())));

let POST: Awaited<ReturnType<typeof chatRoute>>;
beforeAll(async () => {
  POST = await chatRoute({});
});

async function asked(model: string, stream: boolean): Promise<Stub["seen"]> {
  const upstream = await startStub((response) => {
    response.writeHead(200, { "content-type": stream ? "text/event-stream" : "application/json" });
    response.end(stream ? "data: {}\r\n\r\n" : "{}");
  });
  stubs.push(upstream);
  const endpoint = `${upstream.origin}/v1beta`;
  const chat = { provider: "gemini", endpoint, dialect: "gemini", model, stream, body: { contents: [] } };
  const response = await POST(chatRequest(chat, { "x-vitrine-key": "key-of-a-person" }));
  if (stream) expect(await relayed(response)).toMatchObject({ bytes: "data: {}\r\n\r\n", error: null });
  else expect(await response.json()).toEqual({});
  return upstream.seen;
}

describe("an address that holds the model", () => {
  it.each([
    ["gemini-2.5-flash", true, "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse"],
    ["models/gemini-2.5-flash", false, "/v1beta/models/gemini-2.5-flash:generateContent"],
    [
      "a/../b?x=1&y#z %2F",
      true,
      "/v1beta/models/a%2F..%2Fb%3Fx%3D1%26y%23z%20%252F:streamGenerateContent?alt=sse",
    ],
    ["..", false, "/v1beta/models/..:generateContent"],
  ])("for %j, streamed: %j, is %s", async (model, stream, path) => {
    expect((await asked(model, stream)).map((seen) => [seen.path, seen.body])).toEqual([
      [path, '{"contents":[]}'],
    ]);
  });

  it("gets the key in the provider's own header and in no other", async () => {
    const [seen] = await asked("m", true);
    expect(seen?.headers["x-goog-api-key"]).toBe("key-of-a-person");
    expect(Object.values(seen?.headers ?? {}).filter((value) => value === "key-of-a-person")).toHaveLength(1);
    expect(seen?.headers.authorization).toBeUndefined();
  });
});
