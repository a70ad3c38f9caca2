import { type OutputUnit, Validator } from "@cfworker/json-schema";

import type { Json, JsonObject } from "@/lib/stream/turn/json";

import { type ArgumentsFailure, describeFailure } from "./describe-failure";
import { draftOf } from "./draft-of";

/** Whether a call's arguments fit the tool's schema, and if not where they fail. */
export type ArgumentsCheck =
  | { readonly valid: true }
  | { readonly valid: false; readonly failures: readonly ArgumentsFailure[] };

/**
 * Checks parsed arguments against a tool's schema (2020-12). Never throws: a schema that cannot be used is
 * itself a failure, at "". The schema is not changed. May run without an end where `isQuick` is false.
 */
export function checkArguments(parameters: JsonObject, input: Json): ArgumentsCheck {
  const errors = validate(parameters, input);
  if (typeof errors === "string") {
    return { valid: false, failures: [{ path: "", message: `The tool's schema can't be used: ${errors}` }] };
  }
  if (errors.length === 0) return { valid: true };
  return { valid: false, failures: leaves(errors).map((error) => describeFailure(error, errors)) };
}

/** The validator's errors, or why the schema cannot be used. */
function validate(parameters: JsonObject, input: Json): OutputUnit[] | string {
  try {
    // The validator writes hidden fields into the schema, so it gets a copy.
    return new Validator(structuredClone(parameters), draftOf(parameters), false).validate(finite(input))
      .errors;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return message.split("\n", 1)[0] ?? message;
  }
}

/** `1e400` is a number and an integer, although JavaScript reads it as infinite. */
function finite(value: Json): Json {
  if (typeof value === "number") return Number.isFinite(value) ? value : Math.sign(value) * Number.MAX_VALUE;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(finite);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, finite(child)]));
}

/** Keywords that only say that something below them failed. */
const PARENTS = new Set([
  "$ref",
  "additionalProperties",
  "allOf",
  "dependentSchemas",
  "if",
  "items",
  "patternProperties",
  "prefixItems",
  "properties",
  "unevaluatedItems",
  "unevaluatedProperties",
]);

/** Keywords that say it better themselves than the errors below them. */
const SUMMARIES = new Set(["anyOf", "oneOf", "propertyNames"]);

function leaves(errors: readonly OutputUnit[]): readonly OutputUnit[] {
  const summaries = errors.filter((error) => SUMMARIES.has(error.keyword));
  return errors.filter(
    (error) =>
      !PARENTS.has(error.keyword) &&
      !summaries.some((summary) => error.keywordLocation.startsWith(`${summary.keywordLocation}/`)),
  );
}
