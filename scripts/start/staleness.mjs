// @ts-check
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** What a build is made of, below the project's root. */
const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "instrumentation.ts",
  "next.config.mjs",
  "package-lock.json",
  "package.json",
  "postcss.config.mjs",
  "proxy.ts",
  "tsconfig.json",
];

/** The file in a finished build that records its sources. */
const STAMP = path.join(".next", "vitrine-sources");

/** @param {string} root */
export function isBuildStale(root) {
  const stamp = path.join(root, STAMP);
  if (!existsSync(stamp) || !existsSync(path.join(root, ".next", "BUILD_ID"))) return true;
  return readFileSync(stamp, "utf8") !== hashSources(root);
}

/**
 * Marks the finished build as made of `hash`, taken before it began: what was changed meanwhile makes it stale.
 *
 * @param {string} root
 * @param {string} hash
 */
export function markBuilt(root, hash) {
  writeFileSync(path.join(root, STAMP), hash);
}

/**
 * One hash over every source file's name and bytes. Tests do not count.
 *
 * @param {string} root
 */
export function hashSources(root) {
  const hash = createHash("sha256");
  for (const file of SOURCES.flatMap((source) => filesOf(root, source)).toSorted()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

/**
 * @param {string} root
 * @param {string} source
 * @returns {readonly string[]}
 */
function filesOf(root, source) {
  const sourcePath = path.join(root, source);
  if (!existsSync(sourcePath)) return [];
  if (path.extname(source) !== "") return [source];
  return readdirSync(sourcePath, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

/**
 * Whether `node_modules` is not what the lockfile says: missing, older, or half installed. Reads npm's
 * own record of what it installed.
 *
 * @param {string} root
 */
export function areModulesStale(root) {
  const record = path.join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return true;
  const wanted = readPackages(path.join(root, "package-lock.json"));
  const installed = readPackages(record);
  return Object.entries(wanted).some(([name, { version, optional, link }]) => {
    if (name === "" || link === true) return false;
    const here = installed[name];
    // Optional ones are for other platforms.
    return here === undefined ? optional !== true : here.version !== version;
  });
}

/**
 * @typedef {{ readonly version?: string, readonly optional?: boolean, readonly link?: boolean }} LockedPackage
 * @param {string} file
 * @returns {Readonly<Record<string, LockedPackage>>}
 */
function readPackages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}
