import { modelName } from "@/lib/providers/rules/model-name";

import type { Note } from "./note";

const ANALYSIS = /<\|channel\|>analysis<\|message\|>.*?(?:<\|end\|>|$)/gs;
const CONTROL = /<\|(?:start|channel|constrain)\|>\w*|<\|(?:end|message|return|call)\|>/g;

/** Text exactly as streamed; only gpt-oss never gets its own control tokens back as text. */
export function cleanText(text: string, model: string, note: Note): string {
  if (!modelName(model).includes("gpt-oss") || text.search(CONTROL) < 0) return text;
  note("Control tokens that leaked into an earlier answer are not sent back: this model fails on them.");
  return text.replaceAll(ANALYSIS, "").replaceAll(CONTROL, "");
}
