/** Who is to blame, by what was seen. Without evidence nobody is. */
import { findLeaks } from "@/lib/stream/turn/find-leaks";
import type { CaseTool, VerifyCase } from "@/lib/verify/case";
import type { Blame } from "@/lib/verify/trial";

import type { GradedTrial } from "./graded-trial";
import { factsOf, type SeenCall, type SeenStep } from "./seen";
import { readWrittenCalls } from "./written-calls";

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

/** Of a call whose arguments are not what the schema allows: a server that was told "strict" has promised them. */
export function blameForArguments(trial: GradedTrial, seen: SeenCall, tool: CaseTool | undefined): Blame {
  const { written } = factsOf(trial, seen);
  const wrote = written === null ? [] : readWrittenCalls(written);
  const own = wrote.filter(({ name }) => name === seen.name);
  if (own.length > 0 && own.every(({ input }) => input !== null && input !== seen.call.input.trim()))
    return "server";
  return tool?.strict === true ? "server" : "model";
}

/** A template may write a text as part of JSON, so its escapes count as the text. */
function holds(prompt: string, text: string): boolean {
  return prompt.includes(text) || prompt.includes(JSON.stringify(text).slice(1, -1));
}
