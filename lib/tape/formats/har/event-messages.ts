/**
 * `_eventSourceMessages`: the events of a stream with their times, as browsers and recorders add them to an entry of a
 * HAR file: `{ time, eventName, eventId, data }`, where `time` is in seconds since 1970. (HAR 1.2 itself has no place for
 * them.)
 */
import type { Exchange, ExchangeChunk } from "@/lib/tape/exchange";
import { bodyOf, cutIntoFrames, exactText, toBytes } from "@/lib/tape/formats/body-bytes";
import { LONGEST_US } from "@/lib/tape/formats/found";

export type EventMessage = {
  readonly time: number;
  readonly eventName: string;
  readonly eventId: string;
  readonly data: string;
};

/** The events of an answer in the file's form; none for what is not an event stream. `startedAt` in ms since 1970. */
export function eventMessages(exchange: Exchange, startedAt: number): readonly EventMessage[] {
  const frames = cutIntoFrames(bodyOf(exchange));
  const endOf = chunkTimes(exchange.chunks);
  let at = 0;
  return frames.flatMap((frame) => {
    at += frame.length;
    const event = readEvent(new TextDecoder().decode(frame));
    return event === null ? [] : [{ time: startedAt / 1000 + endOf(at) / 1e6, ...event }];
  });
}

/** When the read came that holds the byte before this place. Places must not fall. */
function chunkTimes(chunks: readonly ExchangeChunk[]): (place: number) => number {
  let index = 0;
  let before = 0;
  return (place) => {
    for (let chunk = chunks[index]; chunk !== undefined; chunk = chunks[index]) {
      if (before + chunk.bytes.length >= place) return chunk.us;
      before += chunk.bytes.length;
      index += 1;
    }
    return chunks.at(-1)?.us ?? 0;
  };
}

type Event = Omit<EventMessage, "time">;

/** One event by the fields of the standard; null for comments and other frames without data. */
function readEvent(frame: string): Event | null {
  const data: string[] = [];
  let eventName = "message";
  let eventId = "";
  for (const line of frame.replace(/^\uFEFF/u, "").split(/\r\n|\r|\n/u)) {
    const colon = line.indexOf(":");
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? "" : line.slice(colon + 1).replace(/^ /u, "");
    if (field === "data") data.push(value);
    if (field === "event" && value !== "") eventName = value;
    if (field === "id") eventId = value;
  }
  return data.length === 0 ? null : { eventName, eventId, data: data.join("\n") };
}

/** A body as the stream that would have sent these events: what it was byte for byte is not known. */
export function writeStream(messages: readonly Partial<EventMessage>[]): Uint8Array<ArrayBuffer> {
  const events = messages.map(({ eventName = "message", eventId = "", data = "" }) => {
    const name = eventName === "message" || eventName === "" ? [] : [`event: ${oneLine(eventName)}`];
    const id = eventId === "" ? [] : [`id: ${oneLine(eventId)}`];
    const lines = data.split(/\r\n|\r|\n/u).map((line) => `data: ${line}`);
    return [...name, ...id, ...lines, "", ""].join("\n");
  });
  return toBytes(events.join(""));
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]/gu, " ");
}

type Clock = { readonly startedAt: number | null; readonly headUs: number | null };

/**
 * The body cut into its events, each at the time of its message; null where messages and body are not the same events, or
 * the times cannot have been measured.
 */
export function timedByMessages(
  body: Uint8Array<ArrayBuffer>,
  messages: readonly Partial<EventMessage>[],
  clock: Clock,
): readonly ExchangeChunk[] | null {
  if (exactText(body) === null) return null;
  const toUs = clockOf(messages[0]?.time, clock);
  if (toUs === null) return null;
  const chunks: ExchangeChunk[] = [];
  let next = 0;
  let lastUs = 0;
  for (const bytes of cutIntoFrames(body)) {
    const event = readEvent(new TextDecoder().decode(bytes));
    const message = messages[next];
    // A comment came with the event behind it, or with the last one.
    const us = message?.time === undefined ? (event === null ? lastUs : null) : toUs(message.time);
    if (us === null || us < lastUs || us > LONGEST_US) return null;
    if (event !== null && event.data !== message?.data) return null;
    if (event !== null) next += 1;
    chunks.push({ us, bytes });
    lastUs = us;
  }
  return next === messages.length ? chunks : null;
}

/** From a message's time to µs since the request; null where there is no time. */
function clockOf(first: number | undefined, { startedAt, headUs }: Clock): ((time: number) => number) | null {
  if (first === undefined || !Number.isFinite(first)) return null;
  const since = startedAt === null ? Number.NaN : first - startedAt / 1000;
  if (since >= -0.001 && since * 1e6 <= LONGEST_US) {
    const from = startedAt === null ? 0 : startedAt / 1000;
    return (time) => Math.max(0, Math.round((time - from) * 1e6));
  }
  // A clock with a zero of its own: its first event came with the head, as far as anyone knows.
  return (time) => Math.round((headUs ?? 0) + (time - first) * 1e6);
}
