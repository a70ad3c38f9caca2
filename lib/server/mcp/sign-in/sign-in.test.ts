/** Signing in to an MCP server, and those who would misuse it. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";

import type { McpServerRef } from "@/lib/tools/tool";

import {
  type Authorization,
  type AuthorizationOptions,
  startAuthorization,
} from "../__fixtures__/authorization";
import { type McpLab, startMcpLab } from "../__fixtures__/mcp-lab";

let lab: McpLab;
const open: Authorization[] = [];

beforeAll(async () => {
  lab = await startMcpLab({});
});
afterAll(() => lab.close());
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function start(options?: AuthorizationOptions): Promise<Authorization> {
  const started = await startAuthorization(options);
  open.push(started);
  return started;
}

/** The address that the page opens. */
async function begin(server: McpServerRef): Promise<URL> {
  const { json } = await lab.ask("sign-in", { server });
  const { url } = z.object({ state: z.literal("open"), url: z.string() }).parse(json);
  return new URL(url);
}

/** Where the authorization server sends a person who agrees. */
async function agree(page: URL): Promise<URL> {
  const reply = await fetch(page, { redirect: "manual" });
  return new URL(reply.headers.get("location") ?? "");
}

/** What that person reads. */
async function arrive(back: URL): Promise<readonly [number, string]> {
  const { GET } = await import("@/app/api/mcp/callback/route");
  const request = new Request(back, { headers: { host: back.host, "sec-fetch-site": "cross-site" } });
  const reply = await GET(request);
  return [reply.status, await reply.text()];
}

async function output(server: McpServerRef): Promise<unknown> {
  const [event] = await lab.call(server, "tool");
  return event?.type === "end" ? event.result.output : event;
}

describe("signing in", () => {
  it("leads over a page of the authorization server to a connection, and the page hears of it", async () => {
    const { ref, grants } = await start();
    expect(await lab.state(ref)).toMatchObject({ state: "sign-in" });
    const page = await begin(ref);
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      response_type: "code",
      code_challenge_method: "S256",
      redirect_uri: "http://127.0.0.1:3000/api/mcp/callback",
      client_id: "vitrine-client",
    });
    expect((await lab.ask("revision", { server: ref })).json).toEqual({
      revision: null,
      signIn: { state: "waiting" },
    });
    expect(await arrive(await agree(page))).toEqual([
      200,
      "Signed in to raw. Close this tab and go back to Vitrine.\n",
    ]);
    expect((await lab.ask("revision", { server: ref })).json).toEqual({
      revision: null,
      signIn: { state: "done" },
    });
    expect(await lab.state(ref)).toMatchObject({ state: "ready", tools: [{ name: "tool" }] });
    expect(grants()).toEqual(["authorization_code"]);
  });

  it("ends for a server whose tokens are forgotten, or that no longer takes them", async () => {
    const { ref, expire, grants } = await start();
    await arrive(await agree(await begin(ref)));
    expire();
    // A token that is no longer accepted is renewed without a person.
    expect(await output(ref)).toBe(`You sent Bearer ${"*".repeat("access-canary-2".length)}`);
    expect(grants()).toEqual(["authorization_code", "refresh_token"]);
    expect((await lab.ask("sign-out", { server: ref })).json).toEqual({ ok: true });
    expect(await lab.state(ref)).toMatchObject({ state: "sign-in" });
  });

  it("begins only when a person asks for it", async () => {
    const { ref, authorization } = await start();
    await lab.state(ref);
    await lab.call(ref, "tool");
    expect(authorization.connections()).toBe(0);
  });

  it("shows no token anywhere, and sends a person's headers to no other origin", async () => {
    const { ref, authorization, server } = await start();
    const headers = [{ name: "x-team", value: "blue" }];
    const withHeaders: McpServerRef = {
      from: "person",
      name: "raw",
      url: ref.from === "person" ? ref.url : "",
      headers,
    };
    await arrive(await agree(await begin(withHeaders)));
    const shown = JSON.stringify([await lab.state(withHeaders), await lab.call(withHeaders, "tool")]);
    expect(shown).toContain(`You sent Bearer ${"*".repeat("access-canary-1".length)}`);
    expect(shown).not.toContain("canary");
    expect(server.seen.at(-1)?.headers["x-team"]).toBe("blue");
    expect(authorization.seen.map((request) => request.headers["x-team"])).toEqual(
      authorization.seen.map(() => undefined),
    );
  });
});

describe("a sign-in is refused", () => {
  it.each([
    ["javascript:alert(1)", "javascript:"],
    ["file:///etc/passwd", "file:"],
    ["http://accounts.example/authorize", "http://accounts.example"],
  ])("where its page is %s", async (authorizationEndpoint) => {
    const { ref } = await start({ metadata: () => ({ authorization_endpoint: authorizationEndpoint }) });
    const { json } = await lab.ask("sign-in", { server: ref });
    expect(json).toEqual({ state: "failed", message: expect.any(String) });
    expect(await lab.state(ref)).toMatchObject({ state: "sign-in" });
  });

  it.each(["http://169.254.169.254/", "http://[fd00:ec2::254]/", "http://accounts.example/"])(
    "where its authorization server is %s",
    async (names) => {
      const { ref, authorization } = await start({ names });
      const { json } = await lab.ask("sign-in", { server: ref });
      expect(json).toEqual({ state: "failed", message: expect.stringMatching(/for signing in\. /u) });
      expect(authorization.connections()).toBe(0);
    },
  );

  it("where the issuer of the answer is another one, and its code is not used", async () => {
    const { ref, grants } = await start();
    const back = await agree(await begin(ref));
    back.searchParams.set("iss", "https://evil.example");
    const [status, text] = await arrive(back);
    expect([status, text]).toEqual([400, expect.stringContaining("Issuer mismatch")]);
    expect(grants()).toEqual([]);
    const { json } = await lab.ask("revision", { server: ref });
    expect(json["signIn"]).toMatchObject({ state: "failed" });
  });

  it("where nobody waits for the answer, also for the same answer a second time", async () => {
    const { ref, grants } = await start();
    const back = await agree(await begin(ref));
    const guessed = new URL(back);
    guessed.searchParams.set("state", "0".repeat(32));
    const nobody = [400, "No sign-in waits for this answer. Begin again in Vitrine.\n"];
    expect(await arrive(guessed)).toEqual(nobody);
    expect((await arrive(back))[0]).toBe(200);
    expect(await arrive(back)).toEqual(nobody);
    expect(grants()).toEqual(["authorization_code"]);
  });

  it("where a person said no", async () => {
    const { ref, authorization } = await start();
    const page = await begin(ref);
    const back = new URL(page.searchParams.get("redirect_uri") ?? "");
    const state = page.searchParams.get("state") ?? "";
    back.search = new URLSearchParams({
      error: "access_denied",
      state,
      iss: authorization.origin,
    }).toString();
    expect((await arrive(back))[0]).toBe(400);
    expect(await lab.state(ref)).toMatchObject({ state: "sign-in" });
  });

  it("where Vitrine is not opened on its own machine", async () => {
    const bound = await startMcpLab({}, { ALLOWED_HOSTS: "vitrine.example" });
    try {
      const { ref, authorization } = await start();
      const { json } = await bound.ask("sign-in", { server: ref }, { host: "vitrine.example" });
      expect(json).toEqual({
        state: "failed",
        message:
          "Signing in works where Vitrine is opened on its own machine: use http://127.0.0.1 or localhost.",
      });
      expect(authorization.connections()).toBe(0);
    } finally {
      await bound.close();
    }
  });

  it("where the server names another authorization server than the configuration, which keeps its secret", async () => {
    const { ref, authorization } = await start();
    const url = ref.from === "person" ? ref.url : "";
    const oauth = { clientId: "known", clientSecret: "canary-secret", issuer: "https://accounts.example" };
    await lab.configure({ mcpServers: { known: { url, oauth } } });
    const { json } = await lab.ask("sign-in", { server: { from: "config", name: "known" } });
    expect(json["state"]).toBe("failed");
    expect(JSON.stringify([json, authorization.seen])).not.toContain("canary");
  });
});
