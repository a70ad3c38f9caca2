import { readCost } from "@/lib/providers/dialects/shared/cost";
import { readChatError } from "@/lib/providers/dialects/shared/error-in-body";
import { type DialectReading, openReader, type ReaderOut } from "@/lib/providers/dialects/shared/open-reader";
import { readPromptProgress, readServerTimings } from "@/lib/providers/dialects/shared/server-timings";
import {
  INPUT_CHANGED,
  inputChanged,
  holdsSomething,
  unknownEvent,
} from "@/lib/providers/dialects/shared/unknown-fields";
import type { ReaderOptions, ResponsesQuirks } from "@/lib/providers/provider";
import type { RunError } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import { listAt, objectAt, parseJson, textAt } from "@/lib/stream/turn/json-read";
import type { DialectReader } from "@/lib/stream/wire/wire-body";

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
  return openReader((out) => readResponse(out, quirks));
}

function readResponse(out: ReaderOut, quirks: ResponsesQuirks): DialectReading {
  const { emit, warn, warnOnce, nameUnknown, fail, end } = out;
  const items = openResponsesItems(out, nameUnknown);

  const readFacts = (event: JsonObject, response: JsonObject): void => {
    nameUnknown("response", response, RESPONSE_FIELDS);
    const changed = response["input_transformations"] ?? null;
    if (holdsSomething(changed)) warnOnce(INPUT_CHANGED, inputChanged(changed));
    const [id, model] = [textAt(response, "id"), textAt(response, "model")];
    if (id !== null || model !== null) emit({ type: "response-start", id, model });
    const report = objectAt(response, "usage");
    const usage = report && readResponsesUsage(report);
    if (usage !== null) emit({ type: "usage", usage });
    const usd = report && readCost(report);
    if (usd !== null) emit({ type: "cost", usd });
    const progress = readPromptProgress(event);
    if (progress !== null) emit(progress);
    const timings = readServerTimings(event, report, quirks.timings);
    if (timings !== null) emit({ type: "timings", timings });
  };
  const setFinish = (status: string, response: JsonObject): void => {
    const finish = readResponsesFinish(status, response);
    if (finish === null) return;
    out.setFinish(finish);
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
    end(true);
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
    const status = ENDS.get(type);
    if (status !== undefined) readEnd(status ?? textAt(response, "status") ?? "completed", response);
    else if (!readItemEvent(type, event, items)) return missEvent(type, event);
    nameUnknownOfEvent(type, event, nameUnknown);
  };

  return {
    what: "a response of the Responses API",
    namesFrames: true,
    parse: parseJson,
    readEvent: (event, name) => readEvent(textAt(event, "type") ?? name ?? "none", event),
    isEvent: (event) => textAt(event, "type") !== null,
    readAnswer: (body) => {
      readFacts(body, body);
      readEnd(textAt(body, "status") ?? "completed", body);
    },
    isAnswer: (body) =>
      holdsOutput(body) && (textAt(body, "status") === "failed" || readChatError(body) === null),
    distrust: items.distrustOpen,
    failure: () => null,
    close: (how) => items.close(how !== "cut" && out.finish()?.raw === "completed"),
    isEmpty: items.areEmpty,
  };
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
