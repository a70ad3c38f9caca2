import type { Part, ProviderCallPart, ReasoningPart, TextPart, ToolCallPart } from "@/lib/stream/turn";

/** What is drawn of a step, in wire order: a thought, a text, or calls made side by side. */
export type Block =
  | { readonly type: "reasoning"; readonly part: ReasoningPart }
  | { readonly type: "text"; readonly part: TextPart }
  | { readonly type: "provider-call"; readonly part: ProviderCallPart }
  | { readonly type: "calls"; readonly calls: readonly ToolCallPart[] };

/** Longer texts are drawn without a look at them: looking at one that grows copies all of it. */
const SURELY_TEXT = 400;

/** Groups neighbouring calls. Texts of nothing but white space are kept in the data and not drawn. */
export function groupParts(parts: readonly Part[]): readonly Block[] {
  const blocks: Block[] = [];
  for (const part of parts) {
    if (part.type === "reasoning") blocks.push({ type: "reasoning", part });
    else if (part.type === "tool-call") addCall(blocks, part);
    else if (part.type === "provider-call") blocks.push({ type: "provider-call", part });
    else if (part.text.length > SURELY_TEXT || part.text.trim() !== "") blocks.push({ type: "text", part });
  }
  return blocks;
}

function addCall(blocks: Block[], call: ToolCallPart): void {
  const last = blocks.at(-1);
  if (last?.type === "calls") blocks[blocks.length - 1] = { type: "calls", calls: [...last.calls, call] };
  else blocks.push({ type: "calls", calls: [call] });
}
