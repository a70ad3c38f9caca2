import type { Note } from "@/lib/providers/dialects/shared/note";

const ACCEPTED = /^[A-Za-z_][\w.:-]{0,63}$/;

/** Whether a function may have this name. */
export function isAcceptedName(name: string): boolean {
  return ACCEPTED.test(name);
}

/** The name under which a past call goes back: some other models call what no function may be named. */
export function acceptedName(name: string, note: Note): string {
  if (isAcceptedName(name)) return name;
  note(
    `The call of ${name === "" ? "a tool without a name" : name} is sent back under a name that Gemini accepts.`,
  );
  const cleaned = name.replaceAll(/[^\w.:-]/g, "_");
  return (/^[A-Za-z_]/.test(cleaned) ? cleaned : `_${cleaned}`).slice(0, 64);
}
