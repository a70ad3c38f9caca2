import { isObject, textAt } from "@/lib/stream/turn/json-read";
import type { Part, Step } from "@/lib/stream/turn/turn";

type PlainPart =
  | { readonly type: "reasoning" | "text"; readonly text: string }
  | {
      readonly type: "tool-call";
      readonly id: string | null;
      readonly name: string;
      readonly arguments: string;
      readonly provider_executed?: true;
    };

/** A step as the recordings' expectations write it: plain data, keys in their order. */
export function describeStep(step: Step): { readonly [key: string]: unknown } {
  const parts = plainParts(step.parts);
  const error = "error" in step.status ? step.status.error : null;
  return {
    model_reported: step.responseModel,
    parts,
    reasoning: textOf(parts, "reasoning"),
    text: textOf(parts, "text"),
    tool_calls: parts.filter((part) => part.type === "tool-call"),
    finish: step.finish ?? { unified: "error", raw: null },
    usage: step.usage,
    timings: step.timings && sortedByKey(step.timings.reported),
    signature_present: hasReplay(step, (key) => key === "signature" || key === "thoughtSignature"),
    encrypted_reasoning_present: hasReplay(step, (key) => key === "data" || key === "encrypted_content"),
    error: error && { code: error.code, message: error.message },
    warnings: step.warnings.map((warning) => warning.message),
  };
}

/** Parts in wire order: empty ones dropped, neighbors of one type merged, white space kept. */
function plainParts(parts: readonly Part[]): readonly PlainPart[] {
  const plain: PlainPart[] = [];
  for (const part of parts) {
    if (part.type === "tool-call") {
      plain.push({ type: part.type, id: part.callId, name: part.name, arguments: part.input });
      continue;
    }
    if (part.type === "provider-call") {
      const { callId: id, name, input } = part;
      plain.push({ type: "tool-call", id, name, arguments: input, provider_executed: true });
      continue;
    }
    if (part.type === "image" || part.type === "unknown" || part.text === "") continue;
    const last = plain.at(-1);
    if (last === undefined || last.type === "tool-call" || last.type !== part.type)
      plain.push({ type: part.type, text: part.text });
    else plain[plain.length - 1] = { type: part.type, text: last.text + part.text };
  }
  return plain;
}

function textOf(parts: readonly PlainPart[], type: "reasoning" | "text"): string {
  return parts.map((part) => (part.type === type ? part.text : "")).join("");
}

function sortedByKey(numbers: { readonly [key: string]: number }): { readonly [key: string]: number } {
  return Object.fromEntries(Object.entries(numbers).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether any replay item carries a value under this name. */
function hasReplay(step: Step, isWanted: (key: string) => boolean): boolean {
  return step.parts
    .flatMap((part) => part.replay)
    .some(
      (item) =>
        isObject(item) && Object.keys(item).some((key) => isWanted(key) && textAt(item, key) !== null),
    );
}
