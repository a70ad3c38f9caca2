import { readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";
import * as z from "zod";

const names = z.record(z.string(), z.string()).default({});
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      integrity: z.string().optional(),
      /** Comes inside another package, and is covered by that one's hash. */
      inBundle: z.boolean().default(false),
      optionalDependencies: names,
    }),
  ),
});
type Packages = Readonly<Record<string, { readonly optionalDependencies: Readonly<Record<string, string>> }>>;

const read = (file: string): unknown =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, "..", file), "utf8"));

/** Paths where Node looks for `name` from the package at `installPath`, nearest first. */
function candidates(installPath: string, name: string): readonly string[] {
  const parents = installPath.split("/node_modules/").slice(0, -1);
  const outward = parents.map((_, index) => parents.slice(0, index + 1).join("/node_modules/")).toReversed();
  const folders = installPath === "" ? [""] : [installPath, ...outward, ""];
  return folders.map((folder) => path.posix.join(folder, "node_modules", name));
}

function missingOptionals(packages: Packages): readonly string[] {
  return Object.entries(packages).flatMap(([installPath, { optionalDependencies }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => candidates(installPath, name).every((candidate) => packages[candidate] === undefined))
      .map((name) => `${name}, wanted by ${installPath}`),
  );
}

const wants = (...wanted: readonly string[]) => ({
  optionalDependencies: Object.fromEntries(wanted.map((name) => [name, "1"])),
});

describe("the lock file", () => {
  const { packages } = lockSchema.parse(read("package-lock.json"));

  // npm leaves them out when it writes the file beside a node_modules that has only this platform's.
  it("names every platform's own packages, so that npm ci works on all of them", () => {
    expect(missingOptionals(packages)).toEqual([]);
  });

  it("finds a package that is left out, at any depth", () => {
    const broken = {
      "": wants(),
      "node_modules/css": wants("@css/linux", "@css/darwin", "@css/win32"),
      "node_modules/@css/linux": wants(),
      "node_modules/css/node_modules/@css/win32": wants(),
      "node_modules/tool/node_modules/css": wants("@css/linux", "@css/win32"),
    };
    expect(missingOptionals(broken)).toEqual([
      "@css/darwin, wanted by node_modules/css",
      "@css/win32, wanted by node_modules/tool/node_modules/css",
    ]);
  });

  it("pins every package by its hash", () => {
    const unpinned = Object.entries(packages).filter(
      ([installPath, { integrity, inBundle }]) => installPath !== "" && !inBundle && !integrity,
    );
    expect(unpinned).toEqual([]);
  });
});

it("every dependency is one exact version", () => {
  const manifest = z.object({ dependencies: names, devDependencies: names }).parse(read("package.json"));
  const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
    ([, version]) => !/^(?:npm:@?[\w./-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version),
  );
  expect(loose).toEqual([]);
});

// Versions below these have holes that Vitrine's own rules do not close.
it.each([
  ["next", "16.4.6"],
  ["react", "19.3.1"],
  ["react-dom", "19.3.1"],
  ["undici", "7.29.0"],
])("%s is not older than %s", (name, floor) => {
  const { packages } = z
    .object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) })
    .parse(read("package-lock.json"));
  const version = packages[`node_modules/${name}`]?.version ?? "0.0.0";
  expect([floor, version].toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }))[0]).toBe(floor);
});
