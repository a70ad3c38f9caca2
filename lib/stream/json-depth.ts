import type { Json } from "./json";

/** Why a value cannot be kept; null when it can. Walks without recursion, because depth is the question. */
export function findJsonProblem(root: Json, deepest: number): string | null {
  const open: { readonly value: Json; readonly depth: number }[] = [{ value: root, depth: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== "object" || value === null) continue;
    if (depth > deepest) return `it is nested deeper than ${String(deepest)} levels`;
    if (Object.hasOwn(value, "__proto__")) return 'it has a key named "__proto__"';
    for (const child of Object.values(value)) open.push({ value: child, depth: depth + 1 });
  }
  return null;
}
