/** The text, or its beginning with "…" where it has more than this many characters. No character is cut in two. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const start = Array.from(text.slice(0, 2 * most + 2));
  return start.length > most ? `${start.slice(0, most).join("")}…` : text;
}
