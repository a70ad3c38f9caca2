import { readArguments } from "@/lib/providers/dialects/shared/arguments";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, objectAt, textAt } from "@/lib/stream/turn/json-read";

/** One item of `tool_calls`: some or all of a call. */
export type CallPiece = {
  readonly index: number | null;
  readonly id: string | null;
  readonly name: string | null;
  readonly input: string;
  readonly replay: JsonObject | null;
};

/** Reads an item of `tool_calls`; null where it cannot be one. An index that is no count is as good as none. */
export function readCallPiece(value: Json): CallPiece | null {
  if (!isObject(value)) return null;
  const index = value["index"] ?? null;
  const body = objectAt(value, "function") ?? value;
  return {
    index: isIndex(index) ? index : null,
    id: readId(value["id"]),
    name: textAt(body, "name"),
    input: readArguments(body["arguments"]),
    // Gemini's compatible mode hangs its thought signature here and wants it back.
    replay: readReplay(value),
  };
}

function isIndex(value: Json): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** Some servers number their calls. */
function readId(id: Json | undefined): string | null {
  if (typeof id === "number") return String(id);
  return typeof id === "string" && id !== "" ? id : null;
}

function readReplay(value: JsonObject): JsonObject | null {
  const extra = objectAt(value, "extra_content");
  return extra === null ? null : { extra_content: extra };
}
