import { openChoices } from "@/lib/providers/dialects/shared/choices";
import { readChatError } from "@/lib/providers/dialects/shared/error-in-body";
import { type DialectReading, openReader, type ReaderOut } from "@/lib/providers/dialects/shared/open-reader";
import { NO_FIELDS } from "@/lib/providers/dialects/shared/unknown-fields";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, listAt, objectAt, textAt } from "@/lib/stream/turn/json-read";
import { readWithWritten } from "@/lib/stream/turn/written-json";
import type { DialectReader } from "@/lib/stream/wire/wire-body";

import { openGrounding } from "./grounding";
import { CALL_FIELDS, CANDIDATE_FIELDS, CHUNK_FIELDS, CONTENT_FIELDS, PART_FIELDS } from "./known-fields";
import { openGeminiParts } from "./parts";
import { readPieces } from "./pieces";
import { CUT_BY_SERVER, finishFailure, readGeminiFinish, readGeminiUsage } from "./usage";

/**
 * Reads an answer of generateContent, streamed or whole, from AI Studio or Vertex. Every chunk of a stream has
 * the shape of a whole answer and nothing marks the end: bytes that end after a finish reason are complete.
 */
export function openGemini(): DialectReader {
  return openReader(readContent);
}

function readContent(out: ReaderOut): DialectReading {
  const { emit, warnOnce, nameUnknown, setFinish, fail } = out;
  const parts = openGeminiParts(out);
  const grounding = openGrounding();
  const choices = openChoices("finishReason", () =>
    warnOnce("more-choices", "The server sent more than one candidate; the first is shown."),
  );
  let finishMessage: string | null = null;
  let isBlocked = false;
  let responseId: string | null = null;
  let model: string | null = null;

  const readIdentity = (chunk: JsonObject): void => {
    const [id, name] = [textAt(chunk, "responseId"), textAt(chunk, "modelVersion")];
    // Both are repeated in every chunk.
    if ((responseId !== null || id === null) && (model !== null || name === null)) return;
    responseId ??= id;
    model ??= name;
    emit({ type: "response-start", id: responseId, model });
  };
  const readPart = (part: JsonObject): void => {
    nameUnknown("functionCall", objectAt(part, "functionCall") ?? {}, CALL_FIELDS);
    for (const piece of readPieces(part)) {
      if (piece.kind !== "unknown") nameUnknown("part", part, PART_FIELDS);
      parts.add(piece);
    }
  };
  const readParts = (list: readonly Json[]): void => {
    for (const part of list) {
      if (isObject(part)) readPart(part);
      else if (typeof part === "string") readPart({ text: part });
      else nameUnknown("content", { "parts[]": part }, NO_FIELDS);
    }
  };
  const readCandidate = (candidate: JsonObject): void => {
    nameUnknown("candidate", candidate, CANDIDATE_FIELDS);
    for (const content of contentsOf(candidate)) {
      if (!isObject(content)) {
        nameUnknown("candidate", { "content[]": content }, NO_FIELDS);
        continue;
      }
      nameUnknown("content", content, CONTENT_FIELDS);
      readParts(partsOf(content));
    }
    grounding.add(candidate);
    const raw = textAt(candidate, "finishReason");
    if (raw === null || raw === "FINISH_REASON_UNSPECIFIED") return;
    const unified = readGeminiFinish(raw);
    finishMessage ??= textAt(candidate, "finishMessage");
    if (unified === "content-filter" && finishMessage !== null) warnOnce("filtered", finishMessage);
    if (raw === "CONTINUATION") warnOnce("continuation", CUT_BY_SERVER);
    setFinish({ unified, raw });
  };
  /** A list of candidates; some gateways send one by itself. */
  const candidatesOf = (chunk: JsonObject): readonly JsonObject[] => {
    const alone = objectAt(chunk, "candidates");
    const list = alone === null ? (listAt(chunk, "candidates") ?? []) : [alone];
    for (const item of list) if (!isObject(item)) nameUnknown("chunk", { "candidates[]": item }, NO_FIELDS);
    return list.filter((item) => isObject(item));
  };
  const readFeedback = (feedback: JsonObject): void => {
    const raw = textAt(feedback, "blockReason");
    if (raw === null || raw === "BLOCK_REASON_UNSPECIFIED") return;
    isBlocked = true;
    warnOnce(
      "prompt-blocked",
      `The provider rejected the prompt: ${textAt(feedback, "blockReasonMessage") ?? raw}`,
    );
    setFinish({ unified: "content-filter", raw });
  };
  const readChunk = (chunk: JsonObject): void => {
    const error = readChatError(chunk);
    if (error === null) nameUnknown("chunk", chunk, CHUNK_FIELDS);
    readIdentity(chunk);
    for (const candidate of choices.take(candidatesOf(chunk))) readCandidate(candidate);
    const usage = readGeminiUsage(objectAt(chunk, "usageMetadata") ?? {});
    if (usage !== null) emit({ type: "usage", usage });
    readFeedback(objectAt(chunk, "promptFeedback") ?? {});
    if (error !== null) fail(error);
  };

  const closeParts = (): void => {
    for (const candidate of choices.flush()) readCandidate(candidate);
    parts.close();
    const search = grounding.search();
    const outcome = { output: null, sources: search?.sources ?? [], error: null };
    if (search !== null) parts.addProviderCall("google_search", search.input, outcome);
    for (const cited of grounding.citations(parts.texts())) emit({ type: "citation", ...cited });
  };

  return {
    what: "a Gemini response",
    namesFrames: true,
    parse: (data) => readWithWritten(data, isArguments),
    readEvent: readChunk,
    isEvent: isAnswer,
    readAnswer: readChunk,
    isAnswer,
    distrust: parts.distrust,
    failure: () => {
      const finish = out.finish();
      return finish?.unified === "error" ? finishFailure(finish.raw, finishMessage) : null;
    },
    close: (how) => {
      closeParts();
      if (how !== "cut" && out.finish() !== null) parts.endCalls();
    },
    isEmpty: () => parts.isEmpty() && !isBlocked,
  };
}

/** A call's arguments come as JSON here: their numbers are kept as they were written. */
function isArguments(owner: JsonObject, key: string): boolean {
  return (key === "args" && "name" in owner) || (key === "numberValue" && "jsonPath" in owner);
}

/** One content; some gateways send a list of them, or text alone. */
function contentsOf(candidate: JsonObject): readonly Json[] {
  const content = objectAt(candidate, "content");
  const text = textAt(candidate, "content");
  if (text !== null) return [{ parts: text }];
  return content === null ? (listAt(candidate, "content") ?? []) : [content];
}

/** A list of parts; some gateways send one part by itself, or text alone. */
function partsOf(content: JsonObject): readonly Json[] {
  const parts = content["parts"];
  if (typeof parts === "string") return [{ text: parts }];
  return isObject(parts) ? [parts] : (listAt(content, "parts") ?? []);
}

function isAnswer(chunk: JsonObject): boolean {
  const known = ["candidates", "promptFeedback", "usageMetadata"];
  return known.some((key) => chunk[key] !== undefined) || readChatError(chunk) !== null;
}
