import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { areModulesStale, hashSources, isBuildStale, markBuilt } from "./staleness.mjs";

let root = "";
beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), "vitrine-stale-"))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, content: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), content);
}

function build(): void {
  write("app/page.tsx", "1");
  const made = hashSources(root);
  write(".next/BUILD_ID", "x");
  markBuilt(root, made);
}

const lock = (packages: object) => JSON.stringify({ packages });

describe("a build", () => {
  it("is stale where there is none, or one that was cut off", () => {
    expect(isBuildStale(root)).toBe(true);
    build();
    expect(isBuildStale(root)).toBe(false);
    rmSync(path.join(root, ".next/BUILD_ID"));
    expect(isBuildStale(root)).toBe(true);
  });

  it.each(["app/page.tsx", "lib/new.ts", "public/icon.svg", "next.config.mjs", "package-lock.json"])(
    "is stale once %s changes",
    (file) => {
      build();
      write(file, "2");
      expect(isBuildStale(root)).toBe(true);
    },
  );

  it.each(["app/page.test.tsx", "e2e/app.ts", "README.md", "scripts/test.mjs"])(
    "is not made of %s",
    (file) => {
      build();
      write(file, "2");
      expect(isBuildStale(root)).toBe(false);
    },
  );

  it("is stale when a source changed while it was made", () => {
    write("app/page.tsx", "1");
    const made = hashSources(root);
    write("app/page.tsx", "2");
    write(".next/BUILD_ID", "x");
    markBuilt(root, made);
    expect(isBuildStale(root)).toBe(true);
  });
});

describe("node_modules", () => {
  const wanted = {
    "": { name: "vitrine" },
    "node_modules/next": { version: "16.4.6" },
    "node_modules/@next/swc-win32": { version: "16.4.6", optional: true },
  };

  it.each<readonly [string, object | null, boolean]>([
    ["missing", null, true],
    [
      "as the lock file says, without another platform's",
      { "node_modules/next": { version: "16.4.6" } },
      false,
    ],
    ["older than the lock file", { "node_modules/next": { version: "16.4.5" } }, true],
    ["half there", {}, true],
  ])("that are %s: stale %#", (_title, installed, expected) => {
    write("package-lock.json", lock(wanted));
    if (installed !== null) write("node_modules/.package-lock.json", lock(installed));
    expect(areModulesStale(root)).toBe(expected);
  });
});
