import type { Step } from "@/lib/stream/turn";

import { modelName } from "../model-name";
import type { Note } from "./note";

const ANALYSIS = /<\|channel\|>analysis<\|message\|>.*?(?:<\|end\|>|$)/gs;
const CONTROL = /<\|(?:start|channel|constrain)\|>\w*|<\|(?:end|message|return|call)\|>/g;

/** A step's visible text, exactly as streamed; only gpt-oss never gets its own control tokens back as text. */
export function plainText(step: Step, model: string, note: Note): string {
  const text = step.parts.map((part) => (part.type === "text" ? part.text : "")).join("");
  if (!modelName(model).includes("gpt-oss") || text.search(CONTROL) < 0) return text;
  note("Control tokens that leaked into an earlier answer are not sent back: this model fails on them.");
  return text.replaceAll(ANALYSIS, "").replaceAll(CONTROL, "");
}
