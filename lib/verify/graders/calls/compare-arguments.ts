/** Whether a call's arguments are those that were expected. */
import type { Json } from "@/lib/stream/turn/json";
import { isList, isObject } from "@/lib/stream/turn/json-read";
import { pointerTo } from "@/lib/tools/schema/json-pointer";
import type { ArgumentRule, ExpectedCall } from "@/lib/verify/case";

/** "normalized": equal once case, white space and punctuation are left out. */
export type Fit = "equal" | "normalized" | "different";

export type Difference = {
  /** JSON pointer into the arguments. */
  readonly path: string;
  readonly why: string;
  /** A value of another type, with other escapes, or with a piece missing or replaced: a server may have made it so. */
  readonly isFormal: boolean;
};

/** How the arguments fit, and where they do not. */
export type Comparison = { readonly fit: Fit; readonly differences: readonly Difference[] };

/** Compares each argument with its rule. A null is an argument that is absent, where none is required. */
export function compareArguments(expected: ExpectedCall, fields: ReadonlyMap<string, Json>): Comparison {
  let isNormalized = false;
  const differences: Difference[] = [];
  for (const [name, rule] of Object.entries(expected.arguments)) {
    const value = fields.get(name);
    const path = pointerTo("", name);
    const mayLack = expected.optional.includes(name);
    if (mayLack && (value === undefined || value === null)) continue;
    if (value === undefined) {
      differences.push({ path, why: `${name} is missing`, isFormal: false });
      continue;
    }
    const fit = compareValue(rule, value);
    isNormalized ||= fit === "normalized";
    if (fit === "different")
      differences.push({ path, why: whyDifferent(name, rule, value), isFormal: isFormal(rule, value) });
  }
  for (const [name, value] of fields) {
    const isKnown = Object.hasOwn(expected.arguments, name) || expected.optional.includes(name);
    if (isKnown || value === null) continue;
    differences.push({ path: pointerTo("", name), why: `${name} was not asked for`, isFormal: false });
  }
  if (differences.length > 0) return { fit: "different", differences };
  return { fit: isNormalized ? "normalized" : "equal", differences };
}

/** How one value fits its rule. */
export function compareValue(rule: ArgumentRule, value: Json): Fit {
  switch (rule.is) {
    case "any":
      return "equal";
    case "one-of":
      return best(rule.values.map((each) => compareJson(each, value)));
    case "exactly":
      return compareJson(rule.value, value) === "equal" ? "equal" : "different";
    case "raw":
      return rule.value === value ? "equal" : "different";
    case "pattern":
      return typeof value === "string" && new RegExp(rule.pattern, rule.flags).test(value)
        ? "equal"
        : "different";
    case "number":
      return typeof value === "number" && Math.abs(value - rule.value) <= rule.tolerance
        ? "equal"
        : "different";
  }
}

function compareJson(expected: Json, value: Json): Fit {
  if (typeof expected === "string" && typeof value === "string") {
    if (expected === value) return "equal";
    return normalize(expected) === normalize(value) ? "normalized" : "different";
  }
  if (isList(expected)) {
    if (!isList(value) || value.length !== expected.length) return "different";
    return worst(expected.map((each, index) => compareJson(each, value[index] ?? null)));
  }
  if (isObject(expected)) {
    if (!isObject(value)) return "different";
    const names = Object.keys(expected);
    const isSame =
      names.length === Object.keys(value).length && names.every((name) => Object.hasOwn(value, name));
    if (!isSame) return "different";
    return worst(names.map((name) => compareJson(expected[name] ?? null, value[name] ?? null)));
  }
  return expected === value ? "equal" : "different";
}

/** What BFCL leaves out of strings before it compares them. */
const PASSED_OVER = /[ ,./\-_*^]/gu;

function normalize(text: string): string {
  return text.normalize("NFC").replaceAll(PASSED_OVER, "").toLowerCase();
}

const ORDER: readonly Fit[] = ["equal", "normalized", "different"];

function best(fits: readonly Fit[]): Fit {
  return ORDER.find((fit) => fits.includes(fit)) ?? "different";
}

function worst(fits: readonly Fit[]): Fit {
  return ORDER.findLast((fit) => fits.includes(fit)) ?? "equal";
}

function whyDifferent(name: string, rule: ArgumentRule, value: Json): string {
  return `${name} is ${short(JSON.stringify(value))}, not ${describe(rule)}`;
}

function describe(rule: ArgumentRule): string {
  switch (rule.is) {
    case "any":
      return "anything";
    case "one-of":
      return rule.values.map((value) => short(JSON.stringify(value))).join(" or ");
    case "exactly":
    case "raw":
      return short(JSON.stringify(rule.value));
    case "pattern":
      return `what /${rule.pattern}/${rule.flags} matches`;
    case "number":
      return rule.tolerance === 0 ? String(rule.value) : `${rule.value} ± ${rule.tolerance}`;
  }
}

function short(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 80)}…`;
}

/** Whether it is the same value written otherwise: a number as text, a text with other escapes, or one that lost a piece. */
function isFormal(rule: ArgumentRule, value: Json): boolean {
  const wanted =
    rule.is === "one-of" ? rule.values : rule.is === "exactly" || rule.is === "raw" ? [rule.value] : [];
  if (rule.is === "number") return typeof value === "string" && Number(value) === rule.value;
  return wanted.some((each) => {
    if (typeof each === "string" && typeof value === "string")
      return plain(each) === plain(value) || lostPiece(each, value);
    return typeof each !== typeof value && textOf(each) === textOf(value);
  });
}

/** What stands for bytes that are no character. */
const REPLACED = /[\uFFFD\p{Cs}]/u;

/** Whether one piece of a text is missing, or stands there as what replaces broken characters. */
export function lostPiece(wanted: string, value: string): boolean {
  let start = 0;
  while (start < value.length && wanted[start] === value[start]) start += 1;
  let end = 0;
  const most = Math.min(wanted.length, value.length) - start;
  while (end < most && wanted.at(-1 - end) === value.at(-1 - end)) end += 1;
  const middle = value.slice(start, value.length - end);
  // A text that shares nothing with the one that was wanted lost more than a piece.
  return start + end > 0 && wanted.length > start + end && (middle === "" || REPLACED.test(middle));
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };
const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

/** Escapes that a server and a model may have made over each other. */
const MOST_ESCAPED = 4;

/** A text with all its escapes undone, however often they were made, and without white space. */
function plain(text: string): string {
  let undone = text;
  for (let times = 0; times < MOST_ESCAPED; times += 1) undone = unescape(undone);
  return undone.replaceAll(/\s+/gu, "");
}

function unescape(text: string): string {
  return text
    .replaceAll(/\\(u[0-9a-f]{4}|.)/gisu, (_whole, sign: string) =>
      sign.length === 5 ? String.fromCharCode(Number.parseInt(sign.slice(1), 16)) : (ESCAPES[sign] ?? sign),
    )
    .replaceAll(/&(lt|gt|amp|quot);/gu, (_whole, name: string) => ENTITIES[name] ?? name);
}
