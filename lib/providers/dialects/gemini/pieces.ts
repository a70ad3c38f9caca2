import { imageFromBase64, imageFromUrl } from "@/lib/providers/dialects/shared/answer-image";
import { readArguments } from "@/lib/providers/dialects/shared/arguments";
import { holdsSomething } from "@/lib/providers/dialects/shared/unknown-fields";
import type { AnswerImage, ProviderOutcome } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, listAt, objectAt, textAt, writeJson } from "@/lib/stream/turn/json-read";

import { PART_FIELDS } from "./known-fields";

/** A call, or a piece of one: `name` is null where the piece goes on with the call before. */
export type CallPiece = {
  readonly kind: "call";
  readonly callId: string | null;
  readonly name: string | null;
  /** Arguments that came whole, as JSON text; null where they come value by value, or not at all. */
  readonly input: string | null;
  readonly values: readonly JsonObject[];
  readonly willContinue: boolean;
  readonly signature: string | null;
};

/** What one part of `content.parts` brings. `part` is the part as received, to be sent back whole. */
export type GeminiPiece =
  /** Text may be "": a signature then stands alone. */
  | {
      readonly kind: "text" | "reasoning";
      readonly text: string;
      readonly signature: string | null;
      readonly part: JsonObject;
    }
  | CallPiece
  | {
      readonly kind: "provider-call";
      readonly callId: string | null;
      readonly name: string;
      readonly input: string;
      readonly part: JsonObject;
    }
  | {
      readonly kind: "provider-result";
      readonly callId: string | null;
      readonly name: string;
      readonly outcome: ProviderOutcome;
      readonly part: JsonObject;
    }
  | {
      readonly kind: "image";
      readonly image: AnswerImage;
      readonly signature: string | null;
    }
  /** Content that Vitrine does not know. */
  | { readonly kind: "unknown"; readonly name: string; readonly part: JsonObject };

/** Reads one part. A signature belongs to what its part brings; a part with words and data is two pieces. */
export function readPieces(part: JsonObject): readonly GeminiPiece[] {
  const text = part["text"];
  const data = readData(part);
  if (data === null) return typeof text === "string" ? [readText(part, text)] : [readOther(part)];
  if (typeof text !== "string" || text === "") return [data];
  return [readText({ ...part, thoughtSignature: null }, text), data];
}

function readData(part: JsonObject): GeminiPiece | null {
  const call = objectAt(part, "functionCall");
  if (call !== null) return readCall(call, textAt(part, "thoughtSignature"));
  return readProviderPiece(part) ?? readPicture(part);
}

function readText(part: JsonObject, text: string): GeminiPiece {
  const kind = part["thought"] === true ? "reasoning" : "text";
  return { kind, text, signature: textAt(part, "thoughtSignature"), part };
}

function readCall(call: JsonObject, signature: string | null): GeminiPiece {
  const args = call["args"] ?? null;
  return {
    kind: "call",
    callId: textAt(call, "id"),
    name: textAt(call, "name"),
    input: args === null ? null : readArguments(args),
    values: (listAt(call, "partialArgs") ?? []).filter((value) => isObject(value)),
    willContinue: call["willContinue"] === true,
    signature,
  };
}

/** Code that ran on the provider's side, and calls of its own tools where they are reported one by one. */
function readProviderPiece(part: JsonObject): GeminiPiece | null {
  const code = objectAt(part, "executableCode");
  if (code !== null) return startOf(part, code, "code_execution", withoutId(code));
  const result = objectAt(part, "codeExecutionResult");
  if (result !== null) return resultOf(part, result, "code_execution", codeOutcome(result));
  const call = objectAt(part, "toolCall");
  if (call !== null) return startOf(part, call, toolName(call), call["args"]);
  const response = objectAt(part, "toolResponse");
  if (response === null) return null;
  const output = isObject(response["response"]) ? writeJson(response["response"]) : null;
  return resultOf(part, response, toolName(response), { output, sources: [], error: null });
}

function startOf(part: JsonObject, from: JsonObject, name: string, asked: Json | undefined): GeminiPiece {
  return { kind: "provider-call", callId: textAt(from, "id"), name, input: readArguments(asked), part };
}

function resultOf(part: JsonObject, from: JsonObject, name: string, outcome: ProviderOutcome): GeminiPiece {
  return { kind: "provider-result", callId: textAt(from, "id"), name, outcome, part };
}

function withoutId({ id: _id, ...rest }: JsonObject): JsonObject {
  return rest;
}

function toolName(from: JsonObject): string {
  return textAt(from, "toolType")?.toLowerCase() ?? "provider_tool";
}

function codeOutcome(result: JsonObject): ProviderOutcome {
  const output = textAt(result, "output");
  const outcome = textAt(result, "outcome");
  return outcome === null || outcome === "OUTCOME_OK"
    ? { output, sources: [], error: null }
    : { output: null, sources: [], error: output ?? outcome };
}

function readPicture(part: JsonObject): GeminiPiece | null {
  const signature = textAt(part, "thoughtSignature");
  const inline = objectAt(part, "inlineData");
  if (inline !== null && isPicture(inline)) {
    const image = imageFromBase64(textAt(inline, "mimeType") ?? "", textAt(inline, "data") ?? "");
    return { kind: "image", image, signature };
  }
  const file = objectAt(part, "fileData");
  if (file === null || !isPicture(file)) return null;
  return { kind: "image", image: imageFromUrl(textAt(file, "fileUri") ?? ""), signature };
}

function isPicture(data: JsonObject): boolean {
  return textAt(data, "mimeType")?.startsWith("image/") ?? false;
}

/** A part without data is empty text. What describes the data of a part is none itself. */
function readOther(part: JsonObject): GeminiPiece {
  const data = Object.entries(part).find(
    ([key, value]) => (isObject(value) || !PART_FIELDS.has(key)) && holdsSomething(value),
  );
  if (data === undefined) return readText({ ...part, text: "" }, "");
  return { kind: "unknown", name: data[0], part };
}
