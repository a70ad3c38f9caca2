import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

const ROOT = path.join(import.meta.dirname, "..");
const CASES = readdirSync(path.join(ROOT, "fixtures/cases")).filter((name) => name !== "README.md");

/** Cases that are steps of a person, and where each is promised: a test's file and its title. */
const STEPS: Readonly<Record<string, readonly [file: string, title: string]>> = {
  "clock-jumps.steps.md": [
    "lib/session/actions/turn-actions.test.ts",
    "figures of a live answer count real time, whatever the wall clock is set to",
  ],
  "mobile-enter.steps.md": [
    "e2e/touch.spec.ts",
    "Enter on an on-screen keyboard makes a new line, and Run sends",
  ],
  "heic-photo.steps.md": [
    "e2e/images.spec.ts",
    "a file that is not an image, too large or truncated is refused in place, by its bytes and not its name",
  ],
  "reload-mid-stream.steps.md": [
    "e2e/faults.spec.ts",
    "an answer that was streaming when the page was left keeps its text",
  ],
  "ime-rename.steps.md": [
    "e2e/typing.spec.ts",
    "Enter that picks a word of an input method leaves the field for a name open",
  ],
  "paste-20000-lines.steps.md": [
    "e2e/typing.spec.ts",
    "20,000 pasted lines are sent whole, with what is typed after them",
  ],
};

const SELF = path.join("scripts", "cases.test.ts");
const tests = ["app", "components", "e2e", "lib", "scripts"]
  .flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) =>
      path.join(folder, name),
    ),
  )
  .filter((file) => /\.(?:test|spec)\.tsx?$/.test(file) && file !== SELF)
  .map((file) => readFileSync(path.join(ROOT, file), "utf8"))
  .join("\n");

describe("a case from the field", () => {
  const files = CASES.filter((name) => !name.endsWith(".steps.md"));

  it.each(files)("%s is named by a test", (name) => {
    // Some tests add the ending themselves.
    const base = name.slice(0, name.indexOf("."));
    expect([`"${name}"`, `"${base}"`, `/${name}"`].some((words) => tests.includes(words))).toBe(true);
  });

  it("that is steps of a person has a test with its promise", () => {
    const steps = CASES.filter((name) => name.endsWith(".steps.md"));
    expect(Object.keys(STEPS).toSorted()).toEqual(steps.toSorted());
    for (const [file, title] of Object.values(STEPS))
      expect(readFileSync(path.join(ROOT, file), "utf8")).toContain(title);
  });
});
