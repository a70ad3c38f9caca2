import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";

import { readPointer } from "./json-pointer";

/** What a `$ref` within `root` leads to, by pointer or by anchor; undefined where that is nothing. */
export function followReference(
  root: JsonObject,
  reference: string,
  anchors: ReadonlyMap<string, Json>,
): Json | undefined {
  const fragment = reference.slice(1);
  const pointer = /%(?![\dA-Fa-f]{2})/.test(fragment) ? fragment : decodeURIComponent(fragment);
  return anchors.get(fragment) ?? readPointer(root, pointer);
}

export type Followed =
  /** The schema at the end of a chain of references; undefined where one leads to nothing. */
  { readonly kind: "end"; readonly schema: Json | undefined } | { readonly kind: "circle" };

/** Follows references that lead to references. A chain that comes back to where it was never ends. */
export function followChain(root: JsonObject, start: Json, anchors: ReadonlyMap<string, Json>): Followed {
  const seen = new Set<string>();
  let schema: Json | undefined = start;
  while (isObject(schema) && typeof schema["$ref"] === "string") {
    const reference = schema["$ref"];
    if (seen.has(reference)) return { kind: "circle" };
    seen.add(reference);
    schema = followReference(root, reference, anchors);
  }
  return { kind: "end", schema };
}
