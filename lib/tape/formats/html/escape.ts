const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as HTML text or as the value of an attribute. What a reader cannot see stays; NUL, which HTML has no place for, is shown. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (mark) => ESCAPES[mark] ?? "").replaceAll("\u0000", "\uFFFD");
}
