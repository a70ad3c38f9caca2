/** What the readers of all dialects do alike: frames into events, the one end of an answer, replies that came whole. */
import type { Finish, RunError } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import type { SseFrame } from "@/lib/stream/wire/sse-lines";
import { type DialectReader, JSON_EVENTS } from "@/lib/stream/wire/wire-body";

import { readCutBody } from "./cut-body";
import { readChatError, readErrorFrame } from "./error-in-body";
import { type EventQueue, openEventQueue } from "./event-queue";
import { emptyAnswer, openUnreadable, unreadableBody } from "./reader-faults";
import { type NameUnknownFields, openUnknownFields } from "./unknown-fields";

/** What a dialect writes to. */
export type ReaderOut = Pick<EventQueue, "emit" | "warn" | "warnOnce"> & {
  readonly nameUnknown: NameUnknownFields;
  /** The first finish reason counts. */
  readonly setFinish: (finish: Finish) => void;
  readonly finish: () => Finish | null;
  /** Ends the step in an error. Everything received is kept. */
  readonly fail: (error: RunError) => void;
  /** Ends the step. `isMarked`: the server itself said that this is the end. */
  readonly end: (isMarked: boolean) => void;
};

/** What a dialect does its own way. */
export type DialectReading = {
  /** What a whole reply should be, such as "a chat completion". */
  readonly what: string;
  /** Whether frames may be named. Where they are not, a named one that is not JSON is no piece of the answer. */
  readonly namesFrames: boolean;
  readonly parse: (data: string) => Json | undefined;
  /** One event of a stream; `name` is what the frame calls it. */
  readonly readEvent: (event: JsonObject, name: string | null) => void;
  readonly isEvent: (event: JsonObject) => boolean;
  /** An answer that came at once. */
  readonly readAnswer: (body: JsonObject) => void;
  readonly isAnswer: (body: JsonObject) => boolean;
  /** An event was unreadable: calls that are open are never run. */
  readonly distrust: () => void;
  /** The error that the finish reason stands for; null for most. */
  readonly failure: () => RunError | null;
  /** Closes what is open, and completes the calls of an answer that is whole. */
  readonly close: (how: "cut" | "ended" | "marked") => void;
  /** Whether an answer without a part is worth a warning. */
  readonly isEmpty: () => boolean;
};

/** Opens the reader of one answer. Never throws; after its end it reads no more. */
export function openReader(speak: (out: ReaderOut) => DialectReading): DialectReader {
  const queue = openEventQueue();
  const unreadable = openUnreadable(queue);
  const unknownFields = openUnknownFields(queue);
  let finish: Finish | null = null;
  let isClosed = false;
  let isCut = false;

  const fail = (error: RunError): void => {
    if (isClosed) return;
    dialect.close("cut");
    unknownFields.end();
    isClosed = true;
    queue.emit({ type: "step-fail", error });
  };
  const end = (isMarked: boolean): void => {
    if (isClosed) return;
    const error = unreadable.end() ?? dialect.failure();
    if (error !== null) return fail(error);
    dialect.close(isMarked ? "marked" : "ended");
    unknownFields.end();
    if (finish !== null && dialect.isEmpty()) queue.warn("empty-answer", emptyAnswer(finish));
    isClosed = true;
    queue.emit({ type: "step-end" });
  };
  const dialect = speak({
    ...queue,
    // Arguments may seem whole where the document broke off behind them.
    emit: (event) => {
      if (!isCut || event.type !== "tool-input-end") queue.emit(event);
    },
    nameUnknown: unknownFields.name,
    setFinish: (read) => {
      if (finish !== null || isCut) return;
      finish = read;
      queue.emit({ type: "finish", finish });
    },
    finish: () => finish,
    fail,
    end,
  });

  const readEvents = (events: readonly JsonObject[], name: string | null): void => {
    unreadable.hit();
    for (const event of events) if (!isClosed) dialect.readEvent(event, name);
  };
  const readFrame = ({ event: name, data }: SseFrame): void => {
    if (data.trim() === "" && name !== "error") return;
    const isOurs = name === null || dialect.namesFrames;
    if (data === "[DONE]" && isOurs) return end(true);
    const value = dialect.parse(data);
    if (name === "error" || (isObject(value) && value["type"] === "error"))
      return fail(readErrorFrame(isObject(value) ? withoutCount(value) : value, data));
    const events = objectsIn(value);
    if (events.length > 0) readEvents(events, name);
    else if (!isOurs && name !== "message")
      queue.warnOnce(`event-${name}`, `An event has the unknown name ${name} and was left out.`);
    else if (unreadable.miss(data)) dialect.distrust();
  };
  const warnForm = (form: string): void =>
    queue.warnOnce(
      JSON_EVENTS,
      `The server sent its answer ${form}, which is shown once all of it has arrived.`,
    );
  /** Whether there was something to read. */
  const readDocuments = (documents: readonly JsonObject[]): boolean => {
    const [only] = documents;
    if (documents.length === 1 && only !== undefined && dialect.isAnswer(only)) dialect.readAnswer(only);
    else if (documents.some(dialect.isEvent)) {
      if (documents.length > 1) warnForm("as one JSON list of events");
      readEvents(documents, null);
    } else return false;
    return true;
  };
  /** Some servers stream one document a line. False where no line is a piece of an answer. */
  const readLines = (body: string): boolean => {
    const lines = body.split("\n").filter((line) => line.trim() !== "");
    const values = lines.map(dialect.parse);
    if (!values.some((value) => isObject(value) && dialect.isEvent(value))) return false;
    warnForm("as JSON lines (one document a line)");
    let isWhole = true;
    for (const [index, value] of values.entries()) {
      const line = lines[index] ?? "";
      if (line.trim() === "[DONE]") break;
      if (isObject(value)) readEvents([value], null);
      else if (unreadable.miss(line)) {
        isWhole = false;
        dialect.distrust();
      }
    }
    end(isWhole);
    return true;
  };
  /** A reply that broke off: what was received is shown, none of its calls run, and no finish reason counts. False where nothing of an answer came. */
  const readCut = (body: string): boolean => {
    isCut = true;
    if (!readDocuments(objectsIn(readCutBody(body))) || dialect.isEmpty()) return false;
    queue.warn("cut-body", "The reply breaks off in the middle. What arrived of it is shown.");
    end(false);
    return true;
  };
  const readWhole = (body: string): void => {
    const value = dialect.parse(body);
    if (value === undefined && (readLines(body) || readCut(body))) return;
    if (value !== undefined && readDocuments(objectsIn(value))) return end(true);
    fail((value === undefined ? null : readChatError(value)) ?? unreadableBody(body, dialect.what));
  };

  return {
    read: (frame) => {
      if (!isClosed) readFrame(frame);
      return queue.take();
    },
    readBody: (body) => {
      if (!isClosed) readWhole(body);
      return queue.take();
    },
    end: () => {
      end(false);
      return queue.take();
    },
  };
}

/** One object, or the objects of a list: some servers send the events of a stream as one list. */
function objectsIn(value: Json | undefined): readonly JsonObject[] {
  if (isObject(value)) return [value];
  return Array.isArray(value) ? value.filter((item: Json) => isObject(item)) : [];
}

/** An error that is the event itself carries the event's number, which is none of its detail. */
function withoutCount({ sequence_number: _count, ...event }: JsonObject): JsonObject {
  return event;
}
