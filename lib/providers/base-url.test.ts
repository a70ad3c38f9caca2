import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";
import { z } from "zod";

import { belowBaseUrl, queryNames, readBaseUrl, withQuery } from "./base-url";

const fieldCase = (name: string): string => {
  const file = new URL(`../../fixtures/cases/${name}.json`, import.meta.url);
  return z.object({ url: z.string() }).parse(JSON.parse(readFileSync(file, "utf8"))).url;
};
const NONE = { login: null, query: "" };

describe("a base URL", () => {
  it.each([
    ["http://10.0.0.7:8080/v1/", "http://10.0.0.7:8080/v1"],
    ["http://10.0.0.7:8080", "http://10.0.0.7:8080"],
    ["HTTPS://Host.Test/api/v1//", "https://host.test/api/v1"],
    ["http://[::1]:9931/v1", "http://[::1]:9931/v1"],
    ["https://host.test/chatter/completions-api", "https://host.test/chatter/completions-api"],
  ])("%s is %s", (text, baseUrl) => {
    expect(readBaseUrl(text)).toEqual({ ok: true, baseUrl, secrets: NONE, notes: [] });
  });

  it("keeps its query", () => {
    expect(readBaseUrl(fieldCase("base-url-with-query"))).toEqual({
      ok: true,
      baseUrl: "http://127.0.0.1:4727/v1?api-version=2025-04-01-preview",
      secrets: NONE,
      notes: [],
    });
  });

  it("gives its user and password apart, decoded", () => {
    expect(readBaseUrl(fieldCase("base-url-with-basic-auth"))).toEqual({
      ok: true,
      baseUrl: "http://127.0.0.1:4728/v1",
      secrets: { login: "anna:pass word", query: "" },
      notes: [],
    });
  });

  it.each([
    "key",
    "api-key",
    "apiKey",
    "API_KEY",
    "subscription-key",
    "token",
    "access_token",
    "accessToken",
    "client_secret",
    "password",
    "sig",
    "X-Amz-Signature",
    "code",
    "%6Bey",
  ])("gives a value named %s apart and keeps the rest of the query as it was written", (name) => {
    expect(readBaseUrl(`https://h.test/v1?api-version=1%2e0&${name}=a%2Fb&deployment=d`)).toEqual({
      ok: true,
      baseUrl: "https://h.test/v1?api-version=1%2e0&deployment=d",
      secrets: { login: null, query: `${name}=a%2Fb` },
      notes: [],
    });
  });

  it.each([
    ["/v1/chat/completions", "/v1", "/chat/completions"],
    ["/openai/v1/responses/", "/openai/v1", "/responses"],
    ["/v1/messages", "/v1", "/messages"],
    ["/v1/models", "/v1", "/models"],
    [
      "/v1beta/models/gemini-2.5-flash:generateContent",
      "/v1beta",
      "/models/gemini-2.5-flash:generateContent",
    ],
  ])("loses the path of a call: %s", (path, base, cut) => {
    expect(readBaseUrl(`https://h.test${path}?v=1`)).toEqual({
      ok: true,
      baseUrl: `https://h.test${base}?v=1`,
      secrets: NONE,
      notes: [`"${cut}" was removed: Vitrine adds the path of each call itself.`],
    });
  });

  it("loses what comes after #", () => {
    expect(readBaseUrl("https://h.test/v1#top")).toEqual({
      ok: true,
      baseUrl: "https://h.test/v1",
      secrets: NONE,
      notes: ["The part after # was removed: servers never see it."],
    });
  });

  it.each([
    ["", "NOT_A_URL"],
    ["my server", "NOT_A_URL"],
    ["http://", "NOT_A_URL"],
    ["ftp://h.test", "NOT_HTTP"],
    ["javascript:alert(1)", "NOT_HTTP"],
  ])("is not “%s”", (text, code) => {
    expect(readBaseUrl(text)).toMatchObject({ ok: false, code });
  });
});

it("an address has a call's path before the query of the base URL", () => {
  expect([
    belowBaseUrl("http://h/v1", "/models"),
    belowBaseUrl("http://h/v1?v=1", "/models"),
    belowBaseUrl("http://h/v1?v=1", "/models?limit=2"),
    withQuery("http://h/v1", ""),
  ]).toEqual([
    "http://h/v1/models",
    "http://h/v1/models?v=1",
    "http://h/v1/models?limit=2&v=1",
    "http://h/v1",
  ]);
});

it("an address names what its query holds", () => {
  expect(queryNames("a%20key=1&sig=2&a+key=3")).toEqual(["a key", "sig"]);
});
