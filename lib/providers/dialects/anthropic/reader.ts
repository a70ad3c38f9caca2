import { readChatError } from "@/lib/providers/dialects/shared/error-in-body";
import { type DialectReading, openReader, type ReaderOut } from "@/lib/providers/dialects/shared/open-reader";
import {
  INPUT_CHANGED,
  inputChanged,
  holdsSomething,
  unknownEvent,
} from "@/lib/providers/dialects/shared/unknown-fields";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, listAt, objectAt, textAt } from "@/lib/stream/turn/json-read";
import { readWithWritten } from "@/lib/stream/turn/written-json";
import type { DialectReader } from "@/lib/stream/wire/wire-body";

import { openBlocks } from "./blocks";
import { MESSAGE_FIELDS, nameUnknownOfEvent, STOP_FIELDS } from "./known-fields";
import { readAnthropicUsage, readStopReason, stopNotice } from "./usage";

/** Reads an answer of the Messages API, streamed or whole. Holds the state of one answer. */
export function openAnthropic(): DialectReader {
  return openReader(readMessages);
}

function readMessages(out: ReaderOut): DialectReading {
  const { emit, warn, warnOnce, nameUnknown, setFinish, fail, end } = out;
  const blocks = openBlocks(out, nameUnknown);

  const inferCalls = (): void => {
    if (out.finish() !== null || !blocks.holdCompleteCalls()) return;
    setFinish({ unified: "tool-calls", raw: null });
    warn("no-finish-reason", "The server gave no stop reason; its calls are complete.");
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
    if (holdsSomething(changed)) warnOnce(INPUT_CHANGED, inputChanged(changed));
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
        return end(true);
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
        return end(true);
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

  return {
    what: "an Anthropic message",
    namesFrames: true,
    parse: (data) => readWithWritten(data, isInput),
    readEvent: (event, name) => readEvent(textAt(event, "type") ?? name ?? "none", event),
    isEvent: (event) => textAt(event, "type") !== null,
    readAnswer: readMessage,
    isAnswer: (body) => (body["content"] ?? null) !== null && readChatError(body) === null,
    distrust: blocks.distrust,
    failure: () => null,
    close: (how) => {
      if (how === "marked") inferCalls();
      blocks.close(how !== "cut" && out.finish() !== null);
    },
    isEmpty: blocks.areEmpty,
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
