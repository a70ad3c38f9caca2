/** What a typed result is, told while it is typed. The text itself goes out as it is. */
export function resultKind(text: string): string {
  if (text === "") return "";
  try {
    JSON.parse(text);
    return "JSON";
  } catch {
    // Not JSON: plain text, which is as good a result.
    return /^\s*[[{]/u.test(text) ? "text, not valid JSON" : "text";
  }
}
