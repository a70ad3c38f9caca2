import type { RunError } from "@/lib/stream/turn/event";
import type { RelayError, RelayHead } from "@/lib/stream/wire/relay-frames";

const encoder = new TextEncoder();

/** An SSE comment: shows the page, and any proxy between, that the relay is alive. */
export function commentFrame(text: string): Uint8Array {
  return encoder.encode(`: ${text}\n\n`);
}

/** Told once, before the upstream's first byte. */
export function headFrame(head: RelayHead): Uint8Array {
  return encoder.encode(`event: relay-head\ndata: ${JSON.stringify(head)}\n\n`);
}

/** Ends the stream. The empty lines first close an event that the upstream left open. */
export function errorFrame(error: RunError): Uint8Array {
  const data: RelayError = { error };
  return encoder.encode(`\n\nevent: relay-error\ndata: ${JSON.stringify(data)}\n\n`);
}
