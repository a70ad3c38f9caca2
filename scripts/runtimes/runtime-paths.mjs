// @ts-check
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";

/** The Node that runs copied TypeScript where this one is older than 22.18, which is the first to run it as it is. */
export const NODE_PACKAGE = { name: `node-${nodePlatform()}-${process.arch}`, version: "22.23.3" };

/**
 * Where the runtimes of copied programs lie below the project's `root`. Each folder is named after what is pinned, and
 * exists only when it is complete.
 *
 * @param {string} root
 */
export function runtimePaths(root) {
  const pins = path.join(root, "e2e", "code");
  const home = path.join(root, ".vitrine", "runtimes");
  const requirements = path.join(pins, "requirements.txt");
  const manifests = ["package.json", "package-lock.json"].map((name) => path.join(pins, "node", name));
  const modules = path.join(home, `node-${digest(manifests)}`);
  return {
    home,
    requirements,
    manifests,
    packages: path.join(home, `python-${digest([requirements])}`),
    modules,
    node: isNewNode()
      ? process.execPath
      : path.join(modules, "node_modules", NODE_PACKAGE.name, nodeBinary()),
  };
}

/** Whether this Node runs TypeScript as it is. */
export function isNewNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  return major > 22 || (major === 22 && minor >= 18);
}

function nodePlatform() {
  return process.platform === "win32" ? "win" : process.platform;
}

function nodeBinary() {
  return process.platform === "win32" ? path.join("bin", "node.exe") : path.join("bin", "node");
}

/** @param {readonly string[]} files */
function digest(files) {
  const hash = createHash("sha256").update(`${process.platform}-${process.arch}`);
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 12);
}
