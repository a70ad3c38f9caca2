/** Turns that come to an end by themselves. */
import { callKey } from "@/lib/stream/turn/call-key";
import type { Expectation, VerifyCase } from "@/lib/verify/case";
import type { Blame, Evidence } from "@/lib/verify/trial";

import { blameForOmission } from "./blame";
import type { GradedTrial } from "./graded-trial";
import { type Fault, type Outcome, outcomeOf } from "./outcome";
import { atPart, atStep, callsIn, callsOf, lastStep, type SeenCall, type SeenStep } from "./seen";

type Rule = Extract<Expectation, { grader: "ends" }>;

/** The same call this many times is a loop. */
const LOOP = 3;

/** Few enough calls, none of them again and again, and a last answer that makes none. */
export function gradeEnds({ maxCalls }: Rule, _of: VerifyCase, trial: GradedTrial): Outcome {
  const calls = callsOf(trial);
  const faults: Fault[] = [];
  for (const key of new Set(calls.map(({ call }) => callKey(call)))) {
    const same = calls.filter(({ call }) => callKey(call) === key);
    if (same.length < LOOP) continue;
    const [first] = same;
    faults.push(
      fault(
        `${first?.name ?? "A tool"} was called ${same.length} times with the same arguments.`,
        same,
        trial,
      ),
    );
  }
  if (calls.length > maxCalls)
    faults.push(
      fault(`${calls.length} calls were made; ${maxCalls} are enough.`, calls.slice(maxCalls), trial),
    );
  const open = whyOpen(trial);
  if (open !== null && faults.length === 0) {
    const last = lastStep(trial);
    faults.push({
      fault: "end",
      blame: blameForLoop(trial),
      why: open,
      evidence: last === null ? [] : [atEnd(last)],
    });
  }
  return outcomeOf(faults);
}

/** Why a trial has no last answer; null where it has one. */
export function whyOpen(trial: GradedTrial): string | null {
  const step = lastStep(trial)?.step;
  if (step === undefined) return "Nothing was sent.";
  if (step.pause !== undefined) return "The model went on calling until the limit of the turn.";
  return step.parts.some(({ type }) => type === "tool-call")
    ? "The turn ended with a call, not with an answer."
    : null;
}

/** A turn that is open ends with a call. */
function atEnd(seen: SeenStep): Evidence {
  const call = callsIn(seen).at(-1);
  return call === undefined ? atStep(seen) : atPart(seen, call.call);
}

function fault(why: string, calls: readonly SeenCall[], trial: GradedTrial): Fault {
  return {
    fault: "end",
    blame: blameForLoop(trial),
    why,
    evidence: calls.map((seen) => atPart(seen, seen.call)),
  };
}

/** A model that never sees a result calls again: only the rendered prompt tells who is to blame. */
export function blameForLoop(trial: GradedTrial): Blame {
  const last = lastStep(trial);
  if (last === null) return "undecided";
  const given = callsOf(trial)
    .filter(({ turn, index }) => turn < last.turn || index < last.index)
    .flatMap(({ call }) => (call.status.state === "answered" ? [call.status.result.output] : []));
  return blameForOmission(trial, last, given);
}
