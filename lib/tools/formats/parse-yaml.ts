import { parseDocument } from "yaml";

import type { Json } from "@/lib/stream/turn/json";

import { tooLarge } from "./too-large";

export type ParsedYaml =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly message: string };

/** One alias may stand for many others: without a bound, ten lines fill all memory. */
const MOST_ALIASES = 200;

/** Reads one YAML document as the JSON it stands for. Never throws. */
export function parseYaml(text: string): ParsedYaml {
  try {
    // Keys are not compared with each other: for each key of a large map that takes as long as the map is.
    const document = parseDocument(text, { uniqueKeys: false, logLevel: "silent", prettyErrors: true });
    const [error] = document.errors;
    if (error !== undefined) return { ok: false, message: neither(error.message) };
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    if (typeof value !== "object" || value === null) return { ok: false, message: neither(null) };
    const why = tooLarge(value);
    return why === null ? { ok: true, value: asJson(value) } : { ok: false, message: why };
  } catch (error) {
    return { ok: false, message: neither(error instanceof Error ? error.message : String(error)) };
  }
}

function neither(detail: string | null): string {
  const first = detail?.split("\n", 1)[0]?.replace(/:$/, "");
  const why = first === undefined ? "" : ` As YAML: ${first.slice(0, 200)}.`;
  return `This is neither JSON, YAML nor a curl command that holds a tool.${why}`;
}

/** What JSON has no word for, such as an infinite number, is null. Text that aliases repeat is not copied. */
function asJson(value: unknown): Json {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value !== "object" || value === null) return null;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, asJson(child)]));
}
