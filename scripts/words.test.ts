import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect, it } from "vitest";

const ROOT = path.join(import.meta.dirname, "..");
/** Where the phrases stand because they are named. */
const NAMED_IN: ReadonlySet<string> = new Set(["docs/style.md", "scripts/words.test.ts"]);

/** Phrases that are never right, with what stands in their place. Those that are right somewhere are not here. */
const PHRASES: readonly (readonly [phrase: RegExp, instead: string])[] = [
  [/\bas it came\b/u, "as received"],
  [/\bwhat came\b/u, "so far, what was received"],
  [/\bso many (?:ms|px)\b/u, "this many ms"],
  [/\bPress Retry\b/u, "retry"],
];

/** Our text: code, comments, titles and documents. What models and servers say in fixtures is not ours. */
function textFiles(): readonly string[] {
  const { status, stdout, stderr } = spawnSync("git", ["ls-files", "-z"], { cwd: ROOT, encoding: "utf8" });
  if (status !== 0) expect.unreachable(`This test lists the files with git, which failed: ${stderr}`);
  return stdout
    .split("\0")
    .filter((file) => /\.(?:ts|tsx|mts|mjs|md|css)$/u.test(file) && !NAMED_IN.has(file))
    .filter((file) => existsSync(path.join(ROOT, file)));
}

it("no file uses a phrase that the style page replaces", () => {
  const files = textFiles();
  const found = files.flatMap((file) =>
    readFileSync(path.join(ROOT, file), "utf8")
      .split("\n")
      .flatMap((line, index) =>
        PHRASES.filter(([phrase]) => phrase.test(line)).map(
          ([phrase, instead]) => `${file}:${index + 1} ${phrase.source}: write "${instead}"`,
        ),
      ),
  );
  expect(files.length).toBeGreaterThan(1_000);
  expect(found).toEqual([]);
});
