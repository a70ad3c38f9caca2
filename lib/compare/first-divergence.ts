/** Where two turns part for the first time. Pure, and symmetric: exchanging the turns exchanges what is said of them. */
import { canonicalJson } from "@/lib/stream/turn/canonical-json";
import type { Turn } from "@/lib/stream/turn/turn";
import { readWritten, writeWritten } from "@/lib/stream/turn/written-json";

import { diffJson, type JsonChange, pathInWords } from "./diff-json";
import { isJsonSection, type Section, type SectionKind, sectionsOf } from "./sections";

/** What one of the turns does at a place; null = it has ended there. */
export type Act = Pick<Section, "kind" | "name" | "step"> | null;

type Place = {
  /** Steps in which the two turns are there, from 0: from these they can be asked again. */
  readonly steps: readonly [number, number];
};

export type Divergence =
  /** They do different things: one calls and the other answers, or calls another tool, or has ended. */
  | (Place & { readonly where: "act"; readonly acts: readonly [Act, Act] })
  /** The same call with another argument. Texts are JSON; null = it has no such argument. */
  | (Place & {
      readonly where: "argument";
      readonly name: string;
      readonly path: string;
      readonly values: readonly [string | null, string | null];
    })
  /** Words of the same kind that go apart at this character. */
  | (Place & {
      readonly where: "words";
      readonly kind: SectionKind;
      readonly name: string;
      readonly at: number;
      /** The last words that both have. */
      readonly before: string;
      /** How each goes on from there; "" = it ends. */
      readonly words: readonly [string, string];
    })
  /** All that they hold is equal, and they ended in different states. */
  | (Place & { readonly where: "end"; readonly states: readonly [string, string] });

export type Divergences = {
  /** null where the turns hold the same. */
  readonly first: Divergence | null;
  /** The same among their calls and results alone; "same" where these are equal, "none" where there are none. */
  readonly calls: Divergence | "same" | "none";
};

/** Where two turns part first, and where their calls do: models that think aloud part in their first words. */
export function divergencesOf(one: Turn, other: Turn): Divergences {
  const [sections, others] = [sectionsOf(one), sectionsOf(other)];
  const first = firstIn(sections, others) ?? endsOf(one, other);
  const [calls, otherCalls] = [sections.filter(isCalling), others.filter(isCalling)];
  if (calls.length === 0 && otherCalls.length === 0) return { first, calls: "none" };
  return { first, calls: firstIn(calls, otherCalls) ?? "same" };
}

function isCalling({ kind }: Section): boolean {
  return kind === "call" || kind === "result";
}

function firstIn(sections: readonly Section[], others: readonly Section[]): Divergence | null {
  let before: readonly [number, number] = [0, 0];
  for (let at = 0; at < Math.max(sections.length, others.length); at += 1) {
    const [one, other] = [sections[at], others[at]];
    const steps = [one?.step ?? before[0], other?.step ?? before[1]] as const;
    if (one === undefined || other === undefined || one.kind !== other.kind || one.name !== other.name)
      return { where: "act", steps, acts: [actOf(one), actOf(other)] };
    const found = isJsonSection(one) ? ofArguments(one, other, steps) : ofWords(one, other, steps);
    if (found !== null) return found;
    before = steps;
  }
  return null;
}

function actOf(section: Section | undefined): Act {
  if (section === undefined) return null;
  const { kind, name, step } = section;
  return { kind, name, step };
}

function ofArguments(one: Section, other: Section, steps: Place["steps"]): Divergence | null {
  if (canonicalJson(one.text) === canonicalJson(other.text)) return null;
  const [value, otherValue] = [readWritten(one.text), readWritten(other.text)];
  if (value === undefined || otherValue === undefined) return ofWords(one, other, steps);
  // The arguments in the order of one of the turns: which one, is the same whichever comes first.
  const isTurned = one.text > other.text;
  const [change] = isTurned ? diffJson(otherValue, value) : diffJson(value, otherValue);
  if (change === undefined) return ofWords(one, other, steps);
  const values = valuesOf(change);
  return {
    where: "argument",
    steps,
    name: one.name,
    path: pathInWords(change.path),
    values: isTurned ? [values[1], values[0]] : values,
  };
}

function valuesOf(change: JsonChange): readonly [string | null, string | null] {
  return [
    change.kind === "added" ? null : writeWritten(change.from),
    change.kind === "removed" ? null : writeWritten(change.to),
  ];
}

/** Characters of each text that are shown around the place. */
const SHOWN = 60;

function ofWords(one: Section, other: Section, steps: Place["steps"]): Divergence | null {
  const [text, otherText] = [one.text.trimEnd(), other.text.trimEnd()];
  if (text === otherText) return null;
  const at = wordStart(text, otherText);
  return {
    where: "words",
    steps,
    kind: one.kind,
    name: one.name,
    at,
    before: text.slice(Math.max(0, at - SHOWN), at),
    words: [shown(text.slice(at)), shown(otherText.slice(at))],
  };
}

/** Where the first word begins in which two texts differ. */
function wordStart(text: string, other: string): number {
  let at = 0;
  while (at < text.length && text[at] === other[at]) at += 1;
  const word = /[\p{L}\p{N}\p{M}_\uD800-\uDBFF]*$/u.exec(text.slice(Math.max(0, at - SHOWN), at))?.[0] ?? "";
  return at - word.length;
}

function shown(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

function endsOf(one: Turn, other: Turn): Divergence | null {
  const [last, otherLast] = [one.steps.at(-1), other.steps.at(-1)];
  const states = [last?.status.state ?? "not sent", otherLast?.status.state ?? "not sent"] as const;
  if (states[0] === states[1]) return null;
  const steps = [Math.max(0, one.steps.length - 1), Math.max(0, other.steps.length - 1)] as const;
  return { where: "end", steps, states };
}
