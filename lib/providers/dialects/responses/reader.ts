import { readChatError, readErrorFrame } from "@/lib/providers/dialects/shared/error-in-body";
import { openEventQueue } from "@/lib/providers/dialects/shared/event-queue";
import { emptyAnswer, openUnreadable, unreadableBody } from "@/lib/providers/dialects/shared/reader-faults";
import { readPromptProgress, readServerTimings } from "@/lib/providers/dialects/shared/server-timings";
import {
  INPUT_CHANGED,
  inputChanged,
  openUnknownFields,
  saysSomething,
  unknownEvent,
} from "@/lib/providers/dialects/shared/unknown-fields";
import type { DialectReader, ReaderOptions, ResponsesQuirks, WireFrame } from "@/lib/providers/provider";
import type { Finish, RunError } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import { isObject, listAt, objectAt, parseJson, textAt } from "@/lib/stream/turn/json-read";

import { readItemEvent } from "./events";
import { openResponsesItems } from "./items";
import { nameUnknownOfEvent, RESPONSE_FIELDS } from "./known-fields";
import { incompleteReason, readResponsesFinish, readResponsesUsage } from "./usage";

/** Events that end an answer, and the status each stands for. */
const ENDS: ReadonlyMap<string, string | null> = new Map<string, string | null>([
  ["response.completed", "completed"],
  ["response.incomplete", "incomplete"],
  ["response.failed", "failed"],
  ["response.cancelled", "cancelled"],
  // Gateways that speak the Realtime API end this way; the response itself says how.
  ["response.done", null],
]);

/** Reads a response of the Responses API, streamed or whole. Holds the state of one answer. */
export function openResponses({ quirks }: Pick<ReaderOptions<ResponsesQuirks>, "quirks">): DialectReader {
  const queue = openEventQueue();
  const { emit, warn, warnOnce, take } = queue;
  const nameUnknown = openUnknownFields(queue);
  const items = openResponsesItems(queue, nameUnknown);
  const unreadable = openUnreadable(queue);
  let isClosed = false;
  let finish: Finish | null = null;

  const fail = (error: RunError): void => {
    if (isClosed) return;
    items.close(false);
    isClosed = true;
    emit({ type: "step-fail", error });
  };
  const finishStep = (): void => {
    if (isClosed) return;
    const error = unreadable.end();
    if (error !== null) return fail(error);
    items.close(finish?.raw === "completed");
    if (finish !== null && items.areEmpty()) warn("empty-answer", emptyAnswer(finish));
    isClosed = true;
    emit({ type: "step-end" });
  };

  const readFacts = (event: JsonObject, response: JsonObject): void => {
    nameUnknown("response", response, RESPONSE_FIELDS);
    const changed = response["input_transformations"] ?? null;
    if (saysSomething(changed)) warnOnce(INPUT_CHANGED, inputChanged(changed));
    const [id, model] = [textAt(response, "id"), textAt(response, "model")];
    if (id !== null || model !== null) emit({ type: "response-start", id, model });
    const report = objectAt(response, "usage");
    const usage = report && readResponsesUsage(report);
    if (usage !== null) emit({ type: "usage", usage });
    const progress = readPromptProgress(event);
    if (progress !== null) emit(progress);
    const timings = readServerTimings(event, report, quirks.timings);
    if (timings !== null) emit({ type: "timings", timings });
  };
  const setFinish = (status: string, response: JsonObject): void => {
    finish = readResponsesFinish(status, response);
    if (finish === null) return;
    emit({ type: "finish", finish });
    const reason = incompleteReason(response);
    if (reason !== null && finish.unified === "unknown")
      warn("incomplete", `The provider ended the answer early: ${reason}.`);
  };
  const readEnd = (status: string, response: JsonObject): void => {
    const output = objectAt(response, "output");
    items.completeAll(listAt(response, "output") ?? (output === null ? [] : [output]));
    const text = textAt(response, "output_text");
    if (text !== null && !items.haveText())
      items.complete({ type: "message", content: [{ type: "output_text", text }] }, 0);
    if (status === "failed")
      return fail(readChatError({ error: response["error"] ?? null }) ?? failedSilently());
    setFinish(status, response);
    finishStep();
  };
  const missEvent = (type: string, event: JsonObject): void => {
    const error = readChatError(event);
    if (error !== null) return fail(error);
    warnOnce(`event-${type}`, unknownEvent(type, event));
  };
  const readEvent = (type: string, event: JsonObject): void => {
    // The whole response in place of its events.
    if (event["object"] === "response" && listAt(event, "output") !== null) {
      readFacts(event, event);
      return readEnd(textAt(event, "status") ?? "completed", event);
    }
    const response = objectAt(event, "response") ?? {};
    readFacts(event, response);
    const end = ENDS.get(type);
    if (end !== undefined) readEnd(end ?? textAt(response, "status") ?? "completed", response);
    else if (!readItemEvent(type, event, items)) return missEvent(type, event);
    nameUnknownOfEvent(type, event, nameUnknown);
  };

  const missFrame = (data: string): void => {
    if (unreadable.miss(data)) items.distrustOpen();
  };
  const readFrame = ({ event: name, data }: WireFrame): void => {
    if (data.trim() === "" && name !== "error") return;
    const event = parseJson(data);
    if (name === "error" || (isObject(event) && event["type"] === "error"))
      return fail(readErrorFrame(isObject(event) ? withoutCount(event) : event, data));
    if (!isObject(event)) return data === "[DONE]" ? finishStep() : missFrame(data);
    unreadable.hit();
    readEvent(textAt(event, "type") ?? name ?? "none", event);
  };
  const readWhole = (body: string): void => {
    const parsed = parseJson(body);
    const error = parsed === undefined ? null : readChatError(parsed);
    const status = isObject(parsed) ? textAt(parsed, "status") : null;
    if (!isObject(parsed) || (status !== "failed" && error !== null) || !holdsOutput(parsed))
      return fail(error ?? unreadableBody(body, "a response of the Responses API"));
    readFacts(parsed, parsed);
    readEnd(status ?? "completed", parsed);
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
      finishStep();
      return take();
    },
  };
}

/** An error that is the event itself carries the event's number, which is none of its detail. */
function withoutCount({ sequence_number: _count, ...event }: JsonObject): JsonObject {
  return event;
}

function holdsOutput(response: JsonObject): boolean {
  const output = listAt(response, "output") ?? objectAt(response, "output");
  return (output ?? textAt(response, "output_text")) !== null;
}

function failedSilently(): RunError {
  return {
    source: "provider",
    code: "response_failed",
    message: "The provider reports that the answer failed, without a reason.",
    retryable: true,
  };
}
