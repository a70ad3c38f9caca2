/** Describes a web page received in place of an answer. Pure. */

const LONGEST_TITLE = 200;

/** A page in place of an answer: the address is likely wrong. */
export function pageInsteadOfAnswer(page: string): string {
  return `The server sent a web page, not an API's answer${quotedTitle(page)}. Check the base URL.`;
}

/** ": “502 Bad Gateway”", or "" where the page has no title. */
export function quotedTitle(page: string): string {
  const title = /<title[^>]*>([^<]*)/iu.exec(page)?.[1]?.replaceAll(/\s+/gu, " ").trim() ?? "";
  if (title === "") return "";
  return `: “${title.length <= LONGEST_TITLE ? title : `${title.slice(0, LONGEST_TITLE)}…`}”`;
}
