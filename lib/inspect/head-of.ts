import type { AttemptRecord } from "@/lib/run/record";
import type { ResponseHead } from "@/lib/stream/turn/event";
import { readRelayHead, readRelayHeaders } from "@/lib/stream/wire/relay-frames";

import type { Frame } from "./frame";

const NAME = "event: relay-head\ndata: ";

/** The head of the server's reply: the record's, or the one that the relay's own frame brought. null = none came. */
export function headOf({ head }: Pick<AttemptRecord, "head">, frames: readonly Frame[]): ResponseHead | null {
  if (head !== null) return head;
  const data = relayHeadIn(frames);
  return data === null ? null : readRelayHead(data);
}

/** The headers of the server's reply as name and value, where the relay brought them. */
export function headersOf(frames: readonly Frame[]): readonly (readonly [name: string, value: string])[] {
  const data = relayHeadIn(frames);
  return data === null ? [] : readRelayHeaders(data);
}

function relayHeadIn(frames: readonly Frame[]): string | null {
  const own = frames.find(({ kinds, text }) => kinds.includes("own") && text.startsWith(NAME));
  return own?.text.slice(NAME.length) ?? null;
}
