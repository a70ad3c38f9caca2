// @ts-check
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";

/** The files Next itself reads when it serves, the strongest first. */
const FILES = [".env.production.local", ".env.local", ".env.production", ".env"];

/**
 * The variables of the project's env files with `env` on top: what the server will see, so that `npm start`
 * judges by the same.
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function withEnvFiles(root, env) {
  const files = FILES.map((name) => path.join(root, name)).filter((file) => existsSync(file));
  const found = files.map((file) => parseEnv(readFileSync(file, "utf8")));
  return Object.assign({}, ...found.toReversed(), env);
}
