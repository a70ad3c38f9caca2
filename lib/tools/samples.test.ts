import { expect, it } from "vitest";

import type { Json } from "@/lib/stream/turn/json";

import { findRunner } from "./runners/registry";
import { sampleTools } from "./samples";
import { answersByItself } from "./tool";

const { signal } = new AbortController();

function run(name: string, input: Json) {
  return findRunner(name)?.run(input, { signal, earlier: [], now: () => 0 });
}

it("the samples have ids and names of their own, and each answers by itself", () => {
  expect(new Set(sampleTools.map(({ id }) => id)).size).toBe(sampleTools.length);
  expect(new Set(sampleTools.map(({ name }) => name)).size).toBe(sampleTools.length);
  expect(sampleTools.filter((tool) => !answersByItself(tool))).toEqual([]);
});

it("the calculators run on two numbers", async () => {
  expect(await run("add", { a: 2, b: 3 })).toEqual({ ok: true, output: "5" });
  expect(await run("multiply", { a: 2, b: -0.5 })).toEqual({ ok: true, output: "-1" });
  expect(await run("add", { a: 0, b: 0 })).toEqual({ ok: true, output: "0" });
  expect(await run("add", { a: 0.1, b: 0.2 })).toEqual({ ok: true, output: "0.3" });
});

it("the calculators report what is wrong instead of guessing", async () => {
  const refused = { ok: false, message: "a and b must be numbers." };
  expect(await run("multiply", { a: "2", b: 3 })).toEqual(refused);
  expect(await run("multiply", [2, 3])).toEqual(refused);
  expect(await run("multiply", { a: 1e200, b: 1e200 })).toEqual({
    ok: false,
    message: "The result is too large for a number.",
  });
});

it("the registry has no runner of an unknown name", () => {
  expect(findRunner("rm")).toBeNull();
});
