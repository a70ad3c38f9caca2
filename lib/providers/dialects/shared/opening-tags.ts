import type { TaggedPiece } from "./think-tags";

type Opening = { readonly open: string; readonly closes: readonly string[]; readonly isHarmony: boolean };

const FINAL = "<|start|>assistant<|channel|>final<|message|>";
/** Longest first: what a model writes between its thought and its answer belongs to the tag. */
const HARMONY_ENDS = [`<|end|>${FINAL}`, "<|end|>", FINAL, "<|channel|>final<|message|>"];
const ANALYSIS = "<|channel|>analysis<|message|>";

const OPENINGS: readonly Opening[] = [
  { open: "<think>", closes: ["</think>"], isHarmony: false },
  { open: "<thinking>", closes: ["</thinking>"], isHarmony: false },
  { open: "<thought>", closes: ["</thought>"], isHarmony: false },
  { open: "[THINK]", closes: ["[/THINK]"], isHarmony: false },
  { open: "◁think▷", closes: ["◁/think▷"], isHarmony: false },
  { open: ANALYSIS, closes: HARMONY_ENDS, isHarmony: true },
  { open: `<|start|>assistant${ANALYSIS}`, closes: HARMONY_ENDS, isHarmony: true },
];
const QUOTES = "`\"'";
/** White space that may stand before the first tag. After more of it nothing is held back. */
const MOST_BLANKS = 1_000;

/** Separates them piece by piece: any split of the content gives the same text and reasoning. */
export type OpeningTags = {
  readonly push: (content: string) => readonly TaggedPiece[];
  /** Gives back what was held because it might have become a tag. */
  readonly flush: () => readonly TaggedPiece[];
};

/**
 * Reads the tags of a thought that an answer begins with, white space apart, and nothing later: a tag amid an
 * answer, or in code, is text. A harmony answer may begin with several thoughts.
 */
export function openOpeningTags(): OpeningTags {
  let held = "";
  let state: "start" | "next" | "inside" | "after" = "start";
  let closes: readonly string[] = [];
  let before = "";

  const start = (pieces: TaggedPiece[], isLast: boolean): boolean => {
    const text = held.trimStart();
    const allowed = OPENINGS.filter(({ isHarmony }) => state === "start" || isHarmony);
    const found = allowed.find(({ open }) => text.startsWith(open));
    if (found === undefined) {
      const mayBegin = held.length < MOST_BLANKS && allowed.some(({ open }) => open.startsWith(text));
      if (!isLast && mayBegin) return false;
      state = "after";
      return true;
    }
    const tag = held.slice(0, held.length - text.length + found.open.length);
    held = held.slice(tag.length);
    closes = found.closes;
    before = "";
    state = "inside";
    pieces.push({ kind: "open", tag });
    return true;
  };
  /** Returns the thought up to this many characters. */
  const think = (pieces: TaggedPiece[], count: number): void => {
    if (count === 0) return;
    const text = held.slice(0, count);
    held = held.slice(count);
    before = text.slice(-1);
    const last = pieces.at(-1);
    if (last?.kind === "reasoning") pieces[pieces.length - 1] = { kind: "reasoning", text: last.text + text };
    else pieces.push({ kind: "reasoning", text });
  };
  const inside = (pieces: TaggedPiece[], isLast: boolean): boolean => {
    const at = nextTag(held, closes);
    think(pieces, at);
    if (held === "") return false;
    const waits = !isLast && closes.some((close) => close.length > held.length && close.startsWith(held));
    if (waits) return false;
    const tag = closes.find((close) => held.startsWith(close));
    if (tag === undefined) {
      think(pieces, 1);
      return true;
    }
    if (before !== "" && QUOTES.includes(before)) {
      const after = held.charAt(tag.length);
      if (after === "" && !isLast) return false;
      if (after === before) {
        think(pieces, tag.length);
        return true;
      }
    }
    held = held.slice(tag.length);
    state = tag === "<|end|>" ? "next" : "after";
    pieces.push({ kind: "close", tag });
    return true;
  };
  const read = (isLast: boolean): readonly TaggedPiece[] => {
    const pieces: TaggedPiece[] = [];
    for (let goesOn = true; goesOn && held !== "";) {
      if (state === "after") {
        pieces.push({ kind: "text", text: held });
        held = "";
      } else goesOn = state === "inside" ? inside(pieces, isLast) : start(pieces, isLast);
    }
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

/** Where the next closing tag may begin; the length of the text where none does. */
function nextTag(text: string, closes: readonly string[]): number {
  const starts = new Set(closes.map((close) => close.charAt(0)));
  let nearest = text.length;
  for (const start of starts) {
    const at = text.indexOf(start);
    if (at !== -1 && at < nearest) nearest = at;
  }
  return nearest;
}
