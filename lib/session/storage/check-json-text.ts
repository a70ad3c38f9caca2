import { DEEPEST_FILE } from "@/lib/stream/turn/bounds";
import { SSE_LIMITS } from "@/lib/stream/wire/sse";

import { MAX_BUNDLE_BYTES, tooLarge } from "./export-session";

/** Parses JSON from outside, rejecting anything malicious before other code sees it. */
export type CheckedJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: string };

/** What the text stands in, for the words of a refusal. */
type Source = "file" | "link";

/** Parses JSON text of at most 200 MB that is at most `DEEPEST_FILE` levels deep and has no key that could reach a prototype. */
export function checkJsonText(text: string, source: Source = "file"): CheckedJson {
  if (text.length > MAX_BUNDLE_BYTES) return refuse(tooLarge(text.length));
  if (text.slice(0, 4).includes("\u0000"))
    return refuse(`The ${source} is not UTF-8 text. Save it as UTF-8.`);
  const json = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (json.trim() === "") return refuse(`The ${source} is empty.`);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const why = error instanceof Error ? ` Browser error: ${error.message}.` : "";
    // A truncated object does not end with a closing brace.
    const what = json.trimEnd().endsWith("}")
      ? `The ${source} is not JSON.`
      : `The ${source} ends before its JSON does.`;
    return refuse(`${what}${why}`);
  }
  const problem = findProblem(value, source);
  return problem === null ? { ok: true, value } : refuse(problem);
}

/** Characters of one text: no answer is longer than the longest stream that is read. */
const MAX_TEXT = SSE_LIMITS.streamBytes;

type OpenNode = { readonly value: object; readonly depth: number; readonly path: string };

/** Walks without recursion: the depth that is refused here is the one that would break a recursive walk. */
function findProblem(value: unknown, source: Source): string | null {
  if (typeof value !== "object" || value === null) return null;
  const open: OpenNode[] = [{ value, depth: 1, path: "" }];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.depth > DEEPEST_FILE) return `The ${source} is nested more than ${DEEPEST_FILE} levels deep.`;
    const isList = Array.isArray(node.value);
    const entries: [string, unknown][] = Object.entries(node.value);
    for (const [key, inner] of entries) {
      const path = `${node.path}${node.path === "" ? "" : "."}${key}`;
      if (typeof inner === "string" && inner.length > MAX_TEXT) {
        return `The ${source} has a string of ${megabytes(inner.length)} MB at ${path}. Vitrine reads strings of at most ${megabytes(MAX_TEXT)} MB.`;
      }
      if (!isList && reachesPrototype(key, inner))
        return `The ${source} has a key that is not allowed: ${path}.`;
      if (typeof inner === "object" && inner !== null) {
        open.push({ value: inner, depth: node.depth + 1, path });
      }
    }
  }
  return null;
}

function megabytes(characters: number): number {
  return Math.round(characters / 1024 / 1024);
}

/** Keys through which a careless copy would write to a prototype. A field that is merely named "constructor" is fine. */
function reachesPrototype(key: string, value: unknown): boolean {
  if (key === "__proto__") return true;
  return key === "constructor" && typeof value === "object" && value !== null && "prototype" in value;
}

function refuse(reason: string): CheckedJson {
  return { ok: false, reason };
}
