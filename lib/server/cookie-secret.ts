import "server-only";
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { shared } from "./shared";

const FOLDER = ".vitrine";
const FILE = path.join(FOLDER, "cookie-secret");
const LENGTH = 64;

/**
 * Goes into every cookie beside the token, so that nobody who guesses tokens can try them as cookies. Where the folder
 * cannot be written it lasts as long as this process, and people type the token again after a restart.
 */
export function cookieSecret(): string {
  return shared("cookie-secret", () => {
    const kept = read();
    if (kept !== null) return kept;
    const made = randomBytes(LENGTH / 2).toString("hex");
    try {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(FILE, made, { mode: 0o600, flag: "wx" });
    } catch {
      // Not writable, or another process was first.
      return read() ?? made;
    }
    return made;
  });
}

function read(): string | null {
  try {
    const text = readFileSync(FILE, "utf8").trim();
    return text.length === LENGTH ? text : null;
  } catch {
    return null;
  }
}
