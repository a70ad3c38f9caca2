import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect, it } from "vitest";

const ROOT = path.join(import.meta.dirname, "..");
const MOST_FILES = 24;
const MOST_LINES = 350;

/** Source files that the repository holds or would hold after the next commit: no tests, no fixtures. */
function sourceFiles(): readonly string[] {
  const { error, status, stdout, stderr } = spawnSync(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    {
      cwd: ROOT,
      encoding: "utf8",
    },
  );
  if (error) expect.unreachable(`This test lists the files with git, which did not start: ${error.message}`);
  if (status !== 0) expect.unreachable(`This test lists the files with git, which failed: ${stderr}`);
  return stdout
    .split("\0")
    .filter((file) => existsSync(path.join(ROOT, file)))
    .filter((file) => /\.(?:ts|tsx|mts|mjs|css)$/u.test(file))
    .filter(
      (file) => !/\.(?:test|spec)\.tsx?$/u.test(file) && !/(?:^|\/)(?:__fixtures__|fixtures)\//u.test(file),
    );
}

it("no folder holds more than 24 source files, but for the providers' own", () => {
  const counts = new Map<string, number>();
  for (const file of sourceFiles()) {
    const folder = path.posix.dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  counts.delete("lib/providers/presets");
  expect([...counts].filter(([, count]) => count > MOST_FILES)).toEqual([]);
  expect(counts.get("lib/run")).toBeGreaterThan(0);
});

it("no source file is longer than 350 lines", () => {
  const long = sourceFiles()
    .map((file) => [file, readFileSync(path.join(ROOT, file), "utf8").trimEnd().split("\n").length] as const)
    .filter(([, lines]) => lines > MOST_LINES);
  expect(long).toEqual([]);
});

it("the changelog has the version of package.json, with its date and its tag", () => {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8"));
  const changelog = readFileSync(path.join(ROOT, "CHANGELOG.md"), "utf8");
  const section = changelog.split(/^## /mu).find((text) => text.startsWith(`${String(version)}, `)) ?? "";
  expect(section.split("\n")[0]).toMatch(/^[\d.]+, \d{4}-\d{2}-\d{2}$/u);
  expect(section).toContain(`\`v${String(version)}\``);
});
