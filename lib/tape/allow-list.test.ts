import { expect, it } from "vitest";

import { allowedUrl } from "./allow-list";

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
