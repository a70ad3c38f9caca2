import { expect, it } from "vitest";

import { checkEndpointUrl, looksLikeUrl } from "./check-endpoint-url";

const NONE = { login: null, query: "" };

it.each([
  ["http://10.0.0.7:8080/v1/", "http://10.0.0.7:8080/v1"],
  ["localhost:8080/v1", "http://localhost:8080/v1"],
  ["  [::1]:9931/v1", "http://[::1]:9931/v1"],
  ["https://h.test/v1?api-version=2025-04-01-preview", "https://h.test/v1?api-version=2025-04-01-preview"],
])("the check of an address reads %s", (typed, baseUrl) => {
  expect(checkEndpointUrl(typed)).toEqual({ ok: true, baseUrl, secrets: NONE, hint: null });
});

it("the check of an address cuts the path of a call and reports it", () => {
  expect(checkEndpointUrl("https://host.test/v1/chat/completions")).toEqual({
    ok: true,
    baseUrl: "https://host.test/v1",
    secrets: NONE,
    hint: '"/chat/completions" was removed: Vitrine adds the path of each call itself.',
  });
});

it("the check of an address accepts a bare host and reports that /v1 is tried too", () => {
  expect(checkEndpointUrl("http://10.0.0.7:8080")).toEqual({
    ok: true,
    baseUrl: "http://10.0.0.7:8080",
    secrets: NONE,
    hint: "Most servers answer under /v1, so Vitrine tries that too.",
  });
});

it.each([
  ["https://me:secret@host.test/v1", { login: "me:secret", query: "" }],
  ["me:secret@host.test/v1", { login: "me:secret", query: "" }],
  ["https://host.test/v1?key=abc", { login: null, query: "key=abc" }],
])(
  "the check of an address takes the secret part out of %s and reports where it is kept",
  (typed, secrets) => {
    const checked = checkEndpointUrl(typed);
    expect(checked).toEqual({
      ok: true,
      baseUrl: expect.stringMatching(/^https?:\/\/host\.test\/v1$/u),
      secrets,
      hint: "The secret part is kept like a key: in this tab's memory only.",
    });
  },
);

it.each([
  ["", "Type the server's address, such as http://192.168.1.20:8080/v1."],
  ["http://", "This is not an address. It looks like http://192.168.1.20:8080/v1."],
  ["my server", "This is not an address. It looks like http://192.168.1.20:8080/v1."],
  ["ftp://host.test", "Use http or https, not ftp."],
])("the check of an address refuses “%s” and reports what to do", (typed, message) => {
  expect(checkEndpointUrl(typed)).toEqual({ ok: false, message });
});

it("the check of an address distinguishes an address from a model's id", () => {
  const addresses = [
    "http://10.0.0.7:8080/v1",
    "https://api.host.test/v1",
    "localhost:8080",
    "10.0.0.7:8080/v1",
  ];
  const ids = [
    "qwen3:8b",
    "groq/moonshotai/kimi-k2",
    "gpt-4.1",
    "llama3.2:3b",
    "hf.co/org/model:Q4_K_M",
    "add a server",
  ];
  expect([...addresses, ...ids].filter(looksLikeUrl)).toEqual(addresses);
});
