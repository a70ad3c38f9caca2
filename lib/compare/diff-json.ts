/** Two JSON values as the places where they differ. Pure. */
import { diffArrays } from "diff";

import { DEEPEST_JSON } from "@/lib/stream/turn/bounds";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isList, isObject, writeJson } from "@/lib/stream/turn/json-read";

/** Keys and places in lists, from the outside in. */
export type JsonPath = readonly (string | number)[];

/** One difference. What was removed or changed is named by its place in the first value, what was added by that in the second. */
export type JsonChange =
  | { readonly kind: "removed"; readonly path: JsonPath; readonly from: Json }
  | { readonly kind: "added"; readonly path: JsonPath; readonly to: Json }
  | { readonly kind: "changed"; readonly path: JsonPath; readonly from: Json; readonly to: Json };

/** Items of two lists are matched in any order of edits up to this many; beyond, one by one in their order. */
const MOST_EDITS = 300;

/** Where two values differ, in the order of their keys. The order of keys itself makes no difference. */
export function diffJson(first: Json, second: Json): readonly JsonChange[] {
  return changes(first, second, { one: [], other: [] });
}

/** Where two values that are compared lie in each of the two. */
type Places = { readonly one: JsonPath; readonly other: JsonPath };

function changes(first: Json, second: Json, places: Places): readonly JsonChange[] {
  if (first === second) return [];
  if (places.one.length < DEEPEST_JSON) {
    if (isObject(first) && isObject(second)) return changesOfObjects(first, second, places);
    if (isList(first) && isList(second)) return changesOfLists(first, second, places);
  }
  return keyOf(first) === keyOf(second)
    ? []
    : [{ kind: "changed", path: places.one, from: first, to: second }];
}

function changesOfObjects(first: JsonObject, second: JsonObject, places: Places): readonly JsonChange[] {
  const keys = [...new Set([...Object.keys(first), ...Object.keys(second)])];
  return keys.flatMap((key): readonly JsonChange[] => {
    const from = Object.hasOwn(first, key) ? first[key] : undefined;
    const to = Object.hasOwn(second, key) ? second[key] : undefined;
    const one = [...places.one, key];
    const other = [...places.other, key];
    if (from === undefined) return to === undefined ? [] : [{ kind: "added", path: other, to }];
    if (to === undefined) return [{ kind: "removed", path: one, from }];
    return changes(from, to, { one, other });
  });
}

/** Equal items hold two lists together. Between them items of one kind are compared, and others are removed and added. */
function changesOfLists(
  first: readonly Json[],
  second: readonly Json[],
  places: Places,
): readonly JsonChange[] {
  const [keys, others] = [first.map(keyOf), second.map(keyOf)];
  const edits = diffArrays(keys, others, { maxEditLength: MOST_EDITS }) ?? [
    { value: keys, count: keys.length, removed: true, added: false },
    { value: others, count: others.length, removed: false, added: true },
  ];
  const found: JsonChange[] = [];
  let [one, other] = [0, 0];
  /** Items that only one list has, since the last that both have. */
  let [gone, came]: [Placed[], Placed[]] = [[], []];
  for (const { value, added, removed } of edits) {
    if (!added && !removed) {
      found.push(...changesOfStretch(gone, came));
      [gone, came] = [[], []];
    }
    for (const _ of value) {
      const [from, to] = [first[one], second[other]];
      if (!added) one += 1;
      if (!removed) other += 1;
      if (removed && from !== undefined) gone.push({ item: from, path: [...places.one, one - 1] });
      if (added && to !== undefined) came.push({ item: to, path: [...places.other, other - 1] });
    }
  }
  return [...found, ...changesOfStretch(gone, came)];
}

/** An item of a list, where it lies. */
type Placed = { readonly item: Json; readonly path: JsonPath };

/** Each item is compared with the next of its kind in the other list. */
function changesOfStretch(gone: readonly Placed[], came: readonly Placed[]): readonly JsonChange[] {
  const found: JsonChange[] = [];
  let at = 0;
  const add = (until: number) => {
    for (const { item, path } of came.slice(at, until)) found.push({ kind: "added", path, to: item });
    at = Math.max(at, until);
  };
  for (const { item, path } of gone) {
    const match = came.findIndex((other, index) => index >= at && isOfKind(item, other.item));
    const other = came[match];
    if (other === undefined) {
      found.push({ kind: "removed", path, from: item });
      continue;
    }
    add(match);
    at = match + 1;
    found.push(...changes(item, other.item, { one: path, other: other.path }));
  }
  add(came.length);
  return found;
}

/** What says of an item of a request what it is. */
const NAMING = ["role", "type", "name"] as const;

function isOfKind(first: Json, second: Json): boolean {
  if (isObject(first) && isObject(second))
    return (
      NAMING.every((key) => first[key] === second[key]) && nameOfFunction(first) === nameOfFunction(second)
    );
  return isList(first) === isList(second) && isObject(first) === isObject(second);
}

function nameOfFunction({ function: described }: JsonObject): Json | undefined {
  return isObject(described) ? described["name"] : undefined;
}

/** One text for all values that are equal, whatever the order of their keys. */
function keyOf(value: Json): string {
  return writeJson(ordered(value, 0));
}

function ordered(value: Json, depth: number): Json {
  if (depth > DEEPEST_JSON) return writeJson(value);
  if (isList(value)) return value.map((item) => ordered(item, depth + 1));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  // As pairs: an object puts keys that look like numbers first, whatever their order.
  return { pairs: entries.map(([key, child]) => [key, ordered(child, depth + 1)]) };
}

/** The path as code writes it: `messages[2].content`, `headers["x-key"]`; "" for the value itself. */
export function pathInWords(path: JsonPath): string {
  return path
    .map((key, at) => {
      if (typeof key === "number") return `[${String(key)}]`;
      if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key)) return `[${JSON.stringify(key)}]`;
      return at === 0 ? key : `.${key}`;
    })
    .join("");
}
