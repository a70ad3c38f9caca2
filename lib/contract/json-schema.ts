import * as z from "zod/mini";

import type { Json, JsonObject } from "@/lib/stream/turn/json";

/** Any JSON value. Costs one walk and copies nothing. */
export const jsonSchema = z.custom<Json>(isJson, "is not JSON");

/** A JSON object. */
export const jsonObjectSchema = z.custom<JsonObject>(
  (value) => isPlainObject(value) && isJson(value),
  "is not a JSON object",
);

/** Walks without recursion: how deep it goes is for others to say. A number too large for JSON is infinite, as parsed. */
function isJson(root: unknown): boolean {
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (value === null || typeof value === "string" || typeof value === "boolean") continue;
    if (typeof value === "number" && !Number.isNaN(value)) continue;
    if (!Array.isArray(value) && !isPlainObject(value)) return false;
    for (const child of Object.values(value)) open.push(child);
  }
  return true;
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
