/** The arguments that a model reads back: a person may have changed a call before it ran. Pure. */
import type { PastTurn } from "@/lib/providers/provider";
import { parseArguments } from "@/lib/stream/turn/parse-arguments";
import type { Part, Step, ToolCallPart } from "@/lib/stream/turn/turn";

/** The turn with each changed call as the model shall read it: with the new arguments, or with its own. */
export function withSentArguments(past: PastTurn): PastTurn {
  if (!past.turn.steps.some((step) => step.parts.some(isEdited))) return past;
  return { ...past, turn: { steps: past.turn.steps.map(withSentCalls) } };
}

function withSentCalls(step: Step): Step {
  return step.parts.some(isEdited) ? { ...step, parts: step.parts.map(sentPart) } : step;
}

function sentPart(part: Part): Part {
  if (!isEdited(part)) return part;
  const { edit, ...call } = part;
  const input = edit?.isSentBack === true ? edit.text : call.input;
  const { status } = call;
  if (status.state === "input-streaming" || status.state === "unfinished") return { ...call, input };
  return { ...call, input, status: { ...status, args: parseArguments(input) } };
}

function isEdited(part: Part): part is ToolCallPart {
  return part.type === "tool-call" && part.edit !== undefined;
}
