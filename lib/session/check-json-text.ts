import { DEEPEST_FILE } from "@/lib/stream/bounds";

import { MAX_CHARACTERS } from "./export-session";

/** Text from outside as JSON, with the bombs taken out before anything else looks at it. */
export type CheckedJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: string };

/** Parses JSON text of at most 200 MB that is at most `DEEPEST_FILE` levels deep and has no key that could reach a prototype. */
export function checkJsonText(text: string): CheckedJson {
  if (text.length > MAX_CHARACTERS) return refuse("The file is larger than 200 MB.");
  if (text.slice(0, 4).includes("\u0000")) return refuse("The file is not UTF-8 text. Save it as UTF-8.");
  const json = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (json.trim() === "") return refuse("The file is empty.");
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const why = error instanceof Error ? ` ${error.message}.` : "";
    return refuse(`The file is not complete JSON; it may have been cut off.${why}`);
  }
  const problem = findProblem(value);
  return problem === null ? { ok: true, value } : refuse(problem);
}

type Place = { readonly value: object; readonly depth: number; readonly path: string };

/** Walks without recursion: the depth that is refused here is the one that would break a recursive walk. */
function findProblem(value: unknown): string | null {
  if (typeof value !== "object" || value === null) return null;
  const open: Place[] = [{ value, depth: 1, path: "" }];
  for (let place = open.pop(); place; place = open.pop()) {
    if (place.depth > DEEPEST_FILE) return `The file is nested more than ${DEEPEST_FILE} levels deep.`;
    const isList = Array.isArray(place.value);
    const entries: [string, unknown][] = Object.entries(place.value);
    for (const [key, inner] of entries) {
      const path = `${place.path}${place.path === "" ? "" : "."}${key}`;
      if (!isList && reachesPrototype(key, inner)) return `The file has a key that is not allowed: ${path}.`;
      if (typeof inner === "object" && inner !== null) {
        open.push({ value: inner, depth: place.depth + 1, path });
      }
    }
  }
  return null;
}

/** Keys through which a careless copy would write to a prototype. A field that is merely named "constructor" is fine. */
function reachesPrototype(key: string, value: unknown): boolean {
  if (key === "__proto__") return true;
  return key === "constructor" && typeof value === "object" && value !== null && "prototype" in value;
}

function refuse(reason: string): CheckedJson {
  return { ok: false, reason };
}
