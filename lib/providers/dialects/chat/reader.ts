import { openChoices } from "@/lib/providers/dialects/shared/choices";
import { readCost } from "@/lib/providers/dialects/shared/cost";
import { readChatError } from "@/lib/providers/dialects/shared/error-in-body";
import { type DialectReading, openReader, type ReaderOut } from "@/lib/providers/dialects/shared/open-reader";
import { readPromptProgress, readServerTimings } from "@/lib/providers/dialects/shared/server-timings";
import { NO_FIELDS } from "@/lib/providers/dialects/shared/unknown-fields";
import type { ChatQuirks, ReaderOptions } from "@/lib/providers/provider";
import type { RunError } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isList, isObject, listAt, objectAt, parseJson, textAt } from "@/lib/stream/turn/json-read";
import type { DialectReader } from "@/lib/stream/wire/wire-body";

import { openToolCalls } from "./calls";
import { readChatCitation, readChatImage, readContentList } from "./content";
import {
  CALL_FIELDS,
  CHOICE_FIELDS,
  CHUNK_FIELDS,
  CUSTOM_FIELDS,
  FUNCTION_FIELDS,
  MESSAGE_FIELDS,
} from "./known-fields";
import { openChatParts } from "./parts";
import { openReasoningDetails } from "./reasoning";
import { findUsage, readChatUsage, readFinishReason } from "./usage";

/** Where servers put a thought: most of them, OpenRouter and newer vLLM, GitHub Copilot. */
const REASONING = ["reasoning_content", "reasoning", "reasoning_text"];

/**
 * Reads the answer of any server that speaks chat completions, streamed or whole. One reader for all:
 * servers differ in where they put things, and every place is looked at. Holds the state of one answer.
 */
export function openChatCompletions({ quirks }: ReaderOptions<ChatQuirks>): DialectReader {
  return openReader((out) => readChat(out, quirks));
}

function readChat(out: ReaderOut, quirks: ChatQuirks): DialectReading {
  const { emit, warn, warnOnce, nameUnknown, setFinish, fail } = out;
  let responseId: string | null = null;
  let model: string | null = null;
  let lastUsage: JsonObject | null = null;
  let shownText = "";

  const parts = openChatParts(emit);
  const calls = openToolCalls({ parts, emit, warn: ({ code, message }) => warn(code, message) });
  const choices = openChoices("finish_reason", () =>
    warnOnce("more-choices", "The server sent more than one choice. Only the first is shown."),
  );
  const details = openReasoningDetails();

  const flushDetails = (): void => {
    for (const item of details.take()) parts.addReplay(item);
  };
  const addReasoning = (text: string): void => {
    if (text !== "") parts.addReasoning(text);
  };
  const addText = (text: string): void => {
    if (text === "") return;
    flushDetails();
    shownText += text;
    parts.addText(text);
  };
  const addContent = (content: Json | undefined): void => {
    if (typeof content === "string") return addText(content);
    const list = isObject(content) ? [content] : content;
    if (!isList(list)) return;
    for (const piece of readContentList(list)) {
      if (piece.kind === "text") addText(piece.text);
      else if (piece.kind === "reasoning") addReasoning(piece.text);
      else if (piece.kind === "image") parts.addImage(piece.image);
      else parts.addUnknown(piece.name, piece.json);
    }
  };
  const addImage = (item: Json): void => {
    const image = readChatImage(item);
    if (image === null) parts.addUnknown("image", item);
    else parts.addImage(image);
  };
  const addAnnotation = (item: Json): void => {
    const citation = readChatCitation(item);
    if (citation === null) parts.addUnknown("annotation", item);
    else parts.cite(citation);
  };
  const addCalls = (message: JsonObject): void => {
    const alone = objectAt(message, "tool_calls");
    const list = alone === null ? listAt(message, "tool_calls") : [alone];
    // The form before tool_calls: one call, without index and id.
    const single = objectAt(message, "function_call");
    if (single === null && (list === null || list.length === 0)) return;
    flushDetails();
    for (const piece of list ?? []) {
      calls.add(piece);
      if (!isObject(piece)) {
        nameUnknown("delta", { "tool_calls[]": piece }, NO_FIELDS);
        continue;
      }
      nameUnknown("tool_calls[]", piece, CALL_FIELDS);
      nameUnknown("tool_calls[].function", objectAt(piece, "function") ?? {}, FUNCTION_FIELDS);
      nameUnknown("tool_calls[].custom", objectAt(piece, "custom") ?? {}, CUSTOM_FIELDS);
    }
    if (single !== null) calls.add({ index: 0, function: single });
  };

  const readMessage = (message: JsonObject): void => {
    const items = listAt(message, "reasoning_details");
    const inDetails = items === null ? "" : details.add(items);
    for (const item of items ?? [])
      if (!isObject(item)) nameUnknown("delta", { "reasoning_details[]": item }, NO_FIELDS);
    const reasoning = plainReasoning(message) ?? inDetails;
    const content = message["content"];
    if (reasoning !== "" && typeof content === "string" && content !== "") {
      flushDetails();
      shownText += content;
      parts.addBoth(reasoning, content);
    } else {
      addReasoning(reasoning);
      addContent(content);
    }
    addContent(message["refusal"]);
    for (const item of listAt(message, "images") ?? []) addImage(item);
    for (const item of listAt(message, "annotations") ?? []) addAnnotation(item);
    addCalls(message);
    nameUnknown("delta", message, MESSAGE_FIELDS);
  };
  /**
   * Servers that send a thought in several fields send the same text twice. It is shown once, and the details are sent
   * back.
   */
  const plainReasoning = (message: JsonObject): string | null => {
    const texts = REASONING.map((key) => textAt(message, key)).filter((text) => text !== null);
    const [first = null] = texts;
    if (texts.some((text) => text !== first))
      warnOnce("two-thoughts", "The server sent two different thoughts at once. Only the first is shown.");
    return first;
  };
  /** A whole message. Beside or after deltas it usually says the same: only what they left out is added. */
  const settleMessage = (message: JsonObject): void => {
    if (parts.isEmpty()) return readMessage(message);
    const content = textAt(message, "content") ?? "";
    if (content.startsWith(shownText)) addText(content.slice(shownText.length));
    else if (!shownText.includes(content)) nameUnknown("message", { content }, NO_FIELDS);
    if (calls.areNone()) addCalls(message);
    nameUnknown("message", message, MESSAGE_FIELDS);
  };
  const readChoice = (choice: JsonObject): void => {
    nameUnknown("choices[]", choice, CHOICE_FIELDS);
    const before = shownText;
    const [delta, message] = [objectAt(choice, "delta"), objectAt(choice, "message")];
    if (delta !== null) readMessage(delta);
    if (message !== null) settleMessage(message);
    const text = textAt(choice, "text");
    if (text !== null && shownText === before) addText(text);
    const raw = textAt(choice, "finish_reason");
    if (raw !== null) setFinish({ unified: readFinishReason(raw), raw });
  };
  const readIdentity = (chunk: JsonObject): void => {
    if (responseId !== null && model !== null) return;
    const [id, name] = [textAt(chunk, "id"), textAt(chunk, "model")];
    if ((responseId !== null || id === null) && (model !== null || name === null)) return;
    responseId ??= id;
    model ??= name;
    emit({ type: "response-start", id: responseId, model });
  };
  const readCounts = (chunk: JsonObject): void => {
    for (const report of findUsage(chunk)) {
      lastUsage = report;
      const usage = readChatUsage(report);
      if (usage !== null) emit({ type: "usage", usage });
      const usd = readCost(report);
      if (usd !== null) emit({ type: "cost", usd });
    }
    const timings = readServerTimings(chunk, lastUsage, quirks.timings);
    if (timings !== null) emit({ type: "timings", timings });
  };
  const readChunk = (chunk: JsonObject): void => {
    readIdentity(chunk);
    const progress = readPromptProgress(chunk);
    if (progress !== null) emit(progress);
    let error = readChatError(chunk);
    for (const choice of choices.take(choicesOf(chunk))) {
      readChoice(choice);
      error ??= readChatError({ error: choice["error"] ?? null });
    }
    readCounts(chunk);
    if (error === null) nameUnknown("chunk", chunk, CHUNK_FIELDS);
    if (error !== null) fail(error);
  };

  /** A list of choices; some servers send one by itself. */
  const choicesOf = (chunk: JsonObject): readonly JsonObject[] => {
    const alone = objectAt(chunk, "choices");
    const list = alone === null ? (listAt(chunk, "choices") ?? []) : [alone];
    for (const item of list) if (!isObject(item)) nameUnknown("chunk", { "choices[]": item }, NO_FIELDS);
    return list.filter((item) => isObject(item));
  };

  const closeParts = (): void => {
    for (const choice of choices.flush()) readChoice(choice);
    flushDetails();
    parts.close();
    calls.showWaiting();
  };
  /** vLLM forgets the finish reason of some calls. */
  const inferCalls = (): void => {
    if (out.finish() !== null || !calls.areComplete()) return;
    warn("no-finish-reason", "The server gave no finish reason; its calls are complete.");
    setFinish({ unified: "tool-calls", raw: null });
  };

  return {
    what: "a chat completion",
    namesFrames: false,
    parse: parseJson,
    readEvent: readChunk,
    isEvent: isAnswer,
    readAnswer: readChunk,
    isAnswer,
    distrust: calls.distrustOpen,
    failure: () => {
      const finish = out.finish();
      return finish?.unified === "error" ? finishedInError(finish.raw) : null;
    },
    close: (how) => {
      closeParts();
      if (how === "marked") inferCalls();
      if (how !== "cut" && out.finish() !== null) calls.end();
    },
    isEmpty: parts.isEmpty,
  };
}

function isAnswer(chunk: JsonObject): boolean {
  return (chunk["choices"] ?? null) !== null;
}

function finishedInError(raw: string | null): RunError {
  return {
    source: "provider",
    code: "finish_error",
    message: `The provider ended the answer with the reason “${raw ?? "error"}” and no message.`,
    retryable: true,
  };
}
