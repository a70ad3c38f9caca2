/** What of a request may be kept: nothing in which a key could stand. */
import { allowedUrl } from "@/lib/tape/allow-list";
import type { HeaderLine } from "@/lib/tape/exchange";

import type { Notes } from "./found";

const KEPT_REQUEST_HEADERS =
  /^(?:accept|accept-encoding|accept-language|content-type|content-length|user-agent|anthropic-version|anthropic-beta|openai-beta|x-stainless-[a-z-]+|x-vitrine-[a-z-]+)$/u;

const DROPPED_ANSWER_HEADERS = /^(?:set-cookie2?|:.*)$/u;

/** The request headers of an allow-list. Says how many others there were, and never their values. */
export function safeRequestHeaders(lines: readonly HeaderLine[], notes: Notes): readonly HeaderLine[] {
  const real = lines.filter(([name]) => !name.startsWith(":"));
  const kept = real.filter(([name]) => KEPT_REQUEST_HEADERS.test(name.toLowerCase()));
  if (kept.length < real.length)
    notes.add(
      "Request headers that could hold a key or a cookie are left out: only a list of harmless ones is kept.",
    );
  return kept;
}

/** The headers of an answer without cookies and without HTTP/2's own fields. */
export function safeAnswerHeaders(lines: readonly HeaderLine[]): readonly HeaderLine[] {
  return lines.filter(([name]) => !DROPPED_ANSWER_HEADERS.test(name.toLowerCase()));
}

/** The address as a tape may hold it; "" stands for one that is not known. */
export function safeAddress(url: string, notes: Notes): string {
  if (url === "" || url === UNKNOWN_ADDRESS) return "";
  const safe = URL.canParse(url) ? allowedUrl(url) : "";
  if (safe !== url)
    notes.add("Login, fragment and values in an address that are not known to be harmless are left out.");
  return safe;
}

/** Stands for an address that is not known in formats that must have one. */
export const UNKNOWN_ADDRESS = "about:blank";
