import { readChatError, readErrorFrame } from "@/lib/providers/dialects/shared/error-in-body";
import { openEventQueue } from "@/lib/providers/dialects/shared/event-queue";
import { emptyAnswer, openUnreadable, unreadableBody } from "@/lib/providers/dialects/shared/reader-faults";
import {
  INPUT_CHANGED,
  inputChanged,
  openUnknownFields,
  saysSomething,
  unknownEvent,
} from "@/lib/providers/dialects/shared/unknown-fields";
import type { DialectReader, WireFrame } from "@/lib/providers/provider";
import type { Finish, RunError } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, listAt, objectAt, textAt } from "@/lib/stream/turn/json-read";
import { readWithWritten } from "@/lib/stream/turn/written-json";

import { openBlocks } from "./blocks";
import { MESSAGE_FIELDS, nameUnknownOfEvent, STOP_FIELDS } from "./known-fields";
import { readAnthropicUsage, readStopReason, stopNotice } from "./usage";

/** Reads an answer of the Messages API, streamed or whole. Holds the state of one answer. */
export function openAnthropic(): DialectReader {
  const queue = openEventQueue();
  const { emit, warn, warnOnce, take } = queue;
  const nameUnknown = openUnknownFields(queue);
  const blocks = openBlocks(queue, nameUnknown);
  const unreadable = openUnreadable(queue);
  let isClosed = false;
  let finish: Finish | null = null;

  const fail = (error: RunError): void => {
    if (isClosed) return;
    blocks.close(false);
    isClosed = true;
    emit({ type: "step-fail", error });
  };
  /** `isMarked`: the server itself said that this is the end. */
  const finishStep = (isMarked: boolean): void => {
    if (isClosed) return;
    const error = unreadable.end();
    if (error !== null) return fail(error);
    if (finish === null && isMarked && blocks.holdCompleteCalls()) {
      setFinish({ unified: "tool-calls", raw: null });
      warn("no-finish-reason", "The server gave no stop reason; its calls are complete.");
    }
    blocks.close(finish !== null);
    if (finish !== null && blocks.areEmpty()) warn("empty-answer", emptyAnswer(finish));
    isClosed = true;
    emit({ type: "step-end" });
  };
  const setFinish = (read: Finish): void => {
    if (finish !== null) return;
    finish = read;
    emit({ type: "finish", finish });
  };
  const readStop = (holder: JsonObject): void => {
    const raw = textAt(holder, "stop_reason");
    if (raw === null) return;
    setFinish({ unified: readStopReason(raw), raw });
    const notice = stopNotice(raw, holder);
    if (notice !== null) warnOnce(`stop-${raw}`, notice);
  };
  const readUsage = (holder: JsonObject): void => {
    const usage = readAnthropicUsage(objectAt(holder, "usage") ?? {});
    if (usage !== null) emit({ type: "usage", usage });
  };
  const readAside = (holder: JsonObject): void => {
    const changed = holder["input_transformations"] ?? null;
    if (saysSomething(changed)) warnOnce(INPUT_CHANGED, inputChanged(changed));
  };
  const readMessage = (message: JsonObject): void => {
    const [id, model] = [textAt(message, "id"), textAt(message, "model")];
    if (id !== null || model !== null) emit({ type: "response-start", id, model });
    nameUnknown("message", message, MESSAGE_FIELDS);
    for (const block of contentOf(message)) blocks.addWhole(block);
    readAside(message);
    readStop(message);
    readUsage(message);
  };

  const readEvent = (type: string, event: JsonObject): void => {
    const error = readChatError({ error: event["error"] ?? null });
    if (error !== null) return fail(error);
    nameUnknownOfEvent(type, event, nameUnknown);
    switch (type) {
      // A whole message in place of its events.
      case "message":
        readMessage(event);
        return finishStep(true);
      case "message_start":
        return readMessage(objectAt(event, "message") ?? {});
      case "content_block_start":
        return blocks.start(event["index"], objectAt(event, "content_block") ?? {});
      case "content_block_delta":
        return blocks.grow(event["index"], objectAt(event, "delta") ?? {});
      case "content_block_stop":
        return blocks.stop(event["index"]);
      case "message_delta":
        nameUnknown("message_delta.delta", objectAt(event, "delta") ?? {}, STOP_FIELDS);
        readStop(objectAt(event, "delta") ?? {});
        readAside(event);
        return readUsage(event);
      case "message_stop":
        return finishStep(true);
      case "ping":
        return;
      default:
        return missEvent(type, event);
    }
  };
  const missEvent = (type: string, event: JsonObject): void => {
    const error = readChatError(event);
    if (error !== null) return fail(error);
    warnOnce(`event-${type}`, unknownEvent(type, event));
  };
  const missFrame = (data: string): void => {
    if (unreadable.miss(data)) blocks.distrust();
  };
  const readFrame = ({ event: name, data }: WireFrame): void => {
    if (data.trim() === "" && name !== "error") return;
    const event = readWithWritten(data, isInput);
    if (name === "error" || (isObject(event) && event["type"] === "error"))
      return fail(readErrorFrame(event, data));
    if (!isObject(event)) return data === "[DONE]" ? finishStep(false) : missFrame(data);
    unreadable.hit();
    readEvent(textAt(event, "type") ?? name ?? "none", event);
  };
  const readWhole = (body: string): void => {
    const parsed = readWithWritten(body, isInput);
    const error = parsed === undefined ? null : readChatError(parsed);
    if (!isObject(parsed) || error !== null || (parsed["content"] ?? null) === null)
      return fail(error ?? unreadableBody(body, "an Anthropic message"));
    readMessage(parsed);
    finishStep(true);
  };

  return {
    read: (frame) => {
      if (isClosed) return [];
      readFrame(frame);
      return take();
    },
    readBody: (body) => {
      if (isClosed) return [];
      readWhole(body);
      return take();
    },
    end: () => {
      finishStep(false);
      return take();
    },
  };
}

/** A list of blocks; some servers send one block by itself, or text alone. */
function contentOf(message: JsonObject): readonly Json[] {
  const content = message["content"];
  if (typeof content === "string") return [{ type: "text", text: content }];
  if (isObject(content)) return [content];
  return (listAt(message, "content") ?? []).map((item) =>
    typeof item === "string" ? { type: "text", text: item } : item,
  );
}

/** A call's input that comes as JSON: its numbers are kept as they were written. */
function isInput(owner: JsonObject, key: string): boolean {
  return key === "input" && owner["type"] === "tool_use";
}
