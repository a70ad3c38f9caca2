import type { ThinkTagMode } from "@/lib/providers/provider";
import type { Citation, StreamEvent } from "@/lib/stream/turn/event";
import type { Json } from "@/lib/stream/turn/json";
import type { DialectReader } from "@/lib/stream/wire/wire-body";

import { openOpeningTags } from "./opening-tags";
import { openThinkTags, type TaggedPiece } from "./think-tags";

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

type TextStart = Extract<StreamEvent, { type: "text-start" }>;

/** Kinds of events at which text that was held must be given first, so that parts keep their order. */
const FLUSHES: ReadonlySet<StreamEvent["type"]> = new Set([
  "reasoning-start",
  "text-start",
  "tool-input-start",
  "provider-call-start",
  "unknown-part",
  "image",
  "step-end",
  "step-stop",
  "step-fail",
]);

/** Passes the events of one step and makes thoughts of what stands between tags in its texts. */
function openTagEvents(mode: Exclude<ThinkTagMode, "off">): (event: StreamEvent) => readonly StreamEvent[] {
  const texts = new Map<string, TaggedText>();
  let open: TaggedText | null = null;
  /** In "auto", only the start of the answer may be a thought, and only if the server sent none itself. */
  let isBeginning = true;

  const flush = (): readonly StreamEvent[] => {
    const events = open?.flush() ?? [];
    open = null;
    return events;
  };
  const startText = (event: TextStart): readonly StreamEvent[] => {
    const before = flush();
    if (mode === "auto" && !isBeginning) return [...before, event];
    isBeginning = false;
    open = openTaggedText(event, mode);
    texts.set(event.id, open);
    return before;
  };
  return (event) => {
    if (event.type === "text-start") return startText(event);
    if (FLUSHES.has(event.type)) {
      isBeginning = false;
      return [...flush(), event];
    }
    const text = "id" in event && event.id !== null ? texts.get(event.id) : undefined;
    if (text === undefined) return [event];
    if (event.type === "text-delta") return text.add(event.text);
    if (event.type === "text-end") return text.end();
    if (event.type === "citation") return text.cite(event.citation);
    return event.type === "replay" ? text.replay(event.item) : [event];
  };
}

type Events = readonly StreamEvent[];

/** One text of an answer, split into thoughts and texts by the tags in it. */
type TaggedText = {
  readonly add: (text: string) => Events;
  readonly cite: (citation: Citation) => Events;
  readonly replay: (item: Json) => Events;
  /** Gives what was held because it might have become a tag. The text may go on after it. */
  readonly flush: () => Events;
  readonly end: () => Events;
};

type Open = { readonly kind: "text" | "reasoning"; readonly id: string };

/** Starts a text. `start` is passed on as received once there is text; where all of it was a thought it never is. */
function openTaggedText(
  start: Extract<StreamEvent, { type: "text-start" }>,
  mode: "auto" | "on",
): TaggedText {
  const opening = openOpeningTags();
  let later: ReturnType<typeof openThinkTags> | null = null;
  let sawTag = false;
  let open: Open | null = null;
  let made = 0;
  let texts = 0;
  /** Characters that are not in the text any more, so that citations still point at their words. */
  let removed = 0;

  const close = (tag?: string): Events => {
    if (open === null) return [];
    const { kind, id } = open;
    open = null;
    if (kind === "text") return [{ type: "text-end", id }];
    return [{ type: "reasoning-end", id, ...(tag === undefined ? {} : { close: tag }) }];
  };
  const openText = (): Events => {
    if (open?.kind === "text") return [];
    const before = close();
    texts += 1;
    made += 1;
    const id = texts === 1 ? start.id : `${start.id}.${String(made)}`;
    open = { kind: "text", id };
    return [...before, { ...start, id }];
  };
  const openThought = (tag: string): Events => {
    const before = close();
    made += 1;
    const id = `${start.id}.${String(made)}`;
    open = { kind: "reasoning", id };
    return [...before, { type: "reasoning-start", id, tags: { open: tag, close: "" } }];
  };
  const give = (piece: TaggedPiece): Events => {
    switch (piece.kind) {
      case "open":
        sawTag = true;
        removed += piece.tag.length;
        return openThought(piece.tag);
      case "close":
        removed += piece.tag.length;
        return close(piece.tag);
      case "reasoning":
        removed += piece.text.length;
        return open === null ? [] : [{ type: "reasoning-delta", id: open.id, text: piece.text }];
      case "text": {
        const opened = openText();
        return open === null ? opened : [...opened, { type: "text-delta", id: open.id, text: piece.text }];
      }
      case "was-reasoning":
        return turnText(piece.tag);
    }
  };
  const turnText = (tag: string): Events => {
    const opened = openText();
    const { id } = open ?? start;
    open = null;
    return [...opened, { type: "text-to-reasoning", id, close: tag }, { type: "reasoning-end", id }];
  };
  /** After what the answer begins with, "on" reads tags on. */
  const readOn = (pieces: readonly TaggedPiece[]): readonly TaggedPiece[] => {
    if (mode === "auto") return pieces;
    return pieces.flatMap((piece) => {
      if (piece.kind === "open") sawTag = true;
      if (piece.kind !== "text") return [piece];
      later ??= openThinkTags(sawTag);
      return later.push(piece.text);
    });
  };
  const flush = (): Events => [...readOn(opening.flush()), ...(later?.flush() ?? [])].flatMap(give);
  const openFirst = (): Events => [...flush(), ...(texts === 0 ? openText() : [])];

  return {
    add: (text) => readOn(opening.push(text)).flatMap(give),
    cite: (citation) => {
      const opened = openFirst();
      return [...opened, { type: "citation", id: start.id, citation: moveBack(citation, removed) }];
    },
    replay: (item) => [...openFirst(), { type: "replay", id: start.id, item }],
    flush,
    end: () => {
      const events = flush();
      // A text without a word is still a text.
      return [...events, ...(made === 0 ? openText() : []), ...close()];
    },
  };
}

function moveBack(citation: Citation, by: number): Citation {
  const move = (offset: number | null): number | null => (offset === null ? null : Math.max(0, offset - by));
  return { ...citation, start: move(citation.start), end: move(citation.end) };
}
