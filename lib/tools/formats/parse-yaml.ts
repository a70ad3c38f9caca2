import type { Json } from "@/lib/stream/turn/json";

import { tooLarge } from "./too-large";
import { readYamlDocument } from "./yaml-document";

export type ParsedYaml =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly message: string };

const OPTIONS = { readsBytes: false, tokens: 1_000_000, levels: 200 };

/** Reads one YAML document as the JSON it stands for. Never throws. */
export function parseYaml(text: string): ParsedYaml {
  const document = readYamlDocument(text, OPTIONS);
  if (!document.ok) return { ok: false, message: neither(document.message) };
  const { value } = document;
  if (typeof value !== "object" || value === null) return { ok: false, message: neither(null) };
  const why = tooLarge(value);
  return why === null ? { ok: true, value: asJson(value) } : { ok: false, message: why };
}

function neither(detail: string | null): string {
  const first = detail?.split("\n", 1)[0]?.replace(/[:.]$/, "");
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
