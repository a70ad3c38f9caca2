/** Two answers, section by section. Pure. */
import { diffArrays } from "diff";

import type { Turn } from "@/lib/stream/turn/turn";
import { readWritten } from "@/lib/stream/turn/written-json";

import { diffJson, type JsonChange } from "./diff-json";
import type { DiffPiece } from "./diff-piece";
import { diffText } from "./diff-text";
import { isJsonSection, type Section, sectionsOf } from "./sections";

export type SectionDiff = {
  /** The section in each of the answers; null = it has none there. At least one is there. */
  readonly sections: readonly [Section, Section | null] | readonly [null, Section];
  readonly difference:
    | { readonly by: "words"; readonly pieces: readonly DiffPiece[] }
    /** Arguments, by their paths; the text of both where nothing differs. */
    | { readonly by: "paths"; readonly changes: readonly JsonChange[] };
};

export type AnswerDiff = {
  readonly sections: readonly SectionDiff[];
  readonly isSame: boolean;
  /** Somewhere whole stretches stand for their words. */
  readonly isCoarse: boolean;
  /** Characters of a section behind which it was not compared; null where all of it was. */
  readonly cutAt: number | null;
};

/** Characters of a section that are compared. */
export const MOST_CHARACTERS = 200_000;
/** Sections are matched in any order of edits up to this many; beyond, one by one. */
const MOST_EDITS = 300;

/** The differences of two answers. Sections of one kind and name are compared with each other, in their order. */
export function diffAnswers(one: Turn, other: Turn): AnswerDiff {
  let isCoarse = false;
  let cutAt: number | null = null;
  const clipped = (text: string): string => {
    if (text.length <= MOST_CHARACTERS) return text;
    cutAt = MOST_CHARACTERS;
    return text.slice(0, MOST_CHARACTERS);
  };
  const words = (first: string, second: string): SectionDiff["difference"] => {
    const diff = diffText(clipped(first), clipped(second));
    isCoarse ||= diff.isCoarse;
    return { by: "words", pieces: diff.pieces };
  };
  const differ = (pair: SectionDiff["sections"]): SectionDiff => {
    const [first, second] = pair;
    if (first === null) return { sections: pair, difference: words("", second.text) };
    if (second === null) return { sections: pair, difference: words(first.text, "") };
    const [value, otherValue] = isJsonSection(first)
      ? [readWritten(first.text), readWritten(second.text)]
      : [];
    if (value === undefined || otherValue === undefined)
      return { sections: pair, difference: words(first.text.trim(), second.text.trim()) };
    return { sections: pair, difference: { by: "paths", changes: diffJson(value, otherValue) } };
  };
  const sections = pairsOf(sectionsOf(one), sectionsOf(other)).map(differ);
  return { sections, isSame: sections.every(isEqual), isCoarse, cutAt };
}

/** Whether both answers have this section, with the same in it. */
export function isEqual({ sections, difference }: SectionDiff): boolean {
  if (sections[0] === null || sections[1] === null) return false;
  return difference.by === "paths"
    ? difference.changes.length === 0
    : difference.pieces.every(({ kind }) => kind === "same");
}

function pairsOf(ones: readonly Section[], others: readonly Section[]): readonly SectionDiff["sections"][] {
  const edits = diffArrays(ones.map(keyOf), others.map(keyOf), { maxEditLength: MOST_EDITS }) ?? [
    { value: ones, removed: true, added: false },
    { value: others, removed: false, added: true },
  ];
  const pairs: SectionDiff["sections"][] = [];
  let [at, otherAt] = [0, 0];
  for (const { value, added, removed } of edits) {
    for (const _ of value) {
      const [one, other] = [ones[at] ?? null, others[otherAt] ?? null];
      if (!added) at += 1;
      if (!removed) otherAt += 1;
      if (added) {
        if (other !== null) pairs.push([null, other]);
      } else if (one !== null) pairs.push([one, removed ? null : other]);
    }
  }
  return pairs;
}

function keyOf({ kind, name }: Section): string {
  return `${kind} ${name}`;
}
