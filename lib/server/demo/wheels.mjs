// @ts-check
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** Bytes of the model's wheel, the same for every platform. */
const MODEL_BYTES = 92_871_040;

/** Bytes of the server's wheel, by `process.platform` and `process.arch`. No entry = no wheel. */
/** @type {Readonly<Record<string, number>>} */
const SERVER_BYTES = {
  "darwin-arm64": 12_152_949,
  "darwin-x64": 11_523_198,
  "linux-arm64": 32_870_844,
  "linux-x64": 33_827_498,
  "win32-x64": 8_733_245,
};

/**
 * What an install downloads, in bytes; null where no wheel exists for the platform.
 *
 * @param {string} [platform]
 * @returns {number | null}
 */
export function downloadBytes(platform = platformName()) {
  const server = SERVER_BYTES[platform];
  return server === undefined ? null : server + MODEL_BYTES;
}

/** The running platform, such as `linux-x64`. */
export function platformName() {
  return `${process.platform}-${process.arch}`;
}

/**
 * Where everything of the demo model lies below the project's `root`. `wheels` is named after what is
 * pinned and the platform, and it exists only when it is complete.
 *
 * @param {string} root
 */
export function llamaPaths(root) {
  const scripts = import.meta.dirname;
  const requirements = path.join(scripts, "requirements.txt");
  const pinned = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const home = path.join(root, ".vitrine", "llama");
  return { scripts, requirements, home, wheels: path.join(home, `${platformName()}-${pinned}`) };
}

/**
 * Whether the wheels of this version and platform are installed, completely.
 *
 * @param {string} root
 */
export function areWheelsInstalled(root) {
  return existsSync(llamaPaths(root).wheels);
}
