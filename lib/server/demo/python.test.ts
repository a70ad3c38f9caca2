import { expect, it } from "vitest";

import { findPython } from "./python.mjs";

type Report = { readonly version: readonly [number, number]; readonly pip: boolean };

const ELSEWHERE = "Or use any other server: start one, or set a key.";

/** Looks on a machine that has these commands and no other. */
const on = (machine: { readonly [command: string]: Report }) =>
  findPython(([command]) => Promise.resolve(machine[command] ?? null));

const python = (minor: number, pip = true): Report => ({ version: [3, minor], pip });

it("the search for Python takes the first that is new enough and has pip", async () => {
  expect(await on({ python3: python(9), python: python(12, false), "python3.11": python(11) })).toEqual({
    ok: true,
    command: ["python3.11"],
  });
});

it.each([
  [{}, "The demo model needs Python 3.10 or newer, and none was found.", "Install Python 3, then try again."],
  [
    { python3: python(8) },
    "The demo model needs Python 3.10 or newer, and only 3.8 was found.",
    "Install Python 3, then try again.",
  ],
  [
    { python3: python(12, false), python: python(8) },
    "Python 3.12 is here, but not its installer, pip.",
    "Install pip (Debian, Ubuntu: apt install python3-pip), then try again.",
  ],
])("the search for Python reports what is missing and what to do on %j", async (machine, what, next) => {
  expect(await on(machine)).toEqual({ ok: false, problem: { what, next: `${next} ${ELSEWHERE}` } });
});
