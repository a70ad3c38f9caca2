import type { AttemptRecord } from "@/lib/run/record";
import type { ResponseHead } from "@/lib/stream/turn/event";
import { readRelayHead } from "@/lib/stream/wire/relay-frames";

import type { Frame } from "./frame";

const NAME = "event: relay-head\ndata: ";

/** The head of the server's reply: the record's, or the one that the relay's own frame brought. null = none came. */
export function headOf({ head }: Pick<AttemptRecord, "head">, frames: readonly Frame[]): ResponseHead | null {
  if (head !== null) return head;
  const own = frames.find(({ kinds, text }) => kinds.includes("own") && text.startsWith(NAME));
  return own === undefined ? null : readRelayHead(own.text.slice(NAME.length));
}
