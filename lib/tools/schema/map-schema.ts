import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";

import { SCHEMA_LISTS, SCHEMA_MAPS, SCHEMA_SINGLES } from "./walk-schema";

/** The schema with each schema that stands directly in it changed. What holds no schemas stays as it is. Pure. */
export function mapSchema(schema: JsonObject, change: (child: Json, keyword: string) => Json): JsonObject {
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]): [string, Json] => [
      keyword,
      mapKeyword(keyword, value, change),
    ]),
  );
}

function mapKeyword(keyword: string, value: Json, change: (child: Json, keyword: string) => Json): Json {
  if (SCHEMA_LISTS.has(keyword) && Array.isArray(value)) return value.map((item) => change(item, keyword));
  if (SCHEMA_SINGLES.has(keyword)) return change(value, keyword);
  if (!SCHEMA_MAPS.has(keyword) || !isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, change(item, keyword)]));
}
