import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { shared } from "@/lib/server/shared";

import { projectRoot } from "../project-root.mjs";

const LENGTH = 64;

/**
 * Goes into every cookie beside the token, so that nobody who guesses tokens can try them as cookies. Where the folder
 * cannot be written it lasts as long as this process, and people type the token again after a restart.
 */
export function cookieSecret(): string {
  return shared("cookie-secret", () => {
    const folder = path.join(/* turbopackIgnore: true */ projectRoot(), ".vitrine");
    const file = path.join(folder, "cookie-secret");
    const kept = read(file);
    if (kept !== null) return kept;
    const made = randomBytes(LENGTH / 2).toString("hex");
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, made, { mode: 0o600, flag: "wx" });
    } catch {
      // Not writable, or another process was first.
      return read(file) ?? made;
    }
    return made;
  });
}

function read(file: string): string | null {
  try {
    const text = readFileSync(file, "utf8").trim();
    return text.length === LENGTH ? text : null;
  } catch {
    return null;
  }
}
