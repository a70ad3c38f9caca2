import type { Step } from "@/lib/stream/turn/turn";
import type { SeenWriting } from "@/lib/verify/trial";

/** What can be seen of an answer. */
export function seenWriting({ parts, usage }: Pick<Step, "parts" | "usage">): SeenWriting {
  return {
    tokens: usage?.output ?? null,
    texts: parts.flatMap((part) => {
      if (part.type === "text" || part.type === "reasoning") return part.text.trim();
      return part.type === "tool-call" ? part.name.trim() : [];
    }),
  };
}

/**
 * Whether an answer of which only this is seen was written as this one was: as many tokens, and all that is seen stands in
 * it, in order. Of an answer that is sampled anew that is almost never so.
 */
export function isSameWriting(
  { written, tokens }: { readonly written: string; readonly tokens: number | null },
  seen: SeenWriting,
): boolean {
  if (tokens === null || tokens !== seen.tokens) return false;
  let from = 0;
  for (const text of seen.texts) {
    const at = written.indexOf(text, from);
    if (at === -1) return false;
    from = at + text.length;
  }
  return true;
}
