/** JSON of an answer that can be saved, exported and read again. Pure. */
import type { Json } from "./json";
import { writeJson } from "./json-read";

/** A file may be nested 100 levels deep, and an answer lies some levels down in it. */
const DEEPEST = 64;

/** Whether a value can be saved and imported again: not too deep, only finite numbers, no key that reaches a prototype. */
export function isKeepable(root: Json): boolean {
  const open: { readonly value: Json; readonly depth: number }[] = [{ value: root, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value === "number" && !Number.isFinite(value)) return false;
    if (typeof value !== "object" || value === null) continue;
    if (depth >= DEEPEST) return false;
    for (const [key, child] of Object.entries<Json>(value)) {
      if (!Array.isArray(value) && reachesPrototype(key, child)) return false;
      open.push({ value: child, depth: depth + 1 });
    }
  }
  return true;
}

/** The value itself where it can be kept, otherwise its JSON as text. */
export function keepableJson(value: Json): Json {
  if (isKeepable(value)) return value;
  const text = writeJson(value);
  return text === "" ? "This value is nested too deeply to show." : text;
}

function reachesPrototype(key: string, value: Json): boolean {
  if (key === "__proto__") return true;
  return (
    key === "constructor" && typeof value === "object" && value !== null && Object.hasOwn(value, "prototype")
  );
}
