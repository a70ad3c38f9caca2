import { readFileSync } from "node:fs";
import path from "node:path";

import { readBinding } from "@/lib/contract/tool-binding";
import type { ReadTools } from "@/lib/tools/formats/format";
import { readTools } from "@/lib/tools/formats/read-tools";
import type { ReadContext } from "@/lib/tools/formats/read-value";

/** A session without tools. */
export const EMPTY: ReadContext = { others: [], readBinding };

/** What one of the files beside this one holds. */
export function readFixture(name: string): Promise<ReadTools> {
  return readTools(readFileSync(path.join(import.meta.dirname, name), "utf8"), EMPTY);
}
