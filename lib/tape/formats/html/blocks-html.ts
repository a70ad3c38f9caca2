/** Markdown as HTML text: everything escaped, nothing loaded. Pure. */
import type { Block, Inline, ListBlock, TableBlock } from "@/lib/markdown/block";
import { BlockStream } from "@/lib/markdown/block-stream";
import { showTraps } from "@/lib/markdown/visible-marks";

import { escapeHtml } from "./escape";

/** The HTML of a Markdown text. */
export function markdownHtml(text: string): string {
  const stream = new BlockStream();
  stream.append(text);
  stream.finish();
  return blocksHtml(stream.closed);
}

function blocksHtml(blocks: readonly Block[]): string {
  return blocks.map(blockHtml).join("\n");
}

function blockHtml(block: Block): string {
  switch (block.type) {
    case "heading": {
      // Below the page's own headings.
      const tag = `h${String(Math.min(6, block.depth + 3))}`;
      return `<${tag} dir="auto">${inlinesHtml(block.inlines)}</${tag}>`;
    }
    case "paragraph":
      return `<p dir="auto">${inlinesHtml(block.inlines)}</p>`;
    case "code":
      return preHtml(block.text);
    case "math":
      return `<pre class="math">${shown(block.text)}</pre>`;
    case "quote":
      return `<blockquote dir="auto">${blocksHtml(block.blocks)}</blockquote>`;
    case "list":
      return listHtml(block);
    case "table":
      return tableHtml(block);
    case "html":
      return preHtml(block.text);
    case "plain":
      return `<p dir="auto" class="plain">${shown(block.text)}</p>`;
    case "rule":
      return "<hr>";
  }
}

/** Text in lines as they are. */
export function preHtml(text: string): string {
  return `<pre><code>${shown(text.replace(/\n$/u, ""))}</code></pre>`;
}

function listHtml({ start, items, loose }: ListBlock): string {
  const rows = items.map(({ checked, blocks }) => {
    const mark = checked === null ? "" : checked ? "☑ " : "☐ ";
    const [first] = blocks;
    const isLine = !loose && first?.type === "paragraph";
    const head = isLine ? `${mark}${inlinesHtml(first.inlines)}` : mark;
    return `<li dir="auto">${head}${blocksHtml(isLine ? blocks.slice(1) : blocks)}</li>`;
  });
  if (start === null) return `<ul>${rows.join("")}</ul>`;
  return `<ol start="${String(start)}">${rows.join("")}</ol>`;
}

function tableHtml({ align, header, rows }: TableBlock): string {
  const cell = (tag: "th" | "td", inlines: readonly Inline[], column: number): string => {
    const side = align[column] ?? null;
    const style = side === null ? "" : ` style="text-align:${side}"`;
    return `<${tag} dir="auto"${style}>${inlinesHtml(inlines)}</${tag}>`;
  };
  const row = (tag: "th" | "td", cells: readonly (readonly Inline[])[]): string =>
    `<tr>${cells.map((inlines, column) => cell(tag, inlines, column)).join("")}</tr>`;
  const head = `<thead>${row("th", header)}</thead>`;
  return `<div class="wide"><table>${head}<tbody>${rows.map((cells) => row("td", cells)).join("")}</tbody></table></div>`;
}

function inlinesHtml(inlines: readonly Inline[]): string {
  return inlines.map(inlineHtml).join("");
}

const TAGS = { strong: "strong", emphasis: "em", deleted: "del" } as const;

function inlineHtml(inline: Inline): string {
  switch (inline.type) {
    case "text":
      return shown(inline.text);
    case "strong":
    case "emphasis":
    case "deleted": {
      const tag = TAGS[inline.type];
      return `<${tag}>${inlinesHtml(inline.inlines)}</${tag}>`;
    }
    case "code":
    case "math":
      return `<code>${shown(inline.text)}</code>`;
    case "link":
      return `<a href="${escapeHtml(inline.href)}" rel="noopener noreferrer" title="${escapeHtml(inline.href)}">${inlinesHtml(inline.inlines)}</a>`;
    case "image":
      return imageHtml(inline);
    case "break":
      return "<br>";
  }
}

function imageHtml({ source, alt }: Extract<Inline, { type: "image" }>): string {
  if (source.kind === "inline") return `<img src="${escapeHtml(source.url)}" alt="${escapeHtml(alt)}">`;
  // The page asks no other host for anything.
  return `<span class="note">[Image not loaded: ${shown(alt === "" ? source.url : `${alt} ${source.url}`)}]</span>`;
}

/** Escaped, with what could deceive a reader written as its code. */
function shown(text: string): string {
  return escapeHtml(showTraps(text));
}
