/** What records tell of the steps of a trial: the requests, and what llama.cpp adds with `verbose: true`. */
import type { AttemptRecord } from "@/lib/run/record";
import type { Json } from "@/lib/stream/turn/json";
import { asObject, isObject, parseJson, textAt } from "@/lib/stream/turn/json-read";

import type { GradedTrial, StepFacts } from "./graded-trial";

/** The facts of each step, by its id; of its attempts the last counts. */
export function stepFacts(records: readonly AttemptRecord[]): GradedTrial["facts"] {
  const last = new Map<string, AttemptRecord>();
  for (const record of records) {
    const before = last.get(record.stepId);
    if (before === undefined || before.attempt <= record.attempt) last.set(record.stepId, record);
  }
  return Object.fromEntries([...last].map(([id, record]) => [id, factsOfRecord(record)]));
}

function factsOfRecord(record: AttemptRecord): StepFacts {
  const request = asObject(parseJson(record.request));
  const verbose = textOf(record).includes('"__verbose"') ? verboseIn(textOf(record)) : [];
  const pieces = verbose.flatMap((each) => textAt(each, "content") ?? []);
  const prompt = verbose.map((each) => textAt(each, "prompt")).find((each) => each !== null) ?? null;
  return { request, written: pieces.length === 0 ? null : pieces.join(""), prompt };
}

function textOf({ chunks }: AttemptRecord): string {
  const decoder = new TextDecoder();
  return chunks.map(({ bytes }) => decoder.decode(bytes, { stream: true })).join("") + decoder.decode();
}

/** llama.cpp's own result in each frame of a stream, or in the body of a whole answer. */
function verboseIn(text: string) {
  return text.split("\n").flatMap((line) => {
    const value = parseJson(line.replace(/^data:/u, "").trim());
    return ownResults(value);
  });
}

function ownResults(value: Json | undefined) {
  const result = isObject(value) ? value["__verbose"] : undefined;
  return isObject(result) ? [result] : [];
}
