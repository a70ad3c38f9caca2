/** A stretch of content, identified by the tags around it. */
export type TaggedPiece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "reasoning"; readonly text: string }
  /** The tags of a thought, as they came. */
  | { readonly kind: "open" | "close"; readonly tag: string }
  /** Only a closing tag came (the opening one was in the prompt): all text given so far was reasoning. */
  | { readonly kind: "was-reasoning"; readonly tag: string };

/** Separates them piece by piece: any split of the content gives the same text and reasoning. */
export type ThinkTags = {
  readonly push: (content: string) => readonly TaggedPiece[];
  /** Gives back what was held because it might have become a tag. */
  readonly flush: () => readonly TaggedPiece[];
};

type Pair = { readonly open: string; readonly close: string };

const PAIRS: readonly Pair[] = [
  { open: "<think>", close: "</think>" },
  { open: "<thinking>", close: "</thinking>" },
  { open: "<thought>", close: "</thought>" },
  { open: "[THINK]", close: "[/THINK]" },
  { open: "◁think▷", close: "◁/think▷" },
];
const QUOTES = "`\"'";
const TAG_START = /[<◁[]/;

/**
 * Reads think tags anywhere in content. An opening tag counts where a line begins, a closing tag anywhere; a tag
 * between two equal quotes is being talked about and stays text. `sawTag`: there was a tag before this content,
 * so a lone closing tag is text.
 */
export function openThinkTags(sawBefore = false): ThinkTags {
  let held = "";
  let inside: Pair | null = null;
  let before = "";
  let lineIsBlank = true;
  let sawTag = sawBefore;

  const note = (text: string): void => {
    if (text === "") return;
    before = text.slice(-1);
    const line = text.slice(text.lastIndexOf("\n") + 1);
    lineIsBlank = line.trim() === "" && (lineIsBlank || line.length < text.length);
  };

  const read = (final: boolean): readonly TaggedPiece[] => {
    const pieces: TaggedPiece[] = [];
    const give = (text: string): void => {
      if (text === "") return;
      note(text);
      pieces.push({ kind: inside === null ? "text" : "reasoning", text });
    };
    for (;;) {
      const at = held.search(TAG_START);
      if (at === -1) break;
      give(held.slice(0, at));
      held = held.slice(at);
      const match = matchTag(held, tagsFor(inside, sawTag, lineIsBlank), before, final);
      if (match === "wait") return pieces;
      if (match === null) {
        give(held.slice(0, 1));
        held = held.slice(1);
        continue;
      }
      held = held.slice(match.tag.length);
      if (match.closes && inside === null) pieces.push({ kind: "was-reasoning", tag: match.tag });
      else pieces.push({ kind: match.closes ? "close" : "open", tag: match.tag });
      inside = match.closes ? null : match.pair;
      sawTag = true;
      before = match.tag.slice(-1);
      lineIsBlank = match.closes;
    }
    give(held);
    held = "";
    return pieces;
  };

  return {
    push: (content) => {
      held += content;
      return read(false);
    },
    flush: () => read(true),
  };
}

type Tag = { readonly tag: string; readonly closes: boolean; readonly pair: Pair };

function tagsFor(inside: Pair | null, sawTag: boolean, lineIsBlank: boolean): readonly Tag[] {
  if (inside !== null) return [{ tag: inside.close, closes: true, pair: inside }];
  const tags: Tag[] = [];
  for (const pair of PAIRS) {
    if (lineIsBlank) tags.push({ tag: pair.open, closes: false, pair });
    if (!sawTag) tags.push({ tag: pair.close, closes: true, pair });
  }
  return tags;
}

/** The tag at the start of `text`; "wait" when more characters must come first. */
function matchTag(text: string, tags: readonly Tag[], before: string, final: boolean): Tag | null | "wait" {
  for (const tag of tags) {
    if (text.startsWith(tag.tag)) {
      if (before === "" || !QUOTES.includes(before)) return tag;
      const after = text.charAt(tag.tag.length);
      if (after === "" && !final) return "wait";
      return after === before ? null : tag;
    }
    if (!final && tag.tag.startsWith(text)) return "wait";
  }
  return null;
}
