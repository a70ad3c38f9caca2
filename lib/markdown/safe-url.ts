import type { ImageSource } from "./block";

const ALLOWED: ReadonlySet<string> = new Set(["http:", "https:", "mailto:"]);
const IMAGE_DATA = /^data:image\/(?:png|jpeg|gif|webp|avif|bmp);base64,[a-z0-9+/=\s]*$/i;

function parse(href: string): URL | null {
  // No base: a relative address of an answer has no page that it could belong to.
  return URL.canParse(href) ? new URL(href) : null;
}

/** The address of a link if it may be opened (http, https or mailto, absolute), else null. */
export function safeLink(href: string): string | null {
  const url = parse(href.trim());
  return url && ALLOWED.has(url.protocol) ? url.href : null;
}

/** Judges where an image would load from. SVG is never inline: it is a document, not a bitmap. */
export function imageSource(href: string): ImageSource {
  const trimmed = href.trim();
  if (IMAGE_DATA.test(trimmed)) {
    return { kind: "inline", url: trimmed };
  }
  const url = parse(trimmed.startsWith("//") ? `https:${trimmed}` : trimmed);
  if (url && (url.protocol === "http:" || url.protocol === "https:")) {
    return { kind: "remote", url: url.href, host: url.host };
  }
  return { kind: "blocked", url: trimmed };
}
