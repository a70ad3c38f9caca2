const MAX_DEPTH = 128;

export type SafeJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };

/**
 * Parses JSON from outside. Refuses nesting deeper than 128 and keys that could reach a prototype once
 * somebody copies the object, however they were escaped.
 */
export function safeJson(text: string): SafeJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : "not JSON" };
  }
  const message = problem(value);
  return message === null ? { ok: true, value } : { ok: false, message };
}

function problem(root: unknown): string | null {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: root, depth: 0 }];
  // Not recursive: the nesting that is to be refused would overflow the stack first.
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== "object" || value === null) continue;
    if (depth === MAX_DEPTH) return `nested deeper than ${MAX_DEPTH} levels`;
    for (const [key, child] of Object.entries(value)) {
      if (isForbidden(key, child)) return `the key "${key}" is not allowed`;
      open.push({ value: child, depth: depth + 1 });
    }
  }
  return null;
}

function isForbidden(key: string, child: unknown): boolean {
  if (key === "__proto__") return true;
  return (
    key === "constructor" && typeof child === "object" && child !== null && Object.hasOwn(child, "prototype")
  );
}
