/**
 * What an answer is made of once its Markdown is read. Plain data: no HTML, entities decoded, links already judged
 * safe or dropped. Blocks are immutable; the same object always means the same content.
 */
export type Block =
  | { readonly type: "heading"; readonly depth: 1 | 2 | 3 | 4 | 5 | 6; readonly inlines: readonly Inline[] }
  | { readonly type: "paragraph"; readonly inlines: readonly Inline[] }
  | CodeBlock
  /** A formula. While it is `open`, its end has not arrived and `text` is its source so far. */
  | { readonly type: "math"; readonly text: string; readonly open?: true }
  | { readonly type: "quote"; readonly blocks: readonly Block[] }
  | ListBlock
  | TableBlock
  /** Raw HTML of the answer, shown as the text it is. */
  | { readonly type: "html"; readonly text: string }
  | PlainBlock
  | { readonly type: "rule" };

/** A code block. Each finished line of `text` ends with "\n"; `language` is the first word after the fence. */
export type CodeBlock = {
  readonly type: "code";
  readonly language: string;
  readonly text: string;
  /** False until its closing fence has arrived. */
  readonly closed: boolean;
};

/** A piece of text too long or too odd to be read as Markdown. The pieces of one text follow each other without a gap. */
export type PlainBlock = {
  readonly type: "plain";
  readonly text: string;
  /** Why it is plain, where a reader would wonder. */
  readonly note: string | null;
};

/** A list. In a list that is not loose, the paragraphs directly inside its items are drawn without margins. */
export type ListBlock = {
  readonly type: "list";
  /** The first number, or null for a bullet list. */
  readonly start: number | null;
  readonly loose: boolean;
  readonly items: readonly ListItem[];
};

/** One item of a list; `checked` is null when it is not a task. */
export type ListItem = { readonly checked: boolean | null; readonly blocks: readonly Block[] };

export type Alignment = "left" | "center" | "right" | null;

/** A table. Every row has as many cells as the header. */
export type TableBlock = {
  readonly type: "table";
  readonly align: readonly Alignment[];
  readonly header: TableRow;
  readonly rows: readonly TableRow[];
};

export type TableRow = readonly (readonly Inline[])[];

/** A piece of a line of text. */
export type Inline =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "strong" | "emphasis" | "deleted"; readonly inlines: readonly Inline[] }
  | { readonly type: "code"; readonly text: string }
  | { readonly type: "math"; readonly text: string; readonly display: boolean }
  | {
      readonly type: "link";
      readonly href: string;
      readonly title: string | null;
      readonly inlines: readonly Inline[];
    }
  | {
      readonly type: "image";
      readonly source: ImageSource;
      readonly alt: string;
      readonly title: string | null;
    }
  | { readonly type: "break" };

/** Where an image comes from: bytes that came with the answer, a host that is asked only on a click, or nowhere safe. */
export type ImageSource =
  | { readonly kind: "inline"; readonly url: string }
  | { readonly kind: "remote"; readonly url: string; readonly host: string }
  | { readonly kind: "blocked"; readonly url: string };
