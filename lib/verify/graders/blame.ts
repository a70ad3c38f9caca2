/** Who is to blame, by what was seen. Without evidence nobody is. */
import { callKey } from "@/lib/stream/turn/call-key";
import { canonicalJson } from "@/lib/stream/turn/canonical-json";
import { findLeaks } from "@/lib/stream/turn/find-leaks";
import { openPartialJson } from "@/lib/stream/turn/partial-json";
import type { CaseTool, VerifyCase } from "@/lib/verify/case";
import type { Blame } from "@/lib/verify/trial";

import type { GradedTrial } from "./graded-trial";
import { callsIn, factsOf, type SeenCall, type SeenStep } from "./seen";
import { readWrittenCalls, withoutThought } from "./written-calls";

/** A text of fewer characters may stand in a prompt by chance. */
const LEAST_EVIDENCE = 4;

/**
 * Of something that the model did not do. The rendered prompt is the evidence: where it lacks what the model had to
 * read, the template left it out; where it has it, the model read and did not act.
 */
export function blameForOmission(trial: GradedTrial, seen: SeenStep, needed: readonly string[]): Blame {
  const { prompt } = factsOf(trial, seen);
  if (prompt === null) return "undecided";
  if (!needed.every((text) => holds(prompt, text))) return "template";
  return needed.every((text) => text.length >= LEAST_EVIDENCE) ? "model" : "undecided";
}

/**
 * Of a text that is not as it should be: the server's where what the model wrote behind its thought is. Where nobody knows
 * what it wrote and a server may have lost a piece, nobody is.
 */
export function blameForText(
  trial: GradedTrial,
  seen: SeenStep,
  needed: readonly string[],
  { isGood, mayBeCut }: { readonly isGood: (text: string) => boolean; readonly mayBeCut: boolean },
): Blame {
  const { written } = factsOf(trial, seen);
  if (written !== null && isGood(withoutThought(written).trim())) return "server";
  return written === null && mayBeCut ? "undecided" : blameForOmission(trial, seen, needed);
}

/**
 * Of a call that did not arrive, in an answer without its markup. The model is to blame only where the prompt describes
 * the tool and what the model wrote, before the server read it, holds no call.
 */
export function blameForMissingCall(
  of: VerifyCase,
  trial: GradedTrial,
  seen: SeenStep,
  names: readonly string[],
): Blame {
  const { written } = factsOf(trial, seen);
  // A question may hold the name of a tool; its description is only where the tool is.
  const tools = of.tools.filter(({ name }) => names.includes(name));
  const blame = blameForOmission(
    trial,
    seen,
    tools.map(({ name, description }) => description || name),
  );
  if (blame !== "model") return blame;
  const isCall = written === null || findLeaks(written).some(({ kind }) => kind === "call");
  return isCall ? "undecided" : "model";
}

/**
 * Whether a call arrived as the model wrote it, and as often; null where that is not known, or where the model wrote it in
 * a format whose arguments Vitrine does not read.
 */
export function isAsWritten(trial: GradedTrial, seen: SeenCall): boolean | null {
  const { written } = factsOf(trial, seen);
  if (written === null) return null;
  if (!written.includes(seen.name)) return false;
  const own = readWrittenCalls(written).filter(({ name }) => name === seen.name);
  if (own.length === 0 || own.some(({ input }) => input === null)) return null;
  const arrived = canonicalJson(seen.call.input);
  const same = own.filter(({ input }) => input !== null && canonicalJson(input) === arrived);
  return same.length >= sameCalls(seen).length;
}

/** The calls of the same step that ask the same. */
function sameCalls(seen: SeenCall): readonly SeenCall[] {
  return callsIn(seen).filter(({ call }) => callKey(call) === callKey(seen.call));
}

/** Of a call that should not be. A call that came whole is the model's, unless it came twice: servers do that too. */
export function blameForCall(trial: GradedTrial, seen: SeenCall): Blame {
  const isOwn = isAsWritten(trial, seen);
  if (isOwn !== null) return isOwn ? "model" : "server";
  return sameCalls(seen).length > 1 ? "undecided" : "model";
}

/** Of a call whose arguments are not what the schema allows: a server that was told "strict" has promised them. */
export function blameForArguments(trial: GradedTrial, seen: SeenCall, tool: CaseTool | undefined): Blame {
  const isOwn = isAsWritten(trial, seen);
  if (isOwn === false || tool?.strict === true) return "server";
  return isOwn === null && isCutInput(seen.call.input) ? "undecided" : "model";
}

/** Arguments as a server leaves them that loses a piece, joins two calls or encodes twice; a model may write them too. */
function isCutInput(input: string): boolean {
  const text = input.trim();
  return text === "" || text.startsWith('"') || /\}\s*\{/u.test(text) || isOpenJson(text);
}

/** The beginning of JSON whose end is missing. */
function isOpenJson(text: string): boolean {
  const json = openPartialJson();
  json.write(text);
  return json.state() === "open";
}

/** A template may write a text as part of JSON, so its escapes count as the text. */
function holds(prompt: string, text: string): boolean {
  return prompt.includes(text) || prompt.includes(JSON.stringify(text).slice(1, -1));
}
