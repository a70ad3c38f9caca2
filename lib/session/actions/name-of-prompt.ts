import { GIVEN_NAMES } from "@/lib/session/store/first-session";

const LONGEST = 60;

/** The name of a session after its first prompt: a name that a person gave stays. */
export function nameOfPrompt(name: string, prompt: string): string {
  if (!GIVEN_NAMES.includes(name)) return name;
  const line = prompt.trim().replaceAll(/\s+/g, " ");
  if (line.length <= LONGEST) return line;
  const cut = line.slice(0, LONGEST);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), LONGEST / 2)).trimEnd()}…`;
}
