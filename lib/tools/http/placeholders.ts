/** The placeholders of a template: `{{name}}`, `{{a.b}}`, `{{name?}}`, `{{secret:NAME}}`. */
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

/** Whether a placeholder may stand for nothing: `{{name?}}`. */
export function isOptional(placeholder: string): boolean {
  return secretOf(placeholder) === null && placeholder.endsWith("?");
}

/** Whether a text is one optional placeholder whose argument is missing: what holds it is left out. */
export function isLeftOut(text: string, values: Values): boolean {
  const alone = lonePlaceholder(text);
  return alone !== null && isOptional(alone) && valueOf(alone, values) === undefined;
}

/** What a placeholder stands for; undefined where there is no such argument or secret. */
export function valueOf(placeholder: string, { args, secrets }: Values): Json | undefined {
  const secret = secretOf(placeholder);
  if (secret !== null) return secrets.get(secret);
  // A name may have a dot or a question mark of its own.
  if (Object.hasOwn(args, placeholder)) return args[placeholder];
  const bare = isOptional(placeholder) ? placeholder.slice(0, -1).trimEnd() : placeholder;
  if (Object.hasOwn(args, bare)) return args[bare];
  return bare
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
