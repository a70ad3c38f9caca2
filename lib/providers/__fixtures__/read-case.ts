import { readFileSync } from "node:fs";
import path from "node:path";

/** The text of a case from the field, by its file name. */
export function readCase(name: string): string {
  return readFileSync(path.resolve(import.meta.dirname, "../../../fixtures/cases", name), "utf8");
}
