import { afterEach, beforeEach, expect, it, vi } from "vitest";

const TOKEN = "correct-horse";
const warn = vi.fn<(line: string) => void>();

beforeEach(() => {
  vi.resetModules();
  vi.stubEnv("VITRINE_TOKEN", TOKEN);
  vi.spyOn(console, "warn").mockImplementation(warn);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const headersOf = (address: string, more: Readonly<Record<string, string>> = {}) => ({
  host: "127.0.0.1:3000",
  "x-vitrine": "1",
  "x-vitrine-address": address,
  ...more,
});

async function type(token: string, address: string): Promise<readonly [number, string | null]> {
  const { POST } = await import("@/app/api/token/route");
  const response = await POST(
    new Request("http://127.0.0.1:3000/api/token", {
      method: "POST",
      headers: headersOf(address, { "content-type": "application/json" }),
      body: JSON.stringify({ token }),
    }),
  );
  return [response.status, response.headers.get("set-cookie")];
}

async function show(address: string, more: Readonly<Record<string, string>>): Promise<number> {
  const { GET } = await import("@/app/api/token/route");
  const request = new Request("http://127.0.0.1:3000/api/token", { headers: headersOf(address, more) });
  return (await GET(request)).status;
}

it("the token guard refuses an address after ten wrong tokens, however they are shown, and reports it once in the log", async () => {
  const [, cookie] = await type(TOKEN, "10.0.0.1");
  for (let nth = 0; nth < 5; nth += 1) {
    expect((await type(`guess-${nth}`, "10.0.0.7"))[0]).toBe(401);
    expect(await show("10.0.0.7", { authorization: `Bearer other-${nth}` })).toBe(401);
  }
  for (const guess of [TOKEN, "guess-11"]) expect((await type(guess, "10.0.0.7"))[0]).toBe(429);
  expect(await show("10.0.0.7", { authorization: `Bearer ${TOKEN}` })).toBe(429);
  expect(await show("10.0.0.7", { cookie: cookie?.split(";")[0] ?? "" })).toBe(200);
  expect((await type(TOKEN, "10.0.0.8"))[0]).toBe(200);
  expect(warn.mock.calls).toEqual([
    ["Too many wrong tokens from 10.0.0.7: tokens from there are rejected for some minutes."],
  ]);
});

it("the token guard takes the addresses of one IPv6 network for one", async () => {
  for (let nth = 0; nth < 10; nth += 1) await type(`guess-${nth}`, `2001:db8:1:2::${nth + 1}`);
  expect((await type(TOKEN, "2001:db8:1:2:ffff::1"))[0]).toBe(429);
  expect((await type(TOKEN, "2001:db8:1:3::1"))[0]).toBe(200);
});
