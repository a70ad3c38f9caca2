import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Json } from "@/lib/stream/turn/json";

import { evaluate } from "./evaluate";
import { findRunner, RUNNERS } from "./registry";

const { signal } = new AbortController();

const now = () => Date.UTC(2026, 10, 29, 13, 5);

async function run(name: string, input: Json, earlier: readonly Json[] = []) {
  return findRunner(name)?.run(input, { signal, earlier, now });
}

describe("the calculator", () => {
  it.each([
    ["2 + 3 * 4", "14"],
    ["(2 + 3) * 4", "20"],
    ["-2 ^ 2", "-4"],
    ["2 ^ -1", "0.5"],
    ["2 ** 3 ** 2", "512"],
    ["10 % 4 - 1", "1"],
    ["0.1 + 0.2", "0.3"],
    ["sqrt(2) * sqrt(2)", "2"],
    ["3 × 4 ÷ 2 − 1", "5"],
    ["1.5e3", "1500"],
    ["pi", "3.14159265358979"],
  ])("calculates %s", (expression, output) => {
    expect(evaluate(expression)).toEqual({ ok: true, output });
  });

  it.each([
    ["2 +", "The expression ends too early."],
    ["2 $ 3", 'Unexpected "$" at character 2.'],
    ["(2", "A closing parenthesis is missing."],
    ["1 / 0", "Division by zero."],
    ["constructor(1)", 'There is no function or constant "constructor".'],
    ["2 3", 'Unexpected "3" at character 2.'],
    ["9 ^ 999", "The result is not a finite number."],
    ["(".repeat(200), "The expression is nested too deeply."],
  ])("says what is wrong with %s", (expression, message) => {
    expect(evaluate(expression)).toEqual({ ok: false, message });
  });

  it("agrees with JavaScript on any sum and product", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom("+", "-", "*"), fc.nat(99)), { maxLength: 9 }),
        (rest) => {
          const expected = rest.reduce<readonly number[]>(
            ([sum = 0, factor = 1, sign = 1], [operator, value]) =>
              operator === "*"
                ? [sum, factor * value, sign]
                : [sum + sign * factor, value, operator === "+" ? 1 : -1],
            [0, 7, 1],
          );
          const [sum = 0, factor = 0, sign = 1] = expected;
          const text = ["7", ...rest.map(([operator, value]) => `${operator} ${value}`)].join(" ");
          expect(evaluate(text)).toEqual({
            ok: true,
            output: String(Number((sum + sign * factor).toPrecision(15))),
          });
        },
      ),
    );
  });
});

describe("tools with a state", () => {
  it("draw the same numbers again for the same seed, and other numbers one after another", async () => {
    const input = { min: 1, max: 1_000_000, seed: 7 };
    const first = await run("random", input);
    const second = await run("random", input, [input]);
    expect(await run("random", input)).toEqual(first);
    expect(second).not.toEqual(first);
    expect(await run("random", { ...input, seed: 8 }, [input])).not.toEqual(second);
    expect(await run("random", { min: 2, max: 1 })).toEqual({
      ok: false,
      message: "min must not be above max.",
    });
  });

  it("keep what the branch did, and nothing that was refused", async () => {
    const add = { action: "add", day: "2026-12-05", time: "10:00", title: "Train to Rome" };
    const list = { action: "list", day: "2026-12-05" };
    expect(await run("calendar", list)).toEqual({ ok: true, output: "2026-12-05: nothing." });
    expect(await run("calendar", list, [add])).toEqual({
      ok: true,
      output: "2026-12-05: 10:00 Train to Rome",
    });
    expect(await run("calendar", add, [add])).toEqual({
      ok: false,
      message: "2026-12-05 at 10:00 is taken: Train to Rome.",
    });
    expect(await run("calendar", list, [add, add])).toEqual({
      ok: true,
      output: "2026-12-05: 10:00 Train to Rome",
    });
    expect(await run("todo", { action: "done", number: 1 })).toMatchObject({ ok: false });
  });
});

it("the clock tells the time of a zone, and knows which zones there are", async () => {
  expect(await run("clock", { time_zone: "Europe/Rome" })).toEqual({
    ok: true,
    output: "Sunday, November 29, 2026 at 14:05:00 GMT+1",
  });
  expect(await run("clock", { time_zone: "Mars/Olympus" })).toEqual({
    ok: false,
    message: 'There is no time zone "Mars/Olympus".',
  });
});

it("a search finds the pages that fit best first, and no more than asked", async () => {
  const found = await run("search", { query: "Uffizi opening hours", limit: 2 });
  expect(found?.ok === true ? JSON.parse(found.output) : found).toMatchObject([
    { title: "Uffizi opening hours and tickets" },
    {},
  ]);
  expect(await run("search", { query: "zebra" })).toEqual({ ok: true, output: "[]" });
});

it("no built-in throws, whatever its arguments", async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.array(fc.jsonValue(), { maxLength: 3 }), async (input, earlier) => {
      for (const { name } of RUNNERS) {
        const json: Json = JSON.parse(JSON.stringify(input));
        const before: readonly Json[] = JSON.parse(JSON.stringify(earlier));
        expect(await run(name, json, before)).toMatchObject({ ok: expect.any(Boolean) });
      }
    }),
  );
});
