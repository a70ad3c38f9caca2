import { describe, expect, it } from "vitest";

import { amountAt, countAt } from "./json-read";

const read = (written: string, readAt: typeof countAt) => readAt({ n: JSON.parse(written) }, "n");

/** What servers have been seen to send in place of a number, and what they could. */
const NO_NUMBERS =
  `-5 -1 -1e400 1e400 1e308 1e21 1e15 9007199254740993 2147483648 "-5" "NaN" "Infinity" "1e999" "0x10" "\\t12" "12abc" "" "1e2" "99999999999999" null true false [8192] {"value":8192} [] {}`.split(
    " ",
  );

describe("a number of a server", () => {
  it.each(NO_NUMBERS)("is unknown where it says %s", (written) => {
    expect([read(written, amountAt), read(written, countAt)]).toEqual([null, null]);
  });

  it.each([
    ["0.5", 0.5, null],
    ["12.7", 12.7, null],
    ['"0.5"', 0.5, null],
    ["5e-324", 5e-324, null],
    ["8192", 8192, 8192],
    ['"8192"', 8192, 8192],
    ["12.0", 12, 12],
    ["1e3", 1000, 1000],
    ["1000000000", 1e9, 1e9],
  ])("counts only where it is whole: %s", (written, amount, count) => {
    expect([read(written, amountAt), read(written, countAt)]).toEqual([amount, count]);
  });

  it.each(["0", "-0", "1e-400"])("is nothing where it says %s", (written) => {
    expect([read(written, amountAt), read(written, countAt)].map((value) => value === 0)).toEqual([
      true,
      true,
    ]);
  });
});
