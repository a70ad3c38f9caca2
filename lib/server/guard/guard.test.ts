import { beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";

import type { guarded as guardedFunction, RouteHandler } from "./guard";

type Guarded = typeof guardedFunction;

let POST: RouteHandler;
let GET: RouteHandler;
let OPEN: RouteHandler;

const show = ({ body }: { readonly body: unknown }) => Response.json({ ok: true, body });

/** Routes that say what they were handed. */
function routes(guarded: Guarded) {
  POST = guarded({ body: schema }, show);
  GET = guarded({}, show);
  OPEN = guarded({ open: true }, show);
}
beforeAll(async () => {
  vi.resetModules();
  vi.unstubAllEnvs();
  routes((await import("./guard")).guarded);
});

const HOST = "127.0.0.1:3000";
const fine = { host: HOST, "content-type": "application/json", "x-vitrine": "1" };
const post = (headers: Readonly<Record<string, string>>, body: BodyInit | null = '{"name":"a"}') => {
  // Node asks for it where the body is a stream; the browser's types do not know it.
  const init: RequestInit & { duplex: "half" } = { method: "POST", headers, body, duplex: "half" };
  return new Request(`http://${HOST}/api/x`, init);
};
const get = (headers: Readonly<Record<string, string>>) => new Request(`http://${HOST}/api/x`, { headers });
const schema = z.strictObject({ name: z.string() });

async function outcomeOf(response: Response): Promise<unknown> {
  const reply = await response.json();
  return response.ok ? reply : [response.status, reply.error.code];
}

const outcomeOfPost = async (request: Request) => outcomeOf(await POST(request));
const outcomeOfGet = async (request: Request) => outcomeOf(await GET(request));
const passed = { ok: true, body: { name: "a" } };

describe("a host", () => {
  it.each(["127.0.0.1:3000", "localhost", "LOCALHOST:3000", "[::1]:3000", "127.0.0.1"])(
    "%s is ours",
    async (host) => {
      expect(await outcomeOfPost(post({ ...fine, host }))).toEqual(passed);
    },
  );

  it.each([
    "evil.example:3000",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "localhost.",
    "127.1",
    "127.0.0.1:3000@evil.example",
    "",
  ])("%s is not ours", async (host) => {
    expect(await outcomeOfPost(post({ ...fine, host }))).toEqual([403, "HOST"]);
    expect(await outcomeOf(await OPEN(get({ host })))).toEqual([403, "HOST"]);
  });

  it("a missing one is not ours", async () => {
    expect(await outcomeOfGet(get({ "x-vitrine": "1" }))).toEqual([403, "HOST"]);
  });

  it.each([
    { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" },
    { "next-router-prefetch": "1" },
    { "x-forwarded-host": HOST },
  ])("%o changes nothing", async (headers) => {
    expect(await outcomeOfPost(post({ ...fine, ...headers, host: "evil.example" }))).toEqual([403, "HOST"]);
  });
});

describe("a POST from elsewhere", () => {
  it.each<[string, Readonly<Record<string, string>>, unknown]>([
    ["a script with our header", {}, passed],
    ["our page", { origin: `http://${HOST}`, "sec-fetch-site": "same-origin" }, passed],
    ["our page behind TLS", { origin: `https://${HOST}` }, passed],
    ["no header of ours", { "x-vitrine": "" }, [403, "CSRF"]],
    ["another value of it", { "x-vitrine": "0" }, [403, "CSRF"]],
    ["another port", { origin: "http://127.0.0.1:9999" }, [403, "ORIGIN"]],
    ["another name for us", { origin: "http://localhost:3000" }, [403, "ORIGIN"]],
    ["a longer name", { origin: `http://${HOST}.evil` }, [403, "ORIGIN"]],
    ["a hidden origin", { origin: "null" }, [403, "ORIGIN"]],
    ["an empty origin", { origin: "" }, [403, "ORIGIN"]],
    ["the same site", { "sec-fetch-site": "same-site" }, [403, "ORIGIN"]],
    ["another site", { "sec-fetch-site": "cross-site" }, [403, "ORIGIN"]],
    ["an address bar", { "sec-fetch-site": "none" }, [403, "ORIGIN"]],
    ["text/plain", { "content-type": "text/plain" }, [415, "CONTENT_TYPE"]],
    ["a form", { "content-type": "application/x-www-form-urlencoded" }, [415, "CONTENT_TYPE"]],
    ["JSON with a suffix", { "content-type": "application/json-patch+json" }, [415, "CONTENT_TYPE"]],
    ["two types", { "content-type": "application/json, text/plain" }, [415, "CONTENT_TYPE"]],
    ["a hidden type", { "content-type": "text/plain; application/json" }, [415, "CONTENT_TYPE"]],
    ["JSON with its charset", { "content-type": "application/json; charset=utf-8" }, passed],
  ])("%s", async (_name, headers, outcome) => {
    expect(await outcomeOfPost(post({ ...fine, ...headers }))).toEqual(outcome);
  });

  it("is asked by POST only", async () => {
    expect(await outcomeOf(await POST(get(fine)))).toEqual([405, "METHOD"]);
  });
});

describe("a GET", () => {
  it("from another origin is refused, and without our header unless the route is open", async () => {
    expect(await outcomeOfGet(get(fine))).toEqual({ ok: true });
    expect(await outcomeOfGet(get({ ...fine, origin: "http://127.0.0.1:9999" }))).toEqual([403, "ORIGIN"]);
    expect(await outcomeOfGet(get({ host: HOST }))).toEqual([403, "CSRF"]);
    expect(await outcomeOf(await OPEN(get({ host: HOST })))).toEqual({ ok: true });
    const elsewhere = { host: HOST, origin: "http://127.0.0.1:9999" };
    expect(await outcomeOf(await OPEN(get(elsewhere)))).toEqual([403, "ORIGIN"]);
  });

  it("is answered the same when only its head is asked for", async () => {
    const head = (headers: Readonly<Record<string, string>>) =>
      new Request(`http://${HOST}/api/x`, { method: "HEAD", headers });
    expect((await OPEN(head({ host: HOST }))).status).toBe(200);
    expect((await GET(head(fine))).status).toBe(200);
    expect((await GET(head({ host: HOST }))).status).toBe(403);
    expect((await OPEN(head({ host: "evil.example" }))).status).toBe(403);
    expect((await POST(head(fine))).status).toBe(405);
  });
});

describe("a body", () => {
  it.each<[string, string]>([
    ["{}", "name: "],
    ["null", "request: "],
    ["[]", "request: "],
    ['"x"', "request: "],
    ['{"name":1}', "name: "],
    ['{"name":"a","more":1}', 'request: Unrecognized key: "more"'],
    ["", "not usable JSON"],
    ["[".repeat(100_000), "not usable JSON"],
    [`${"[".repeat(129)}${"]".repeat(129)}`, "nested deeper than 128"],
    ['{"__proto__":{"polluted":1}}', '"__proto__" is not allowed'],
    ['{"\\u005f_proto__":{"polluted":1}}', '"__proto__" is not allowed'],
    ['{"a":[{"constructor":{"prototype":{"polluted":1}}}]}', '"constructor" is not allowed'],
  ])("%j is refused with the reason", async (body, reason) => {
    const response = await POST(post(fine, body));
    const { error } = await response.json();
    expect([response.status, error.code, error.source]).toEqual([400, "BODY", "app"]);
    expect(error.message).toContain(reason);
    expect("polluted" in {}).toBe(false);
  });

  it("too large is 413 by the bytes that come, whatever the length says", async () => {
    const large = JSON.stringify({ name: "x".repeat(9 * 1024 * 1024) });
    expect(await outcomeOfPost(post(fine, large))).toEqual([413, "BODY_TOO_LARGE"]);
    expect(await outcomeOfPost(post({ ...fine, "content-length": "8" }, large))).toEqual([
      413,
      "BODY_TOO_LARGE",
    ]);
    const chunk = new Uint8Array(1024 * 1024).fill(0x20);
    let left = 20;
    const chunked = new ReadableStream({
      pull(controller) {
        if (left === 0) controller.close();
        else controller.enqueue(chunk);
        left -= 1;
      },
    });
    expect(await outcomeOfPost(post(fine, chunked))).toEqual([413, "BODY_TOO_LARGE"]);
  });

  it("too large says how large, what the limit is and what to do", async () => {
    const large = JSON.stringify({ name: "x".repeat(9 * 1024 * 1024) });
    const messageFor = async (headers: Record<string, string>) => {
      const response = await POST(post({ ...fine, ...headers }, large));
      return (await response.json()).error.message;
    };
    const rest =
      "Vitrine accepts up to 8 MB. A request holds the whole conversation of its lane: start a new one, or leave out long answers, results, or images.";
    expect(await messageFor({ "content-length": String(large.length) })).toBe(
      `This request is 9.1 MB: ${rest}`,
    );
    for (const declared of ["8", "many"])
      expect(await messageFor({ "content-length": declared })).toBe(`This request is too large: ${rest}`);
  });

  it("cut off on its way is 400, not a crash", async () => {
    const cut = new ReadableStream({ start: (controller) => controller.error(new Error("gone")) });
    expect(await outcomeOfPost(post(fine, cut))).toEqual([400, "BODY"]);
  });
});

describe("the token", () => {
  it("is asked for on every route that is not open", async () => {
    vi.resetModules();
    vi.stubEnv("VITRINE_TOKEN", "correct-horse");
    const { guarded } = await import("./guard");
    routes(guarded);
    const { tokenCookie } = await import("./token");
    const ask = async (headers: Readonly<Record<string, string>>) =>
      outcomeOfGet(get({ ...fine, ...headers }));
    const cookie = tokenCookie("correct-horse", false).split(";")[0] ?? "";
    const ok = { ok: true };
    expect(await ask({})).toEqual([401, "TOKEN"]);
    expect(await ask({ authorization: "Bearer wrong-horse" })).toEqual([401, "TOKEN"]);
    expect(await ask({ cookie: "vitrine-token=correct-horse" })).toEqual([401, "TOKEN"]);
    expect(await ask({ authorization: "Bearer correct-horse" })).toEqual(ok);
    expect(await ask({ cookie: `other=1; ${cookie}` })).toEqual(ok);
    expect(await outcomeOf(await OPEN(get({ host: HOST })))).toEqual(ok);
  });
});
