/** What the records of a trial know of its steps beside their turns. Pure. */
import { openAttemptCutter } from "@/lib/inspect/cut-attempt";
import type { AttemptRecord } from "@/lib/run/record";
import type { JsonObject } from "@/lib/stream/turn/json";
import { asObject, isObject, parseJson, textAt } from "@/lib/stream/turn/json-read";
import type { StepFacts } from "@/lib/verify/graders/graded-trial";

/** llama.cpp puts it into the last chunk of a request with `verbose: true`; in a stream without what the model wrote. */
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

function verboseOf(record: AttemptRecord): JsonObject | null {
  if (!decode(record.chunks).includes(VERBOSE)) return null;
  for (const text of serverTexts(record).toReversed()) {
    const found = text.includes(VERBOSE) ? asObject(parseJson(text)) : null;
    const verbose = found?.[VERBOSE];
    if (isObject(verbose)) return verbose;
  }
  return null;
}

/** The data of a stream's events, or a body as a whole: without what Vitrine's relay wrote around it. */
function serverTexts({ chunks, head }: AttemptRecord): readonly string[] {
  const cutter = openAttemptCutter(head);
  const cuts = [...chunks.flatMap(({ bytes, at }) => cutter.push(bytes, at)), ...cutter.end(0)];
  const own = cuts.flatMap(({ frames }) => frames.filter(({ isOwn }) => !isOwn));
  const body = own.map(({ form, text }) => (form === "piece" ? text : "")).join("");
  return body === "" ? own.flatMap(({ event }) => (event === null ? [] : [event.data])) : [body];
}

function decode(chunks: AttemptRecord["chunks"]): string {
  const decoder = new TextDecoder();
  return chunks.map(({ bytes }) => decoder.decode(bytes, { stream: true })).join("") + decoder.decode();
}

/** A whole answer as the server's JSON; null where it is none. */
export function answerOf(record: AttemptRecord): JsonObject | null {
  const [text, ...more] = serverTexts(record);
  return text === undefined || more.length > 0 ? null : asObject(parseJson(text));
}
