import type { Block, Inline } from "./block";

/** The words of inlines without their marks. */
export function inlineText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      switch (inline.type) {
        case "text":
        case "code":
        case "math":
          return inline.text;
        case "image":
          return inline.alt;
        case "break":
          return " ";
        case "strong":
        case "emphasis":
        case "deleted":
        case "link":
          return inlineText(inline.inlines);
      }
    })
    .join("");
}

/** The words of blocks, one line each. */
export function blockText(blocks: readonly Block[]): string {
  return blocks.map(textOf).join("\n");
}

function textOf(block: Block): string {
  switch (block.type) {
    case "heading":
    case "paragraph":
      return inlineText(block.inlines);
    case "code":
    case "math":
    case "html":
    case "plain":
      return block.text;
    case "quote":
      return blockText(block.blocks);
    case "list":
      return block.items.map((item) => blockText(item.blocks)).join("\n");
    case "table":
      return [block.header, ...block.rows]
        .map((row) => row.map((inlines) => inlineText(inlines)).join("\t"))
        .join("\n");
    case "rule":
      return "";
  }
}
