/** Narrow readers for JSON from outside: each gives the wanted type or null, and none throws. */
import { LARGEST_AMOUNT } from "./bounds";
import type { Json, JsonObject } from "./json";

/** The parsed value, or undefined where the text is not JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as an object, or null when it is something else. */
export function asObject(value: Json | undefined): JsonObject | null {
  return isObject(value) ? value : null;
}

export function objectAt(object: JsonObject, key: string): JsonObject | null {
  const value = object[key];
  return isObject(value) ? value : null;
}

export function listAt(object: JsonObject, key: string): readonly Json[] | null {
  const value = object[key];
  return isList(value) ? value : null;
}

/** A string of at least one character. */
export function textAt(object: JsonObject, key: string): string | null {
  const value = object[key];
  return typeof value === "string" && value !== "" ? value : null;
}

const NUMBER = /^\d+(?:\.\d+)?$/;

/** A number from 0 to `most`, also when it is sent as text. Nothing else is an amount, a rate or a duration. */
export function amountAt(object: JsonObject, key: string, most = LARGEST_AMOUNT): number | null {
  const raw = object[key];
  const value = typeof raw === "string" && NUMBER.test(raw) ? Number(raw) : raw;
  return typeof value === "number" && value >= 0 && value <= most ? value : null;
}

/** A whole amount: nobody counts half a token. */
export function countAt(object: JsonObject, key: string): number | null {
  const value = amountAt(object, key);
  return Number.isInteger(value) ? value : null;
}

/** Compact JSON text; "" for a value nested so deep that it cannot be written. */
export function writeJson(value: Json): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "";
  }
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
