import { EXAMPLE_PROMPT } from "./first-session";

/** The draft of a session that is opened at the start, with what was typed before it was there. Nobody typed the example. */
export function joinedDraft(saved: string, typed: string): string {
  if (typed === "") return saved;
  return saved.trim() === "" || saved === EXAMPLE_PROMPT ? typed : `${saved}\n${typed}`;
}

/** What is left of a draft when `prompt` was sent from it: all of it, or the end that `joinedDraft` gave it. */
export function draftWithout(draft: string, prompt: string): string {
  const sent = prompt.trim();
  if (draft.trim() === sent) return "";
  const rest = draft.trimEnd().slice(0, -sent.length);
  return `${rest}${sent}` === draft.trimEnd() && rest.endsWith("\n") ? rest.slice(0, -1) : draft;
}
