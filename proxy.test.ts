import { unstable_doesMiddlewareMatch } from "next/experimental/testing/server";
import { NextRequest } from "next/server";
import { afterEach, describe, expect, it, vi } from "vitest";

import { contentSecurityPolicy } from "./lib/server/guard/content-security-policy";
import nextConfig from "./next.config.mjs";
import { config } from "./proxy";

afterEach(() => vi.unstubAllEnvs());

const ORIGIN = "http://127.0.0.1:3000";

async function visit(
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = "GET",
  variables: Readonly<Record<string, string>> = {},
): Promise<Response> {
  vi.resetModules();
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const { proxy } = await import("./proxy");
  return proxy(
    new NextRequest(`${ORIGIN}${path}`, { method, headers: { host: "127.0.0.1:3000", ...headers } }),
  );
}

/** Headers that Next hands on to the page. */
const handedOn = (response: Response, name: string) => response.headers.get(`x-middleware-request-${name}`);

describe("a page", () => {
  it("has a policy with a nonce of its own, which Next is told", async () => {
    const [one, other] = [await visit("/"), await visit("/")];
    const policy = one.headers.get("content-security-policy") ?? "";
    const nonce = /'nonce-([\w+/]{22}==)'/.exec(policy)?.[1] ?? "";
    expect(policy).toBe(contentSecurityPolicy(nonce, false));
    expect(handedOn(one, "content-security-policy")).toBe(policy);
    expect(other.headers.get("content-security-policy")).not.toBe(policy);
  });

  it("runs no script but by nonce and fetches nothing from elsewhere", () => {
    expect(contentSecurityPolicy("N", false).split("; ")).toEqual([
      "default-src 'none'",
      "script-src 'nonce-N' 'strict-dynamic'",
      "style-src 'self' 'unsafe-inline'",
      "connect-src 'self'",
      "img-src 'self' data: blob:",
      "media-src 'self' data: blob:",
      "font-src 'self'",
      "frame-src 'self'",
      "worker-src 'self' blob:",
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "object-src 'none'",
      "frame-ancestors 'none'",
    ]);
  });

  it("does not take a nonce from the visitor", async () => {
    const spoofed = { "x-nonce": "evil", "content-security-policy": "script-src 'nonce-evil'" };
    const response = await visit("/", spoofed);
    expect(JSON.stringify([...response.headers])).not.toContain("evil");
    const nonce = handedOn(response, "x-nonce");
    expect(nonce).toMatch(/^[\w+/]{22}==$/u);
    expect(response.headers.get("content-security-policy")).toContain(`'nonce-${String(nonce)}'`);
  });

  it.each([
    ["evil.example:3000", "/"],
    ["evil.example", "/_next/static/chunks/a.js"],
    ["", "/"],
  ])("is not shown to the host %j at %s", async (host, path) => {
    const response = await visit(path, { host });
    expect([response.status, response.headers.get("content-security-policy")]).toEqual([
      403,
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ]);
  });

  it("is only read", async () => {
    expect((await visit("/", { "next-action": "x" }, "POST")).status).toBe(405);
  });
});

describe("an API route", () => {
  it.each(["OPTIONS", "PUT", "GET"])("answers no foreign host, also to %s", async (method) => {
    const response = await visit("/api/chat", { host: "evil.example" }, method);
    expect([response.status, await response.json()]).toEqual([
      403,
      { error: expect.objectContaining({ source: "app", code: "HOST" }) },
    ]);
  });

  it("guards itself: nothing else is decided here, with a token neither", async () => {
    const response = await visit("/api/chat", {}, "POST", { VITRINE_TOKEN: "correct-horse" });
    expect(response.headers.get("x-middleware-next")).toBe("1");
  });

  it("gets its bodies uncut: what has one does not pass here", () => {
    expect(passes({ "content-type": "application/json" })).toBe(false);
    expect(passes({})).toBe(true);
  });
});

describe("with a token set", () => {
  const locked = { VITRINE_TOKEN: "correct-horse" };

  it("every page leads to the token page and back", async () => {
    const response = await visit("/?lane=a/b&prompt=x", {}, "GET", locked);
    const location = new URL(response.headers.get("location") ?? "");
    expect([response.status, location.pathname, location.searchParams.get("to")]).toEqual([
      307,
      "/token",
      "/?lane=a/b&prompt=x",
    ]);
  });

  it("the token page and the chunks it needs are shown", async () => {
    expect((await visit("/token", {}, "GET", locked)).status).toBe(200);
    expect((await visit("/_next/static/chunks/a.js", {}, "GET", locked)).status).toBe(200);
  });

  it("the sandbox is framed without one, and keeps a policy of its own", async () => {
    const response = await visit("/sandbox", {}, "GET", locked);
    expect([response.status, response.headers.get("content-security-policy")]).toEqual([200, null]);
    expect((await visit("/sandbox", { host: "evil.example" }, "GET", locked)).status).toBe(403);
  });

  it("a bearer sees the page", async () => {
    const response = await visit("/", { authorization: "Bearer correct-horse" }, "GET", locked);
    expect([response.status, response.headers.get("location")]).toEqual([200, null]);
  });
});

describe("every reply", () => {
  it("carries these headers", async () => {
    const nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    expect(await nextConfig.headers?.()).toEqual([
      {
        source: "/:path*",
        headers: [
          { key: "X-Content-Type-Options", value: "nosniff" },
          { key: "Referrer-Policy", value: "no-referrer" },
          { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
          { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
          {
            key: "Permissions-Policy",
            value:
              "camera=(), display-capture=(), geolocation=(), hid=(), microphone=(), midi=(), payment=(), serial=(), usb=()",
          },
        ],
      },
      { source: "/api/:path*", headers: [{ key: "Content-Security-Policy", value: nothing }] },
      {
        source: "/_next/static/:path*",
        headers: [
          { key: "Content-Security-Policy", value: `${nothing}; script-src 'self'; connect-src 'self'` },
        ],
      },
    ]);
  });
});

it("the build leaves undici unbundled: a failed check in one long line holds Node 20 up for a minute", () => {
  expect(nextConfig.serverExternalPackages).toContain("undici");
});

/** Whether a call of the chat route with these headers goes through the proxy. */
function passes(headers: Readonly<Record<string, string>>): boolean {
  return unstable_doesMiddlewareMatch({ config, nextConfig, url: "/api/chat", headers });
}
