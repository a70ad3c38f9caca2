import { execFileSync } from "node:child_process";

import * as fc from "fast-check";
import { afterAll, beforeAll, expect, inject, it } from "vitest";

import { insideOf, textOf, type Value } from "@/lib/code/code";
import { python, shell, typescript } from "@/lib/code/languages";

import { openProgramRunner, type ProgramRunner } from "./run-program";

let runner: ProgramRunner;

beforeAll(() => {
  runner = openProgramRunner(inject("runtimes"));
});
afterAll(() => runner.close());

const TRAPS = [
  "'",
  '"',
  "\\",
  "\n",
  "\r",
  "$",
  "`",
  "</script>",
  "${",
  "{}",
  "%s",
  "\u2028",
  "\u0000",
  "\uD800",
  "__proto__",
  "👩‍🚀",
  "#",
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...TRAPS), fc.string({ unit: "binary" })))
  .map((pieces) => pieces.join(""));
const value = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    text,
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    // As JSON has them: a key that names the prototype is one like any other.
    fc
      .array(fc.tuple(text, tie("value")), { maxLength: 4 })
      .map((fields): Value => Object.fromEntries(fields)),
  ),
})).value;

const VALUES = fc.sample(value, 400);

it("a value printed in Python is that value", async () => {
  const program = python`
    import json
    print(json.dumps(${VALUES}))`;
  const { stdout, stderr } = await runner.run("python", textOf(program));
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual(VALUES);
});

it("a value printed in TypeScript is that value", async () => {
  const { stdout, stderr } = await runner.run(
    "typescript",
    textOf(typescript`console.log(JSON.stringify(${VALUES}));`),
  );
  expect(stderr).toBe("");
  expect(stdout.trim()).toBe(JSON.stringify(VALUES));
});

it("a text printed in a shell is one word with that text", () => {
  // A shell's words cannot hold a NUL, and its bytes no half of a character.
  const words = fc.sample(text, 400).map((each) => each.replaceAll(/\p{Surrogate}|\0/gu, ""));
  const printed = words.map((word) => insideOf(shell`${word}`)).join(" ");
  const out = execFileSync("sh", ["-s"], { input: `printf '%s\\0' ${printed}` });
  expect(out.toString().split("\u0000").slice(0, -1)).toEqual(words);
});
