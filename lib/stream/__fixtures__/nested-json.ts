import type { Json } from "../json";

/** A JSON value of exactly so many levels. */
export function nestedJson(levels: number): Json {
  let value: Json = [];
  for (let level = 1; level < levels; level += 1) value = { in: value };
  return value;
}
