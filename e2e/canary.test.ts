/** A key that a server echoes in every way is in nothing that can be saved, copied or shared. */
import "fake-indexeddb/auto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { bugReport } from "@/lib/code/bug-report";
import { codeFormats } from "@/lib/code/formats";
import { KEY_HEADER } from "@/lib/contract/access";
import { chatRequestSchema } from "@/lib/contract/chat";
import { unpackText } from "@/lib/link/packed-text";
import { findProvider } from "@/lib/providers/registry";
import type { AttemptRecord } from "@/lib/run/record";
import { startStub, type Stub } from "@/lib/server/__fixtures__/stub";
import { openDirect } from "@/lib/server/direct-transport";
import { environment } from "@/lib/server/environment";
import { guarded } from "@/lib/server/guard/guard";
import { relay } from "@/lib/server/relay/relay";
import { startTestApp, type TestApp } from "@/lib/session/__fixtures__/test-app";
import type { ExportFormat, ExportScope } from "@/lib/session/store/session";
import { writeTapeLink } from "@/lib/session/tape/tape-link";

import { placesOf } from "./find-key";

/** With characters that addresses and base64 write in other ways. */
const KEY = "sk-CANARY/7f3a+9c~Zq0";
const ORIGIN = "http://127.0.0.1:3000";

let upstream: Stub;
let app: TestApp;

beforeAll(async () => {
  upstream = await startStub((response, { body }) => {
    const isLast = body.includes('"tool"');
    const wasAsked = body.includes("Fail");
    response.writeHead(wasAsked ? 401 : 200, {
      "content-type": wasAsked ? "application/json" : "text/event-stream",
      "x-request-id": KEY,
      "set-cookie": `key=${KEY}`,
      "x-echo": encodeURIComponent(KEY),
    });
    const refused = [Buffer.from(JSON.stringify({ error: { message: `Wrong key: ${KEY}`, code: KEY } }))];
    for (const piece of wasAsked ? refused : isLast ? lastAnswer() : firstAnswer()) response.write(piece);
    response.end();
  });
  vi.stubEnv("VLLM_BASE_URL", `${upstream.origin}/v1`);
  vi.stubEnv("VLLM_API_KEY", KEY);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await upstream.close();
});

function event(delta: object, finish: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason: finish }];
  return `data: ${JSON.stringify({ id: "c", model: "m", choices })}\n\n`;
}

/** What a model may make of the key that it was told. */
const ECHOES = [
  KEY,
  encodeURIComponent(KEY),
  ...["", "a", "ab"].map((before) => Buffer.from(`${before}${KEY} end`).toString("base64")),
  JSON.stringify(JSON.stringify({ key: KEY })),
  JSON.stringify({ inner: JSON.stringify({ url: `https://x/?k=${encodeURIComponent(KEY)}` }) }),
];

/** A thought and a call that hold the key. The bytes of each event are cut in its middle. */
function firstAnswer(): readonly Buffer[] {
  const call = {
    index: 0,
    id: "call_1",
    type: "function",
    function: { name: "look", arguments: JSON.stringify({ nested: JSON.stringify({ key: KEY }) }) },
  };
  const events = [
    ...ECHOES.map((echo) => event({ reasoning_content: `${echo} ` })),
    ...Array.from(KEY, (letter) => event({ reasoning_content: letter })),
    event({ tool_calls: [call] }),
    event({}, "tool_calls"),
    "data: [DONE]\n\n",
  ];
  return events.flatMap(inHalves);
}

function lastAnswer(): readonly Buffer[] {
  const events = [
    ...ECHOES.map((echo) => event({ content: `${echo} ` })),
    ...(KEY.match(/.{1,3}/gu) ?? []).map((content) => event({ content })),
    `: ${KEY}\n\n`,
    event({}, "stop"),
    "data: [DONE]\n\n",
  ];
  return events.flatMap(inHalves);
}

function inHalves(text: string): readonly Buffer[] {
  const bytes = Buffer.from(text);
  const middle = Math.floor(bytes.length / 2);
  return [bytes.subarray(0, middle), bytes.subarray(middle)];
}

const chatRoute = guarded({ body: chatRequestSchema }, ({ body, request, requestId }) =>
  relay(body, {
    until: request,
    key: request.headers.get(KEY_HEADER),
    requestId,
    variables: environment(),
  }),
);

/** The page's way: through the guarded route. */
async function throughRelay(path: string, init: RequestInit): Promise<Response> {
  const request = new Request(`${ORIGIN}${path}`, init);
  request.headers.set("host", "127.0.0.1:3000");
  request.headers.set("origin", ORIGIN);
  request.headers.set("sec-fetch-site", "same-origin");
  return chatRoute(request);
}

/** The command line's way. */
async function throughDirect(_path: string, init: RequestInit): Promise<Response> {
  const chat = chatRequestSchema.parse(await new Response(init.body).json());
  return openDirect(chat, null, init.signal ?? new AbortController().signal);
}

async function recordsOf(): Promise<readonly AttemptRecord[]> {
  const all = [...app.store.getState().turns.keys()].map((id) => app.page.recordsOf(id));
  return (await Promise.all(all)).flat();
}

async function exported(format: ExportFormat): Promise<string> {
  const { session, turns } = app.store.getState();
  const [first] = turns.keys();
  if (first === undefined) return expect.unreachable("there is a turn");
  // A raw answer is one: that of the first turn.
  const scope: ExportScope = format === "sse" ? { of: "turn", turn: first } : { of: "comparison" };
  const file = await app.actions.exportAs(session.id, scope, format);
  if (file === null) return expect.unreachable(`nothing was written as ${format}`);
  return typeof file.content === "string" ? file.content : new TextDecoder().decode(file.content);
}

const FORMATS: readonly ExportFormat[] = [
  "tape",
  "har",
  "go-vcr",
  "sse",
  "messages",
  "markdown",
  "html",
  "otlp",
];

describe.each([
  ["the relay", throughRelay],
  ["the direct transport", throughDirect],
])("a run with a server that echoes the key, through %s,", (_name, send) => {
  beforeEach(async () => {
    app = await startTestApp({
      search: "?lane=vllm/m",
      fetch: async (input, init = {}) =>
        input === "/api/chat" ? send(input, init) : Response.json({}, { status: 404 }),
    });
    app.actions.send("Look", "all");
    await app.settled();
    const [call] = app.calls();
    const step = app.steps()[0];
    if (call === undefined || step === undefined) return expect.unreachable("the model calls a tool");
    app.actions.answerCall(
      { turnId: app.leaf(0).id, stepId: step.id, partId: call.id },
      { output: "seen", isError: false, origin: { by: "typed" } },
    );
    await app.settled();
    app.actions.send("Fail", "all");
    await app.settled();
    expect(upstream.seen.every(({ headers }) => headers.authorization === `Bearer ${KEY}`)).toBe(true);
    expect(upstream.seen.length).toBeGreaterThanOrEqual(3);
  });
  afterEach(() => {
    app.actions.stopAll();
    app.end();
  });

  it.each(FORMATS)("is saved as %s without it", async (format) => {
    const text = await exported(format);
    expect(text).toContain("***");
    expect(placesOf(KEY, text)).toEqual([]);
  });

  it("is shared as a link, of its setup or of its tape, without it", async () => {
    const setup = await app.page.shareLink(ORIGIN);
    const tape = await writeTapeLink(await exported("tape"), ORIGIN);
    for (const link of [setup, tape]) {
      if (!link.ok) return expect.unreachable(link.why);
      const packed = link.url.slice(link.url.indexOf("=") + 1);
      const unpacked = await unpackText(packed, 2_000_000);
      if (!unpacked.ok) return expect.unreachable("the link can be read");
      expect(placesOf(KEY, link.url)).toEqual([]);
      expect(placesOf(KEY, unpacked.text)).toEqual([]);
    }
  });

  it("is copied as programs and as bug reports without it", async () => {
    const records = await recordsOf();
    const provider = findProvider("vllm");
    const texts = records.flatMap(({ url, request, speech }) =>
      speech === null ? [] : codeFormats({ url, request, speech, provider, isOwnServer: false }, "1.2.3"),
    );
    expect(new Set(texts.map(({ id }) => id))).toEqual(new Set(["curl", "python", "typescript", "ai-sdk"]));
    for (const { id, text } of texts) expect([id, placesOf(KEY, text)]).toEqual([id, []]);
    const turns = [...app.store.getState().turns.values()];
    const steps = turns.flatMap(({ turn }) => turn.steps);
    expect(steps).toHaveLength(3);
    for (const step of steps) {
      const attempts = records.filter(({ stepId }) => stepId === step.id);
      const request = attempts[0]?.request ?? "";
      const facts = { vitrine: "1.2.3", recording: null, server: "vLLM", llama: null };
      const report = bugReport({ ...facts, step, attempts, request });
      expect(placesOf(KEY, report)).toEqual([]);
    }
  });

  it("is kept in the page without it", async () => {
    const { session, turns } = app.store.getState();
    const kept = JSON.stringify([session, [...turns.values()]]);
    expect(kept).toContain("***");
    expect(placesOf(KEY, kept)).toEqual([]);
  });
});

it.each([
  ["as it is", `a ${KEY} b`],
  ["escapes", JSON.stringify({ key: KEY }).replaceAll("/", String.raw`\/`)],
  ["percent", encodeURIComponent(KEY)],
  ["base64", Buffer.from(`ab${KEY} end`).toString("base64")],
  ["pieces", Array.from(KEY, (letter) => event({ content: letter })).join("")],
  ["escapes, pieces", JSON.stringify(Array.from(KEY, (letter) => event({ content: letter })).join(""))],
])("a key spelled %s is found by what looks for it here", (how, text) => {
  expect(placesOf(KEY, text)).toContain(how);
});
