import { expect, it } from "vitest";

import { originWords } from "./origin-words";

const answered = (isReused: boolean) =>
  originWords({
    state: "answered",
    args: { valid: true, value: {} },
    at: 30,
    ranFrom: 10,
    result: {
      output: "ok",
      isError: false,
      origin: { by: "http", status: 200, ...(isReused ? { isReused } : {}) },
    },
  });

it("a result that was reused does not claim another lane or a time of its own: an answer that is made again reuses it too", () => {
  expect(answered(false)).toBe("HTTP 200 in 20 ms");
  expect(answered(true)).toBe("HTTP 200, shared with an equal call");
});
