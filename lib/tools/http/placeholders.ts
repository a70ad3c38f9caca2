/** The placeholders of a template: `{{name}}`, `{{a.b}}`, `{{secret:NAME}}`. */
import type { Json, JsonObject } from "@/lib/stream/turn/json";

/** What stands in for a placeholder. */
export type Values = {
  readonly args: JsonObject;
  /** By name. */
  readonly secrets: ReadonlyMap<string, string>;
};

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/gu;
const SECRET = "secret:";

/** The names of the placeholders in a text, as written between the braces. */
export function placeholdersIn(text: string): readonly string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name = ""]) => name);
}

/** The secret that a placeholder names; null = it names an argument. */
export function secretOf(placeholder: string): string | null {
  return placeholder.startsWith(SECRET) ? placeholder.slice(SECRET.length).trim() : null;
}

/** A text that is one placeholder and nothing else: its name; otherwise null. */
export function lonePlaceholder(text: string): string | null {
  const [, name = null] = /^\{\{\s*([^{}]*?)\s*\}\}$/u.exec(text) ?? [];
  return name;
}

/** What a placeholder stands for; undefined where there is no such argument or secret. */
export function valueOf(placeholder: string, { args, secrets }: Values): Json | undefined {
  const secret = secretOf(placeholder);
  if (secret !== null) return secrets.get(secret);
  // A name may have a dot of its own.
  if (Object.hasOwn(args, placeholder)) return args[placeholder];
  return placeholder
    .split(".")
    .reduce<Json | undefined>(
      (value, key) =>
        typeof value === "object" && value !== null && Object.hasOwn(value, key)
          ? Object.entries(value).find(([name]) => name === key)?.[1]
          : undefined,
      args,
    );
}

/** The text with every placeholder filled in, once: what a value holds is never read as a placeholder. */
export function fill(text: string, values: Values, write: (value: string) => string): string {
  return text.replaceAll(PLACEHOLDER, (_whole, name: string) => write(asText(valueOf(name, values) ?? null)));
}

/** A value as part of a text: a string as it is, nothing for null, JSON for what has parts. */
function asText(value: Json): string {
  if (typeof value === "string") return value;
  return value === null ? "" : JSON.stringify(value);
}
