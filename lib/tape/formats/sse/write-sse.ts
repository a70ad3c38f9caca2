/** Writes an answer as its bytes crossed the wire, with nothing around them. Pure. */
import type { Exchange } from "@/lib/tape/exchange";
import { bodyOf } from "@/lib/tape/formats/body-bytes";
import { openNotes, type WrittenFile } from "@/lib/tape/formats/found";

/** The bytes of the last of these exchanges: a file of this kind is one answer. */
export function writeSse(exchanges: readonly Exchange[]): WrittenFile<Uint8Array<ArrayBuffer>> {
  const last = exchanges.at(-1);
  const losses = openNotes();
  losses.add("A raw answer has no place for its request, address, status, headers and times.");
  if (exchanges.length > 1)
    losses.add(`The file holds the last of ${String(exchanges.length)} answers: a raw answer is one.`);
  if (last?.end !== undefined && last.end !== null && last.end.how !== "closed")
    losses.add("That the answer broke off or was stopped is not in the file.");
  return { content: last === undefined ? new Uint8Array(0) : bodyOf(last), losses: losses.all() };
}
