import { beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";

import type { guard as guardFunction } from "./guard";

type Guard = typeof guardFunction;

let guard: Guard;
beforeAll(async () => {
  vi.resetModules();
  vi.unstubAllEnvs();
  ({ guard } = await import("./guard"));
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

type Outcome = Awaited<ReturnType<Guard>>;

async function told(guarded: Outcome): Promise<unknown> {
  if (guarded.ok) return { ok: true, body: guarded.body };
  const { error } = await guarded.response.json();
  return [guarded.response.status, error.code];
}

const postTold = async (request: Request) => told(await guard(request, { method: "POST", body: schema }));
const getTold = async (request: Request) => told(await guard(request, { method: "GET" }));
const passed = { ok: true, body: { name: "a" } };

describe("a host", () => {
  it.each(["127.0.0.1:3000", "localhost", "LOCALHOST:3000", "[::1]:3000", "127.0.0.1"])(
    "%s is ours",
    async (host) => {
      expect(await postTold(post({ ...fine, host }))).toEqual(passed);
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
    expect(await postTold(post({ ...fine, host }))).toEqual([403, "HOST"]);
    expect(await told(await guard(get({ host }), { method: "GET", open: true }))).toEqual([403, "HOST"]);
  });

  it("a missing one is not ours", async () => {
    expect(await getTold(get({ "x-vitrine": "1" }))).toEqual([403, "HOST"]);
  });

  it.each([
    { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" },
    { "next-router-prefetch": "1" },
    { "x-forwarded-host": HOST },
  ])("%o changes nothing", async (headers) => {
    expect(await postTold(post({ ...fine, ...headers, host: "evil.example" }))).toEqual([403, "HOST"]);
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
    expect(await postTold(post({ ...fine, ...headers }))).toEqual(outcome);
  });

  it("is asked by POST only", async () => {
    expect(await told(await guard(get(fine), { method: "POST", body: schema }))).toEqual([405, "METHOD"]);
  });
});

describe("a GET", () => {
  it("from another origin, or without our header, is refused unless the route is open", async () => {
    expect(await getTold(get(fine))).toEqual({ ok: true, body: undefined });
    expect(await getTold(get({ ...fine, origin: "http://127.0.0.1:9999" }))).toEqual([403, "ORIGIN"]);
    expect(await getTold(get({ host: HOST }))).toEqual([403, "CSRF"]);
    const open = await guard(get({ host: HOST }), { method: "GET", open: true });
    expect(await told(open)).toEqual({ ok: true, body: undefined });
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
    const guarded = await guard(post(fine, body), { method: "POST", body: schema });
    if (guarded.ok) throw new Error("This body must be refused.");
    const { error } = await guarded.response.json();
    expect([guarded.response.status, error.code, error.source]).toEqual([400, "BODY", "app"]);
    expect(error.message).toContain(reason);
    expect("polluted" in {}).toBe(false);
  });

  it("too large is 413 by the bytes that come, whatever the length says", async () => {
    const large = JSON.stringify({ name: "x".repeat(9 * 1024 * 1024) });
    expect(await postTold(post(fine, large))).toEqual([413, "BODY_TOO_LARGE"]);
    expect(await postTold(post({ ...fine, "content-length": "8" }, large))).toEqual([413, "BODY_TOO_LARGE"]);
    const chunk = new Uint8Array(1024 * 1024).fill(0x20);
    let left = 20;
    const chunked = new ReadableStream({
      pull(controller) {
        if (left === 0) controller.close();
        else controller.enqueue(chunk);
        left -= 1;
      },
    });
    expect(await postTold(post(fine, chunked))).toEqual([413, "BODY_TOO_LARGE"]);
  });

  it("too large says how large, what the limit is and what to do", async () => {
    const large = JSON.stringify({ name: "x".repeat(9 * 1024 * 1024) });
    const messageFor = async (headers: Record<string, string>) => {
      const guarded = await guard(post({ ...fine, ...headers }, large), { method: "POST", body: schema });
      if (guarded.ok) throw new Error("This body must be refused.");
      return (await guarded.response.json()).error.message;
    };
    const rest =
      "Vitrine takes up to 8 MB. A request holds the whole conversation of its lane: start a new one, or leave out long answers, results or images.";
    expect(await messageFor({ "content-length": String(large.length) })).toBe(
      `This request is 9.1 MB: ${rest}`,
    );
    for (const declared of ["8", "many"])
      expect(await messageFor({ "content-length": declared })).toBe(`This request is too large: ${rest}`);
  });

  it("cut off on its way is 400, not a crash", async () => {
    const cut = new ReadableStream({ start: (controller) => controller.error(new Error("gone")) });
    expect(await postTold(post(fine, cut))).toEqual([400, "BODY"]);
  });
});

describe("the token", () => {
  it("is asked for on every route that is not open", async () => {
    vi.resetModules();
    vi.stubEnv("VITRINE_TOKEN", "correct-horse");
    const locked = await import("./guard");
    const { tokenCookie } = await import("./token");
    const ask = async (headers: Readonly<Record<string, string>>) =>
      told(await locked.guard(get({ ...fine, ...headers }), { method: "GET" }));
    const cookie = tokenCookie("correct-horse", false).split(";")[0] ?? "";
    const ok = { ok: true, body: undefined };
    expect(await ask({})).toEqual([401, "TOKEN"]);
    expect(await ask({ authorization: "Bearer wrong-horse" })).toEqual([401, "TOKEN"]);
    expect(await ask({ cookie: "vitrine-token=correct-horse" })).toEqual([401, "TOKEN"]);
    expect(await ask({ authorization: "Bearer correct-horse" })).toEqual(ok);
    expect(await ask({ cookie: `other=1; ${cookie}` })).toEqual(ok);
    const health = await locked.guard(get({ host: HOST }), { method: "GET", open: true });
    expect(await told(health)).toEqual(ok);
  });
});
