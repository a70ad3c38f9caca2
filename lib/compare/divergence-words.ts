import type { Act, Divergence } from "./first-divergence";
import { SECTION_NAMES, type SectionKind } from "./sections";

/** What two turns are called in a sentence, such as "Lane 1" and "Lane 2". */
export type Names = readonly [string, string];

/** Where two turns part, as a sentence or two. */
export function divergenceWords(divergence: Divergence, [one, other]: Names): string {
  const [step, otherStep] = divergence.steps;
  const place =
    step === otherStep
      ? `step ${String(step + 1)}`
      : `steps ${String(step + 1)} and ${String(otherStep + 1)}`;
  switch (divergence.where) {
    case "act": {
      const [act, otherAct] = divergence.acts;
      return `In ${place}: ${one} ${actWords(act)}, ${other} ${actWords(otherAct)}.`;
    }
    case "argument": {
      const { name, path, values } = divergence;
      const argument = path === "" ? "the arguments" : path;
      return `In ${place} both call ${name}, with another value of ${argument}: ${one} ${valueWords(values[0])}, ${other} ${valueWords(values[1])}.`;
    }
    case "words": {
      const { kind, name, before, words } = divergence;
      const start = before.trim() === "" ? "from the first word" : `after “${lastWords(before)}”`;
      return `In ${place}, in the ${nameOf(kind, name)}, ${start}: ${one} ${goesOn(words[0])}, ${other} ${goesOn(words[1])}.`;
    }
    case "end":
      return `Both hold the same and end otherwise: ${one} is ${divergence.states[0]}, ${other} is ${divergence.states[1]}.`;
  }
}

function actWords(act: Act): string {
  if (act === null) return "has ended";
  switch (act.kind) {
    case "thought":
      return "thinks";
    case "text":
      return "writes text";
    case "call":
      return `calls ${act.name}`;
    case "result":
      return `has a result of ${act.name}`;
    case "provider-call":
      return `has ${act.name} run by its provider`;
    case "image":
      return "draws an image";
    case "unknown":
      return `sends an item of type ${act.name}`;
  }
}

function valueWords(value: string | null): string {
  return value === null ? "has none" : `has ${short(value)}`;
}

function goesOn(words: string): string {
  return words.trim() === "" ? "ends" : `goes on with “${oneLine(words).trimStart()}”`;
}

function nameOf(kind: SectionKind, name: string): string {
  return name === "" ? SECTION_NAMES[kind] : `${SECTION_NAMES[kind]} of ${name}`;
}

/** The end of a text: some whole words of it. */
function lastWords(text: string): string {
  const words = oneLine(text).trim().split(" ");
  return words.slice(-4).join(" ");
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ");
}

const SHOWN = 80;

function short(value: string): string {
  return value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
}
