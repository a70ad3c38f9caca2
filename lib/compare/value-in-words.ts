import type { Json } from "@/lib/stream/turn/json";
import { parseJson } from "@/lib/stream/turn/json-read";
import { writeWritten } from "@/lib/stream/turn/written-json";

/** Values of at most this many characters stand in one line. */
const ONE_LINE = 60;

/**
 * A value of `readWritten` as JSON text: in one line while it is short, otherwise indented. Numbers stay as they were
 * written; where that is not how JavaScript writes them, the text is not indented.
 */
export function valueInWords(value: Json): string {
  const compact = writeWritten(value);
  if (compact.length <= ONE_LINE || typeof value !== "object") return compact;
  const read = parseJson(compact);
  return read !== undefined && JSON.stringify(read) === compact ? JSON.stringify(read, null, 2) : compact;
}
