/** Servers that tell a call's arguments twice, in the dialects that say which call a piece belongs to. */
import { parseJson, writeJson } from "@/lib/stream/turn/json-read";

import { readArguments } from "./arguments";

/** The warning about arguments that came again and were left out. */
export const REPEATED = {
  code: "arguments-repeated",
  message: "The server sent the arguments of a call again in full; the second time was left out.",
} as const;

/** Whether `piece` says all of `soFar` again, which is complete already. Costs nothing for pieces that are shorter. */
export function repeatsAll(soFar: string, piece: string): boolean {
  if (soFar === "" || !piece.trimStart().startsWith("{") || !soFar.trimEnd().endsWith("}")) return false;
  return saysTheSame(soFar, piece);
}

/** Whether two texts are the same JSON, white space and the order of keys apart. */
export function saysTheSame(one: string, other: string): boolean {
  const [first, second] = [parseJson(one), parseJson(other)];
  if (first === undefined || second === undefined) return false;
  const written = writeJson(first);
  return written !== "" && readArguments(first) === readArguments(second);
}
