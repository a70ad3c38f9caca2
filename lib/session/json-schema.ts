import * as z from "zod/mini";

import type { Json, JsonObject } from "@/lib/stream/json";

/** Any JSON value. Costs one walk and copies nothing. */
export const jsonSchema = z.custom<Json>(isJson, "is not JSON");

/** A JSON object. */
export const jsonObjectSchema = z.custom<JsonObject>(
  (value) => isPlainObject(value) && isJson(value),
  "is not a JSON object",
);

function isJson(value: unknown): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return isPlainObject(value) && Object.values(value).every(isJson);
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
