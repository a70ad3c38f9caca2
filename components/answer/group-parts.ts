import type {
  ImagePart,
  Part,
  ProviderCallPart,
  ReasoningPart,
  TextPart,
  ToolCallPart,
  UnknownPart,
} from "@/lib/stream/turn/turn";

/** What is drawn of a step, in wire order: a thought, a text, or calls made side by side. */
export type Block =
  | { readonly type: "reasoning"; readonly part: ReasoningPart }
  | { readonly type: "text"; readonly part: TextPart }
  | { readonly type: "provider-call"; readonly part: ProviderCallPart }
  | { readonly type: "image"; readonly part: ImagePart }
  | { readonly type: "unknown"; readonly part: UnknownPart }
  | { readonly type: "calls"; readonly calls: readonly ToolCallPart[] };

/** Longer texts are drawn without a look at them: looking at one that grows copies all of it. */
const SURELY_TEXT = 400;

/** Groups neighboring calls. Texts of nothing but white space are kept in the data and not drawn. */
export function groupParts(parts: readonly Part[]): readonly Block[] {
  const blocks: Block[] = [];
  /** The calls of the last block that has some. There may be thousands, so they are added and not copied. */
  let calls: ToolCallPart[] = [];
  for (const part of parts) {
    switch (part.type) {
      case "reasoning":
        blocks.push({ type: "reasoning", part });
        break;
      case "tool-call":
        if (blocks.at(-1)?.type !== "calls") {
          calls = [];
          blocks.push({ type: "calls", calls });
        }
        calls.push(part);
        break;
      case "provider-call":
        blocks.push({ type: "provider-call", part });
        break;
      case "image":
        blocks.push({ type: "image", part });
        break;
      case "unknown":
        blocks.push({ type: "unknown", part });
        break;
      case "text":
        if (part.text.length > SURELY_TEXT || part.text.trim() !== "") blocks.push({ type: "text", part });
    }
  }
  return blocks;
}
