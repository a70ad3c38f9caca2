import { expect, it } from "vitest";
import * as z from "zod/mini";

import { callApi } from "./api-client";

const reply = z.object({ models: z.array(z.string()) });

const codeOf = async (answer: () => Response | Promise<Response>, key: string | null = null) => {
  let calls = 0;
  const fetch = async () => {
    calls += 1;
    return answer();
  };
  const result = await callApi({ fetch, path: "/api/models", key, reply });
  return [result.ok ? "ok" : result.error.code, calls];
};

it("the client blames the key, and not the server, for a key that no header can carry", async () => {
  for (const key of ["sk-good\u200b", "gsk_abc…xyz", "“sk-good”", "two words"])
    expect(await codeOf(() => Response.json({ models: [] }), key)).toEqual(["KEY", 0]);
  expect(await codeOf(() => Response.json({ models: [] }), " sk-good\n")).toEqual(["ok", 1]);
});

it("the client reports a refusal whose words break off by its status", async () => {
  const cut = new ReadableStream({ start: (controller) => controller.error(new TypeError("network error")) });
  expect(await codeOf(() => new Response(cut, { status: 503 }))).toEqual(["HTTP_503", 1]);
});

it("the client distinguishes a reply that it cannot read from a server that does not answer", async () => {
  expect(await codeOf(() => new Response("<html>"))).toEqual(["REPLY_UNREADABLE", 1]);
  expect(await codeOf(() => Promise.reject(new TypeError("Failed to fetch")))).toEqual([
    "APP_UNREACHABLE",
    1,
  ]);
});
