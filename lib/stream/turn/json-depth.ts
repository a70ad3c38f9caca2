import type { Json } from "./json";
import { isObject, writeJson } from "./json-read";

/** Why a value cannot be kept; null when it can. Walks without recursion, because depth is the question. */
export function findJsonProblem(root: Json, deepest: number): string | null {
  const open: { readonly value: Json; readonly depth: number }[] = [{ value: root, depth: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value === "number" && !Number.isFinite(value)) return "it contains a number that is too large";
    if (typeof value !== "object" || value === null) continue;
    if (depth > deepest) return `it is nested deeper than ${String(deepest)} levels`;
    if (Object.hasOwn(value, "__proto__")) return 'it has a key named "__proto__"';
    for (const [key, child] of Object.entries<Json>(value)) {
      if (key === "constructor" && isObject(child) && Object.hasOwn(child, "prototype"))
        return 'it has a key named "constructor.prototype"';
      open.push({ value: child, depth: depth + 1 });
    }
  }
  return null;
}

/** The value itself where it can be kept, otherwise its JSON as text. */
export function keepableJson(value: Json, deepest: number): Json {
  if (findJsonProblem(value, deepest) === null) return value;
  const text = writeJson(value);
  return text === "" ? "This value is nested too deeply to show." : text;
}
