import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, parseJson } from "@/lib/stream/turn/json-read";
import { freeName } from "@/lib/tools/free-name";

import { guessSchema } from "./guess-schema";

/** A name that a placeholder can hold. */
const PLACEHOLDER = /^\{\{\s*([^{}]+?)\s*\}\}$/;
const LONGEST_EXAMPLE = 60;

/** The arguments of a tool, as they are found one after the other in a request. */
export type NewArguments = {
  /** Adds an argument and returns its placeholder. */
  readonly add: (name: string, schema: JsonObject) => string;
  /** Adds the argument that a text in the address or in a form stands for. */
  readonly value: (name: string, value: string) => string;
  /** Adds the argument that a value in a JSON body stands for. */
  readonly json: (name: string, value: Json) => string;
  readonly schema: () => JsonObject;
};

/** No arguments yet. */
export function newArguments(): NewArguments {
  const schemas = new Map<string, JsonObject>();
  const optional = new Set<string>();
  const add = (name: string, schema: JsonObject) => {
    const legal = freeName(argumentName(name), new Set(schemas.keys()));
    schemas.set(legal, schema);
    return `{{${legal}}}`;
  };
  /** What is a placeholder already keeps its name. */
  const placed = (value: string): string | null => {
    const placeholder = PLACEHOLDER.exec(value)?.[1];
    if (placeholder === undefined) return null;
    const name = placeholder.replace(/\s*\?$/, "");
    const [outer = name] = name.split(".");
    if (!name.startsWith("secret:") && !schemas.has(outer))
      schemas.set(outer, { type: outer === name ? "string" : "object" });
    if (name !== placeholder) optional.add(outer);
    return value;
  };
  return {
    add,
    value: (name, value) => placed(value) ?? add(name, described(guessText(value), value)),
    json: (name, value) => {
      const kept = typeof value === "string" ? placed(value) : null;
      const guess = guessSchema(value);
      return kept ?? add(name, described(isObject(guess) ? { ...guess } : {}, value));
    },
    schema: () => {
      const required = [...schemas.keys()].filter((name) => !optional.has(name));
      return {
        type: "object",
        properties: Object.fromEntries(schemas),
        ...(required.length === 0 ? {} : { required }),
        additionalProperties: false,
      };
    },
  };
}

/** A name that a placeholder and every provider take. Pure. */
export function argumentName(name: string): string {
  const legal = name
    .replace(/\W+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 60);
  return legal === "" || legal === "__proto__" ? "value" : /^\d/.test(legal) ? `_${legal}` : legal;
}

function described(schema: JsonObject, value: Json): JsonObject {
  const isShort =
    (typeof value === "string" || typeof value === "number") && String(value).length <= LONGEST_EXAMPLE;
  return isShort && value !== "" ? { ...schema, description: `Such as ${String(value)}` } : schema;
}

function guessText(value: string): JsonObject {
  const json = /^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$|^(?:true|false)$/.test(value)
    ? parseJson(value)
    : undefined;
  if (typeof json === "number") return { type: Number.isInteger(json) ? "integer" : "number" };
  return { type: typeof json === "boolean" ? "boolean" : "string" };
}
