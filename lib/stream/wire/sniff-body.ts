export type BodyKind = "sse" | "json" | "html" | "other";

const FIELDS = ["data:", "event:", "id:", "retry:", "error:"];
const LONGEST_FIELD = 6;

/**
 * Determines a body's kind from its first characters; the content type decides only if they do not. null: too few
 * characters. `start` is the beginning of the body, decoded.
 */
export function sniffBody(start: string, contentType: string): BodyKind | null {
  const text = start.trimStart();
  if (text === "") return null;
  if (text.startsWith("{") || text.startsWith("[")) return "json";
  if (text.startsWith("<")) return "html";
  if (text.startsWith(":")) return "sse";
  if (FIELDS.some((field) => text.startsWith(field))) return "sse";
  const declared = declaredKind(contentType);
  if (declared === "sse") return "sse";
  return text.length < LONGEST_FIELD && FIELDS.some((field) => field.startsWith(text)) ? null : declared;
}

/** What a content type promises, whatever its case and parameters. */
export function declaredKind(contentType: string): BodyKind {
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (type === "text/event-stream") return "sse";
  if (type === "application/json" || type.endsWith("+json")) return "json";
  return type === "text/html" || type === "application/xhtml+xml" ? "html" : "other";
}

/** How many characters decide what a body is. */
const SNIFFED = 1024;

/** Finds out what a body is while its bytes arrive. `push` returns null until that is known. */
export function openSniffer(contentType: string): { readonly push: (bytes: Uint8Array) => BodyKind | null } {
  const decoder = new TextDecoder();
  let start = "";
  return {
    push: (bytes) => {
      start += decoder.decode(bytes, { stream: true });
      return sniffBody(start, contentType) ?? (start.length > SNIFFED ? declaredKind(contentType) : null);
    },
  };
}
