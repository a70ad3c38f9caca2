import { readArguments } from "@/lib/providers/dialects/shared/arguments";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, objectAt, textAt, writeJson } from "@/lib/stream/turn/json-read";

/** One item of `tool_calls`: some or all of a call. */
export type CallPiece = {
  readonly index: number | null;
  readonly id: string | null;
  readonly name: string | null;
  readonly input: string;
  readonly replay: JsonObject | null;
};

const HIGHEST_INDEX = 127;

/** Reads an item of `tool_calls`; a string says why it cannot be one. */
export function readCallPiece(value: Json): CallPiece | string {
  if (!isObject(value)) return "An item of tool_calls is not an object.";
  const index = value["index"] ?? null;
  if (index !== null && !isIndex(index)) return `A call has the impossible index ${writeJson(index)}.`;
  const body = objectAt(value, "function") ?? value;
  return {
    index,
    id: textAt(value, "id"),
    name: textAt(body, "name"),
    input: readArguments(body["arguments"]),
    // Gemini's compatible mode hangs its thought signature here and wants it back.
    replay: readReplay(value),
  };
}

function isIndex(value: Json): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= HIGHEST_INDEX;
}

function readReplay(value: JsonObject): JsonObject | null {
  const extra = objectAt(value, "extra_content");
  return extra === null ? null : { extra_content: extra };
}
