import type { OutputUnit } from "@cfworker/json-schema";

import { pointerTo } from "./json-pointer";

/** Where arguments do not fit their schema, and how. */
export type ArgumentsFailure = {
  /** JSON pointer into the arguments, "" for the whole. A missing property is named by its own path. */
  readonly path: string;
  readonly message: string;
};

/** A validator's error as text for a person, at the path where they would look. */
export function describeFailure(error: OutputUnit, all: readonly OutputUnit[]): ArgumentsFailure {
  const path = decodeURIComponent(error.instanceLocation.slice(1));
  const quoted = /"(.*)"/s.exec(error.error)?.[1];
  switch (error.keyword) {
    case "required":
      return quoted === undefined
        ? { path, message: error.error }
        : { path: pointerTo(path, quoted), message: "is missing" };
    case "type":
      return { path, message: typeMessage([error]) ?? error.error };
    case "false":
      return { path, message: "is not allowed here" };
    case "enum":
    case "const":
      return {
        path,
        message: `${wanted(error)}${error.error.replace(/^Instance does not match (?:any of )?|\.$/g, "")}`,
      };
    case "propertyNames":
      return quoted === undefined
        ? { path, message: error.error }
        : { path: pointerTo(path, quoted), message: "has a name that is not allowed" };
    case "anyOf":
      return {
        path,
        message: typeMessage(branches(error, all)) ?? "does not match any of the allowed forms",
      };
    default:
      return { path, message: lowerFirst(error.error.replace(/\.$/, "")) };
  }
}

function wanted(error: OutputUnit): string {
  return error.keyword === "enum" ? "must be one of " : "must be ";
}

function branches(error: OutputUnit, all: readonly OutputUnit[]): readonly OutputUnit[] {
  return all.filter((other) => other.keywordLocation.startsWith(`${error.keywordLocation}/`));
}

/** "must be a string or null, not a number" when type errors at one place are all there is; else null. */
function typeMessage(errors: readonly OutputUnit[]): string | null {
  const expected: string[] = [];
  let actual = "";
  for (const error of errors) {
    const found = /^Instance type "(\w+)" is invalid\. Expected (.*)\.$/.exec(error.error);
    if (error.keyword !== "type" || found === null || error.instanceLocation !== errors[0]?.instanceLocation)
      return null;
    actual = found[1] ?? "";
    expected.push(...[...(found[2] ?? "").matchAll(/"(\w+)"/g)].map((match) => match[1] ?? ""));
  }
  if (expected.length === 0) return null;
  return `must be ${expected.map(withArticle).join(" or ")}, not ${withArticle(actual)}`;
}

function withArticle(type: string): string {
  if (type === "null") return type;
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
