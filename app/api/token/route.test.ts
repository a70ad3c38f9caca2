import { expect, it, vi } from "vitest";

const ORIGIN = "https://vitrine.example";

async function show(token: string, origin: string): Promise<Response> {
  vi.resetModules();
  vi.stubEnv("VITRINE_TOKEN", "correct-horse");
  vi.stubEnv("ALLOWED_HOSTS", "vitrine.example");
  const { POST } = await import("./route");
  const headers = {
    host: new URL(origin).host,
    origin,
    "content-type": "application/json",
    "x-vitrine": "1",
  };
  const body = JSON.stringify({ token });
  return POST(new Request(`${origin}/api/token`, { method: "POST", headers, body }));
}

it("the right token is kept in a cookie that no script and no other site can use", async () => {
  const response = await show("correct-horse", ORIGIN);
  expect([response.status, response.headers.get("set-cookie")]).toEqual([
    200,
    expect.stringMatching(
      /^vitrine-token=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict; Secure$/,
    ),
  ]);
  expect(response.headers.get("set-cookie")).not.toContain("correct-horse");
});

it("the cookie also works where the page came over http", async () => {
  const response = await show("correct-horse", "http://127.0.0.1:3000");
  expect(response.headers.get("set-cookie")).toMatch(/SameSite=Strict$/);
});

it("a wrong token gets no cookie", async () => {
  const response = await show("wrong-horse", ORIGIN);
  expect([response.status, response.headers.get("set-cookie")]).toEqual([401, null]);
});
