import type { RequestInput } from "@/lib/providers/provider";
import { modelName } from "@/lib/providers/rules/model-name";
import type { Part, ReasoningPart, Step } from "@/lib/stream/turn/turn";

import type { Note } from "./note";

/** A step's visible text, as its model may have it back. */
export function pastText(step: Step, model: string, note: Note): string {
  const text = step.parts.map((part) => (part.type === "text" ? part.text : "")).join("");
  return cleanText(text, model, note);
}

const ANALYSIS = /<\|channel\|>analysis<\|message\|>.*?(?:<\|end\|>|$)/gs;
const CONTROL = /<\|(?:start|channel|constrain)\|>\w*|<\|(?:end|message|return|call)\|>/g;

/** Text exactly as streamed; only gpt-oss never gets its own control tokens back as text. */
export function cleanText(text: string, model: string, note: Note): string {
  if (!modelName(model).includes("gpt-oss") || text.search(CONTROL) < 0) return text;
  note("Control tokens that leaked into an earlier answer are not sent back: this model fails on them.");
  return text.replaceAll(ANALYSIS, "").replaceAll(CONTROL, "");
}

/**
 * The thoughts of a step that may go back as thoughts. Those that were read from tags in the text stay out: the server
 * sent none as such, and the templates of these models leave earlier ones out themselves.
 */
export function untaggedThoughts(parts: readonly Part[], note: Note): readonly ReasoningPart[] {
  return parts.filter((part) => part.type === "reasoning").filter((part) => isUntagged(part, note));
}

function isUntagged({ tags, text }: ReasoningPart, note: Note): boolean {
  if (tags !== null && text !== "") note("Thoughts that were read from tags in the text are not sent back.");
  return tags === null;
}

/** Signatures and encrypted reasoning are valid only for the model, address and dialect they came from. */
export function cameFromHere({ request }: Step, { setup, dialect }: RequestInput): boolean {
  return (
    request.provider === setup.provider &&
    request.dialect === dialect &&
    request.endpoint === setup.endpoint &&
    request.model === setup.model
  );
}
