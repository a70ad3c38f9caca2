import { DEEPEST_JSON } from "./bounds";
import type { Json } from "./json";
import { isObject } from "./json-read";
import { openPartialJson } from "./partial-json";
import type { ParsedArguments } from "./turn";

/**
 * A call's complete arguments as a JSON object. Empty input is `{}`. Never throws: text that is not an
 * object, keys that could reach a prototype and nesting below 128 levels come back as a message.
 */
export function parseArguments(input: string): ParsedArguments {
  if (input.trim() === "") return { valid: true, value: {} };
  const parsed = parse(input);
  if (!parsed.valid) return parsed;
  if (!isObject(parsed.value)) return refuse(`Arguments must be a JSON object, not ${nameOf(parsed.value)}.`);
  const danger = findDanger(parsed.value);
  return danger === null ? parsed : refuse(danger);
}

function parse(input: string): ParsedArguments {
  try {
    const value: Json = JSON.parse(input);
    return { valid: true, value };
  } catch (error) {
    const own = error instanceof Error ? error.message : String(error);
    return refuse(`Not valid JSON: ${whereBroken(input) ?? own}`);
  }
}

const SHOWN_CHARACTERS = 24;

/** Where text stops being JSON, the same in every browser; null if it cannot be determined. */
function whereBroken(input: string): string | null {
  const json = openPartialJson();
  for (let index = 0; index < input.length; index++) {
    // A word or number is broken from its start, although only its end shows that.
    const at = Math.min(index, json.tailStart());
    json.write(input.charAt(index));
    if (json.state() !== "broken") continue;
    const rest = input.slice(at, at + SHOWN_CHARACTERS);
    return `“${rest}${at + SHOWN_CHARACTERS < input.length ? "…" : ""}” at character ${String(at + 1)}.`;
  }
  return json.state() === "open" ? "it ends before it is complete." : null;
}

function refuse(message: string): ParsedArguments {
  return { valid: false, message };
}

function nameOf(value: Json): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}

/** Walks parsed values, so `\u005f_proto__` is the same key as `__proto__`. */
function findDanger(root: Json): string | null {
  const open: { value: Json; depth: number }[] = [{ value: root, depth: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== "object" || value === null) continue;
    if (depth > DEEPEST_JSON) return `Arguments are nested deeper than ${String(DEEPEST_JSON)} levels.`;
    for (const [key, child] of Object.entries(value)) {
      if (key === "__proto__" && isObject(value)) return 'The key "__proto__" is refused.';
      if (key === "constructor" && isObject(child) && Object.hasOwn(child, "prototype"))
        return 'The key "constructor.prototype" is refused.';
      open.push({ value: child, depth: depth + 1 });
    }
  }
  return null;
}
