import type { SchemaDraft } from "@cfworker/json-schema";

import type { JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";

import { walkSchema } from "./walk-schema";

/** The draft of JSON Schema that a schema is written in: 2020-12, but for the bounds that only draft 4 has. */
export function draftOf(schema: JsonObject): SchemaDraft {
  const isDraft4 = walkSchema(schema, "").some(
    ({ value }) =>
      isObject(value) &&
      (typeof value["exclusiveMinimum"] === "boolean" || typeof value["exclusiveMaximum"] === "boolean"),
  );
  return isDraft4 ? "4" : "2020-12";
}
