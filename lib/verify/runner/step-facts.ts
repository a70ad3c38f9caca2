/** What the records of a trial know of its steps beside their turns. Pure. */
import type { AttemptRecord } from "@/lib/run/record";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, isObject, parseJson, textAt } from "@/lib/stream/turn/json-read";
import type { StepFacts } from "@/lib/verify/graders/graded-trial";

/** llama.cpp puts it into the last chunk of a request with `verbose: true`. */
const VERBOSE = "__verbose";

/** By the id of the step; of several attempts the last one counts. */
export function stepFacts(records: readonly AttemptRecord[]): Readonly<Record<string, StepFacts>> {
  return Object.fromEntries(records.map((record) => [record.stepId, factsOf(record)]));
}

function factsOf(record: AttemptRecord): StepFacts {
  const verbose = verboseOf(record);
  return {
    request: asObject(parseJson(record.request)),
    written: verbose === null ? null : textAt(verbose, "content"),
    prompt: verbose === null ? null : textAt(verbose, "prompt"),
  };
}

function verboseOf({ chunks, isStreamed }: AttemptRecord): JsonObject | null {
  const body = decode(chunks);
  if (!body.includes(VERBOSE)) return null;
  const texts = isStreamed
    ? body.split(/\r\n|\r|\n/u).flatMap((line) => (line.startsWith("data:") ? [line.slice(5)] : []))
    : [body];
  for (const text of texts.toReversed()) {
    const found = text.includes(VERBOSE) ? verboseIn(parseJson(text)) : null;
    if (found !== null) return found;
  }
  return null;
}

function verboseIn(json: Json | undefined | null): JsonObject | null {
  const verbose = isObject(json) ? json[VERBOSE] : null;
  return isObject(verbose) ? verbose : null;
}

function decode(chunks: AttemptRecord["chunks"]): string {
  const decoder = new TextDecoder();
  return chunks.map(({ bytes }) => decoder.decode(bytes, { stream: true })).join("") + decoder.decode();
}
