import { expect, it } from "vitest";

import { allowedHeaders, allowedUrl } from "./allow-list";

it.each([
  ["https://api.example.com/v1/chat", "https://api.example.com/v1/chat"],
  ["https://me:sk-1@api.example.com/v1", "https://api.example.com/v1"],
  ["https://g.example/v1beta/m:stream?alt=sse&key=AIza-1", "https://g.example/v1beta/m:stream?alt=sse&key=*"],
  [
    "https://a.example/?api-version=2025-01-01&sig=a=b&flag",
    "https://a.example/?api-version=2025-01-01&sig=*&*",
  ],
  ["https://a.example/x#access_token=sk-1", "https://a.example/x"],
  ["//me:sk-1@a.example/x?key=1", "//a.example/x?key=*"],
  ["", ""],
])("the address %s stands on a tape as %s", (url, kept) => {
  expect(allowedUrl(url)).toBe(kept);
  expect(allowedUrl(kept)).toBe(kept);
});

it("only headers that hold no key are kept, as they stood", () => {
  expect(
    allowedHeaders([
      ["Content-Type", "application/json"],
      ["Authorization", "Bearer sk-1"],
      ["x-api-key", "sk-1"],
      ["Cookie", "a=b"],
      ["X-Custom", "sk-1"],
      ["x-ratelimit-remaining-tokens", "5"],
      ["anthropic-ratelimit-requests-limit", "9"],
    ]),
  ).toEqual([
    ["Content-Type", "application/json"],
    ["x-ratelimit-remaining-tokens", "5"],
    ["anthropic-ratelimit-requests-limit", "9"],
  ]);
});
