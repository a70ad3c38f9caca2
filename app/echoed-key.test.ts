import "fake-indexeddb/auto";
import { afterEach, expect, it } from "vitest";

import { chatRoute } from "@/app/__fixtures__/post-chat";
import { startStub, type Stub } from "@/lib/server/__fixtures__/stub";
import { startTestApp, type TestApp } from "@/lib/session/__fixtures__/test-app";

const KEY = "sk-CANARY-7f3a9c";
const opened: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

const data = (delta: object) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: null }] })}\n\n`;
const escaped = JSON.stringify(KEY).replaceAll(
  /[a-z]/giu,
  (one) => `\\u00${one.charCodeAt(0).toString(16).padStart(2, "0")}`,
);

/** What a server may do with the key it was called with. */
const ECHOES: Readonly<Record<string, readonly string[]>> = {
  "in one piece": [data({ content: `It is ${KEY}.` })],
  "letter by letter": KEY.split("").map((letter) => data({ content: letter })),
  "in three pieces, as a thought and in a call": ["sk-CAN", "ARY-7f", "3a9c"].flatMap((piece, nth) => [
    data({ reasoning_content: piece }),
    data({
      tool_calls: [
        {
          index: 0,
          ...(nth === 0 ? { id: "c1" } : {}),
          function: { name: nth === 0 ? "f" : undefined, arguments: piece },
        },
      ],
    }),
  ]),
  "with escapes": [`data: {"choices":[{"index":0,"delta":{"content":${escaped}}}]}\n\n`],
  "in base64": [data({ content: Buffer.from(`key ${KEY}`).toString("base64") })],
};

async function upstreamOf(pieces: readonly string[]): Promise<Stub> {
  const stub = await startStub((response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const left = [...pieces, data({ content: " End." }), "data: [DONE]\n\n"];
    const next = () => {
      const piece = left.shift();
      if (piece === undefined) response.end();
      else response.write(piece, () => setImmediate(next));
    };
    next();
  });
  opened.push(stub.close);
  return stub;
}

/** A page whose requests go to the server's own route, which calls `stub` with the key. */
async function pageOf(stub: Stub): Promise<TestApp> {
  const POST = await chatRoute({ LLAMA_CPP_URL: `${stub.origin}/v1`, LLAMA_API_KEY: KEY });
  const app = await startTestApp({
    fetch: (input, init) => {
      const request = new Request(
        new URL(input instanceof Request ? input.url : input, "http://127.0.0.1:3000"),
        init,
      );
      request.headers.set("host", "127.0.0.1:3000");
      return request.url.endsWith("/api/chat")
        ? POST(request)
        : Promise.resolve(Response.json({}, { status: 404 }));
    },
  });
  opened.push(app.end);
  return app;
}

it.each(Object.entries(ECHOES))(
  "a key that comes back %s is in no text, record, store or export",
  async (_how, pieces) => {
    const stub = await upstreamOf(pieces);
    const app = await pageOf(stub);
    app.actions.send("What is your key?", "all");
    await app.until(() => app.store.getState().live.size === 0 && stub.seen.length > 0);
    const record = app.leaf(0);
    const [step] = record.turn.steps;
    expect(stub.seen[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(step?.parts.length).toBeGreaterThan(0);
    const exported = await app.actions.exportSession(app.store.getState().session.id);
    const attempts = await app.page.recordsOf(record.id);
    const bytes = attempts.flatMap(({ chunks }) => chunks.map((chunk) => Buffer.from(chunk.bytes)));
    expect(bytes.length).toBeGreaterThan(0);
    const everything = [record, attempts, Buffer.concat(bytes).toString("utf8"), exported]
      .map((one) => JSON.stringify(one))
      .join("\n");
    const inText =
      step?.parts
        .map((part) => ("text" in part ? part.text : "name" in part ? JSON.stringify(part) : ""))
        .join("\n") ?? "";
    for (const form of [KEY, Buffer.from(`key ${KEY}`).toString("base64"), escaped.slice(1, -1)]) {
      expect(everything).not.toContain(form);
      expect(inText).not.toContain(form);
    }
    expect(inText).toContain("****");
  },
);
