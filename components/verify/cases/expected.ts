/** What a case expects, as its form shows it, and back. Pure. */
import { rulesOf, valuesOf } from "@/lib/session/verify/case-of-turn";
import { isObject, parseJson } from "@/lib/stream/turn/json-read";
import type { CaseTool, Expectation, ExpectedCall } from "@/lib/verify/case";

/** A call in the form: its arguments as JSON text, or its rules where they say more than values. */
export type EditedCall = {
  readonly name: string;
  readonly text: string;
  readonly rules: ExpectedCall | null;
};

export type Expected = {
  readonly kind: "calls" | "no-call" | "text";
  readonly calls: readonly EditedCall[];
  /** One alternative per line. */
  readonly words: string;
};

/** The place of the expectation that the form shows; -1 where none is of its kinds. The others stay as they are. */
function editedPlace(expects: readonly Expectation[]): number {
  return expects.findIndex(({ grader }) => grader === "calls" || grader === "no-call" || grader === "text");
}

/** The form's state for what a case expects so far. */
export function expectedOf(expects: readonly Expectation[]): Expected {
  const first = expects[editedPlace(expects)];
  const empty: Expected = { kind: "calls", calls: [{ name: "", text: "{}", rules: null }], words: "" };
  if (first?.grader === "calls") return { ...empty, calls: first.calls.map(editedCall) };
  if (first?.grader === "no-call") return { ...empty, kind: "no-call" };
  if (first?.grader === "text") return { ...empty, kind: "text", words: first.anyOf.join("\n") };
  return empty;
}

function editedCall(call: ExpectedCall): EditedCall {
  const values = call.optional.length > 0 ? null : valuesOf(call.arguments);
  return values === null
    ? { name: call.name, text: JSON.stringify(call.arguments, null, 1), rules: call }
    : { name: call.name, text: JSON.stringify(values, null, 1), rules: null };
}

/** What is wrong with it and what to do; null = nothing. */
export function problemOf({ kind, calls, words }: Expected, tools: readonly CaseTool[]): string | null {
  if (kind === "no-call") return null;
  if (kind === "text")
    return words.trim() === "" ? "Write at least one word that a good answer contains." : null;
  if (calls.length === 0) return "Add a call, or choose “No call”.";
  const unnamed = calls.find(({ name }) => !tools.some((tool) => tool.name === name));
  if (unnamed !== undefined) return "Choose a tool of the case for each call.";
  const broken = calls.find(({ rules, text }) => rules === null && !isObject(parseJson(text)));
  return broken === undefined ? null : `The arguments of ${broken.name} are not a JSON object.`;
}

/** All that the case expects, with what the form shows in its place; it has no problem. */
export function expectsOf(expected: Expected, before: readonly Expectation[]): readonly Expectation[] {
  const place = editedPlace(before);
  const edited = expectationOf(expected, before[place]);
  return place === -1 ? [edited, ...before] : before.with(place, edited);
}

function expectationOf({ kind, calls, words }: Expected, before: Expectation | undefined): Expectation {
  switch (kind) {
    case "no-call":
      return { grader: "no-call", asks: false };
    case "text":
      return {
        ...(before?.grader === "text" ? before : { how: "contains" as const, noneOf: [] }),
        grader: "text",
        anyOf: words.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()])),
      };
    case "calls":
      return {
        ...(before?.grader === "calls" ? before : { of: "trial" as const, forbidden: [], allowed: [] }),
        grader: "calls",
        calls: calls.map(({ name, text, rules }): ExpectedCall => {
          if (rules !== null) return { ...rules, name };
          const values = parseJson(text);
          return { name, arguments: isObject(values) ? rulesOf(values) : {}, optional: [] };
        }),
      };
  }
}
