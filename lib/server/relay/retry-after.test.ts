import { expect, it } from "vitest";

import { readRetryAfter } from "./provider-error";

const NOW = Date.parse("2026-01-01T00:00:00Z");

it.each([
  [{ "retry-after": "2" }, 2000],
  [{ "retry-after": "0" }, 0],
  [{ "retry-after": "0.5" }, 500],
  [{ "retry-after": "3600" }, 3_600_000],
  [{ "retry-after-ms": "150", "retry-after": "2" }, 150],
  [{ "retry-after-ms": "junk", "retry-after": "2" }, 2000],
  [{ "retry-after": "Thu, 01 Jan 2026 00:00:30 GMT" }, 30_000],
  [{ "retry-after": "Wed, 31 Dec 2025 23:59:00 GMT" }, undefined],
  [{ "retry-after": "-1" }, undefined],
  [{ "retry-after": "1e99" }, undefined],
  [{ "retry-after": "soon" }, undefined],
  [{ "retry-after": "" }, undefined],
  [{}, undefined],
])("a 429 with %o asks to wait %s ms", (headers, ms) => {
  expect(readRetryAfter(new Headers(headers), NOW)).toBe(ms);
});
