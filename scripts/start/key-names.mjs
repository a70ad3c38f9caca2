// @ts-check
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * The environment variables that hold providers' keys, read from the providers' own files: nothing is
 * built yet when this is asked.
 *
 * @param {string} root
 * @returns {readonly string[]} each once
 */
export function keyNames(root) {
  const folder = path.join(root, "lib", "providers", "presets");
  const sources = readdirSync(folder)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => readFileSync(path.join(folder, file), "utf8"));
  const found = sources.join("\n").matchAll(/keyEnv: "(\w+)"/g);
  return [...new Set(Array.from(found, ([, name]) => name ?? ""))];
}
