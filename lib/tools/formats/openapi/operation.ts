import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import { followChain } from "@/lib/tools/schema/follow-reference";
import type { HttpMethod } from "@/lib/tools/tool";

/** An operation and where it stands. */
export type Operation = {
  readonly document: JsonObject;
  /** What all operations of its path share. */
  readonly shared: JsonObject;
  readonly operation: JsonObject;
  readonly method: HttpMethod;
  readonly path: string;
};

/** The object at the end of a chain of references; null where there is none. */
export function reach(document: JsonObject, value: Json | undefined): JsonObject | null {
  const end = followChain(document, value ?? null, new Map());
  return end.kind === "end" && isObject(end.schema) ? end.schema : null;
}
