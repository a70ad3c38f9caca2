import type { StreamEvent } from "@/lib/stream/turn/event";

import { type BodyKind, openSniffer } from "./sniff-body";
import { openSseBody } from "./sse-body";
import { openWholeBody } from "./whole-body";
import { type BodyOptions, JSON_EVENTS, type WireBody } from "./wire-body";

/** Reads a body as what it is, whatever its content type says. */
export function openBody(options: BodyOptions): WireBody {
  const sniffer = openSniffer(options.head.contentType);
  const held: Uint8Array[] = [];
  let body: WireBody | null = null;
  let kindOfBody: BodyKind | null = null;

  const decide = (kind: BodyKind): readonly StreamEvent[] => {
    const opened = kind === "sse" ? openSseBody(options) : openWholeBody(options, kind);
    body = opened;
    kindOfBody = kind;
    return held.splice(0).flatMap((bytes) => opened.push(bytes));
  };
  return {
    push: (bytes) => {
      if (body !== null) return body.push(bytes);
      held.push(bytes);
      const kind = sniffer.push(bytes);
      return kind === null ? [] : decide(kind);
    },
    end: (error) => {
      const events = [...(body === null ? decide("other") : []), ...(body?.end(error) ?? [])];
      // Only an answer can have been sent in one piece, and only one that is not a stream in another form.
      const isAnswer = !events.some((event) => event.type === "step-fail" || isFormNote(event));
      return isAnswer && kindOfBody === "json" ? [...describeJson(options), ...events] : events;
    },
  };
}

function isFormNote(event: StreamEvent): boolean {
  return event.type === "warning" && event.warning.code === JSON_EVENTS;
}

/** A stream declared as something else is reported by its own reader, once it has an event. */
function describeJson({ head, isStreamed }: BodyOptions): readonly StreamEvent[] {
  if (!isStreamed || head.status >= 400) return [];
  const message = "The server ignored “stream” and sent its answer in one piece.";
  return [{ type: "warning", warning: { code: "not-streamed", message } }];
}
