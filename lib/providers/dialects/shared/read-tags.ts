import type { DialectReader, ThinkTagMode } from "@/lib/providers/provider";
import type { StreamEvent } from "@/lib/stream/turn/event";

import { openTagEvents } from "./tag-events";

/**
 * A dialect's reader whose text may hold thoughts between tags, as servers send them that do not take thoughts
 * out of the text. The same for every dialect.
 */
export function readTags(reader: DialectReader, mode: ThinkTagMode): DialectReader {
  if (mode === "off") return reader;
  const pass = openTagEvents(mode);
  const through = (events: readonly StreamEvent[]): readonly StreamEvent[] => events.flatMap(pass);
  return {
    read: (frame) => through(reader.read(frame)),
    readBody: (body) => through(reader.readBody(body)),
    end: () => through(reader.end()),
  };
}
