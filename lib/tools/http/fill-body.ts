/** The body of a request from its template. */
import type { Json } from "@/lib/stream/turn/json";
import { parseJson } from "@/lib/stream/turn/json-read";

import { type Values, fill, isLeftOut, lonePlaceholder, valueOf } from "./placeholders";

export type FilledBody =
  | { readonly ok: true; readonly body: string; readonly contentType: string }
  | { readonly ok: false; readonly message: string };

const FORM = "application/x-www-form-urlencoded";

/** `contentType`: as the template's headers have it; null = what the body looks like. */
export function fillBody(template: string, contentType: string | null, values: Values): FilledBody {
  const type = contentType?.trim().toLowerCase() ?? null;
  const isJsonType = type !== null && /^application\/(?:[^;]*\+)?json\b/u.test(type);
  if (type === null || isJsonType) {
    const json = readJson(template, isJsonType);
    if (json !== undefined) {
      const body = JSON.stringify(filledJson(json, values));
      return { ok: true, body, contentType: contentType ?? "application/json" };
    }
    if (isJsonType) {
      const message =
        "The body of the request is not JSON. Write each placeholder in quotes, and check the commas.";
      return { ok: false, message };
    }
  }
  if (type?.startsWith(FORM) === true) return filledForm(template, contentType ?? FORM, values);
  return {
    ok: true,
    body: fill(template, values, (text) => text),
    contentType: contentType ?? "text/plain;charset=utf-8",
  };
}

/** The pairs of a form. An argument that may be missing, and is, takes its pair with it. */
function filledForm(template: string, contentType: string, values: Values): FilledBody {
  const pairs = template
    .split("&")
    .filter((pair) => !isLeftOut(pair.slice(pair.indexOf("=") + 1).trim(), values));
  try {
    return { ok: true, body: fill(pairs.join("&"), values, encodeURIComponent), contentType };
  } catch {
    return { ok: false, message: "An argument contains half a character, which no form can hold." };
  }
}

/** The template as JSON; a placeholder without quotes counts as one in quotes. undefined = it is a text. */
function readJson(template: string, isJsonType: boolean): Json | undefined {
  const text = template.trim();
  // A text that is one placeholder becomes JSON only where the header says so.
  if (!isJsonType && (lonePlaceholder(text) !== null || !/^[[{]/u.test(text))) return undefined;
  return parseJson(text) ?? parseJson(quoted(text)) ?? (text === "null" ? null : undefined);
}

/** Quotes around every placeholder outside of a string. */
function quoted(text: string): string {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"|\{\{[^{}]*\}\}/gu, (part) =>
    part.startsWith('"') ? part : JSON.stringify(part),
  );
}

function filledJson(json: Json, values: Values): Json {
  if (typeof json === "string") {
    const alone = lonePlaceholder(json);
    return alone === null ? fill(json, values, (text) => text) : (valueOf(alone, values) ?? null);
  }
  if (Array.isArray(json)) return json.map((item) => filledJson(item, values));
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(
    Object.entries(json)
      .filter(([, value]) => typeof value !== "string" || !isLeftOut(value, values))
      .map(([key, value]) => [fill(key, values, (text) => text), filledJson(value, values)]),
  );
}
