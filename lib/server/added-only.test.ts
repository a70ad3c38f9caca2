/** Servers that people add as "Any OpenAI-compatible server". */
import { afterEach, describe, expect, it } from "vitest";

import { chatRequest, chatRoute, relayed } from "@/app/__fixtures__/post-chat";
import { openAiCompatible } from "@/lib/providers/presets/openai-compatible";

import { startStub, type Stub } from "./__fixtures__/stub";

const stubs: Stub[] = [];
const stub = async (): Promise<Stub> => {
  const started = await startStub((response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end("data: [DONE]\n\n");
  });
  stubs.push(started);
  return started;
};
afterEach(async () => {
  await Promise.all(stubs.splice(0).map((one) => one.close()));
});

const ask = { provider: openAiCompatible.id, body: { model: "m", messages: [], stream: true } };

describe("a server of which only its API is known", () => {
  it("is called at its address, also where that is typed without a path", async () => {
    const { origin, seen } = await stub();
    const POST = await chatRoute({ OPENAI_API_KEY: "sk-CANARY-7f3a9c" });
    const { bytes } = await relayed(await POST(chatRequest({ ...ask, endpoint: origin })));
    expect(bytes).toBe("data: [DONE]\n\n");
    expect(seen.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ["/v1/chat/completions", undefined],
    ]);
  });

  it.each([openAiCompatible.id, "llamacpp"])(
    "is named by its address and by no product: %s",
    async (provider) => {
      const server = await startStub(() => {});
      await server.close();
      const POST = await chatRoute();
      const endpoint = `${server.origin}/v1`;
      const { error } = await relayed(await POST(chatRequest({ ...ask, provider, endpoint })));
      const host = new URL(server.origin).host;
      expect(error?.message).toBe(
        `No server is listening at ${host}. Check the address, and whether the server is running.`,
      );
    },
  );

  it("is not called without an address", async () => {
    const POST = await chatRoute();
    const response = await POST(chatRequest(ask));
    expect([response.status, (await response.json()).error.message]).toEqual([
      400,
      'endpoint: "openai-compatible" needs the address of a server that you added.',
    ]);
  });

  it("is no way around VITRINE_ORIGINS, not even at the address whose path it borrows", async () => {
    const POST = await chatRoute({ HOST: "0.0.0.0" });
    const response = await POST(chatRequest({ ...ask, endpoint: openAiCompatible.baseUrl }));
    expect([response.status, (await response.json()).error.code]).toEqual([400, "TARGET_BLOCKED"]);
  });
});
