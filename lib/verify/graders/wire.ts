/** What the server says about its answer: its end, the ids of its calls, its counts. */
import type { Frame } from "@/lib/inspect/frame";
import type { Usage } from "@/lib/stream/turn/event";
import type { Expectation, VerifyCase } from "@/lib/verify/case";

import type { GradedTrial } from "./graded-trial";
import { type Fault, type Outcome, outcomeOf } from "./outcome";
import { atFrame, atPart, callsIn, callsOf, type SeenStep, stepsOf } from "./seen";

type Rule = Extract<Expectation, { grader: "wire" }>;

/** One end that fits, ids that tell calls apart, and counts that add up. */
export function gradeWire(rule: Rule, _of: VerifyCase, trial: GradedTrial): Outcome {
  const steps = stepsOf(trial);
  const faults = [
    ...(rule.finish === null ? [] : finishFaults(rule.finish, steps)),
    ...(rule.ids ? idFaults(trial) : []),
    ...(rule.usage ? steps.flatMap(usageFaults) : []),
    ...oddities(trial),
  ];
  const isUncounted = rule.usage && steps.every(({ step }) => isEmpty(step.usage));
  return outcomeOf(faults, isUncounted ? ["The server reports no token counts."] : []);
}

function wireFault(why: string, seen: SeenStep, isMeant: (frame: Frame) => boolean): Fault {
  return { fault: "wire", blame: "server", why, evidence: [atFrame(seen, isMeant)] };
}

function finishFaults(wanted: NonNullable<Rule["finish"]>, steps: readonly SeenStep[]): readonly Fault[] {
  const judged = wanted === "tool-calls" ? steps.filter((seen) => callsIn(seen).length > 0) : steps.slice(-1);
  return judged.flatMap((seen) => {
    const { finish } = seen.step;
    if (finish === null || finish.unified === wanted) return [];
    const said = finish.raw ?? finish.unified;
    return [
      wireFault(`The answer ended with "${said}", not with "${wanted}".`, seen, ({ text }) =>
        text.includes(`"${said}"`),
      ),
    ];
  });
}

function idFaults(trial: GradedTrial): readonly Fault[] {
  const seenIds = new Set<string>();
  return callsOf(trial).flatMap((seen): readonly Fault[] => {
    const { callId } = seen.call;
    const isOptional = seen.step.request.dialect === "gemini";
    const isEmptyId = callId === null || callId === "";
    const why = isEmptyId
      ? isOptional
        ? null
        : `The call of ${seen.name} has no id.`
      : seenIds.has(callId)
        ? `Two calls have the id ${callId}.`
        : null;
    if (!isEmptyId) seenIds.add(callId);
    return why === null ? [] : [{ fault: "wire", blame: "server", why, evidence: [atPart(seen, seen.call)] }];
  });
}

function isEmpty(usage: Usage | null): boolean {
  return usage === null || (usage.input === null && usage.output === null);
}

function isUsage({ kinds }: Frame): boolean {
  return kinds.includes("usage");
}

/** A total is the sum of what it counts; some servers count thoughts or cached tokens apart. */
function usageFaults(seen: SeenStep): readonly Fault[] {
  const { usage } = seen.step;
  if (usage === null) return [];
  const { input, output, total, reasoning, cached } = usage;
  if (output === 0 && seen.step.parts.length > 0)
    return [wireFault("The answer is reported as 0 tokens.", seen, isUsage)];
  if (input === null || output === null || total === null) return [];
  const sums = [0, reasoning ?? 0].flatMap((thought) =>
    [0, cached ?? 0].map((each) => input + output + thought + each),
  );
  if (sums.includes(total)) return [];
  return [
    wireFault(`${input} tokens in and ${output} out are reported as ${total} in total.`, seen, isUsage),
  ];
}

/** Oddities that our readers put up with and other clients may not. */
const ODD: ReadonlySet<string> = new Set([
  "duplicate-call-id",
  "nameless-call",
  "invalid-utf8",
  "unreadable-event",
  "cut-event",
]);

/** What is odd in the bytes of a trial: it counts where an expectation is broken, and in cases about the wire. */
export function oddities(trial: GradedTrial): readonly Fault[] {
  return stepsOf(trial).flatMap((seen) =>
    seen.step.warnings
      .filter(({ code }) => ODD.has(code))
      .map(({ message }) => wireFault(message, seen, ({ remarks }) => remarks.includes(message))),
  );
}
