import { expect, it } from "vitest";

import { createAttempts } from "./attempts";

const MINUTE_MS = 60_000;

it("the guard lets an address try ten wrong tokens in a quarter of an hour, and others go on", () => {
  const attempts = createAttempts();
  const last = Array.from({ length: 10 }, (_, nth) => attempts.fail("a", `token-${nth}`, nth * MINUTE_MS));
  expect(last).toEqual([...Array.from({ length: 9 }, () => null), "address"]);
  expect(attempts.waitMs("a", 10 * MINUTE_MS)).toBe(5 * MINUTE_MS);
  expect(attempts.waitMs("b", 10 * MINUTE_MS)).toBeNull();
  expect(attempts.waitMs("a", 15 * MINUTE_MS)).toBeNull();
});

it("the guard counts the same wrong token once, as a script sends it that nobody has corrected", () => {
  const attempts = createAttempts();
  for (let nth = 0; nth < 100; nth += 1) attempts.fail("a", "stale", nth);
  expect(attempts.waitMs("a", 100)).toBeNull();
});

it("the guard stops everyone when many addresses guess together", () => {
  const attempts = createAttempts();
  const full = Array.from({ length: 200 }, (_, nth) => attempts.fail(`address-${nth}`, "guess", nth));
  expect(full).toEqual([...Array.from({ length: 199 }, () => null), "all"]);
  expect(attempts.waitMs("another", 200)).toBe(15 * MINUTE_MS - 200);
});
