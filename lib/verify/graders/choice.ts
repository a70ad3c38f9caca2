/** Whether the server held the model to the choice of tools in the request. */
import type { JsonObject } from "@/lib/stream/turn/json";
import { objectAt } from "@/lib/stream/turn/json-read";
import type { Expectation, VerifyCase } from "@/lib/verify/case";
import { type Blame, REFUSED_CHOICE } from "@/lib/verify/trial";

import { acceptsRefusal } from "./broken-answer";
import type { GradedTrial } from "./graded-trial";
import { errorOf } from "./not-measured";
import { type Fault, held, notExercised, type Outcome, outcomeOf } from "./outcome";
import {
  atAnswer,
  atPart,
  callsIn,
  factsOf,
  lastStep,
  quoted,
  type SeenCall,
  type SeenStep,
  stepsOf,
} from "./seen";

type Rule = Extract<Expectation, { grader: "choice" }>;

/** Obeyed, or refused with a 4xx; ignored is a fault. Judged by the first answer, and "one-per-step" by each. */
export function gradeChoice(rule: Rule, _of: VerifyCase, trial: GradedTrial): Outcome {
  const { choice } = rule;
  const steps = stepsOf(trial);
  const [first] = steps;
  if (first === undefined) return notExercised("Nothing was sent.");
  const { request } = factsOf(trial, first);
  if (request !== null && !carriesChoice(request, choice))
    return notExercised(
      "The request of this dialect and server has no field for the choice, so it was not asked for.",
    );
  if (acceptsRefusal(rule, trial)) {
    const last = lastStep(trial);
    const error = last === null ? null : errorOf(last);
    return held(`${REFUSED_CHOICE}: ${quoted(error?.message ?? "")}`);
  }
  // The field is addressed to the server: that it was sent is the evidence.
  const blame: Blame = request === null ? "undecided" : "server";
  return outcomeOf(ignored(choice, first, steps, blame));
}

function ignored(
  choice: Rule["choice"],
  first: SeenStep,
  steps: readonly SeenStep[],
  blame: Blame,
): readonly Fault[] {
  const calls = callsIn(first);
  const fault = (why: string, seen: readonly SeenCall[]): Fault => ({
    fault: "choice",
    blame,
    why,
    evidence: seen.length === 0 ? [atAnswer(first)] : seen.map((each) => atPart(each, each.call)),
  });
  if (choice === "none")
    return calls.length === 0
      ? []
      : [fault(`Calls were ruled out, and ${calls.map(({ name }) => name).join(", ")} came.`, calls)];
  if (choice === "required")
    return calls.length > 0 ? [] : [fault("A call was required, and none came.", [])];
  if (choice === "one-per-step")
    return steps.flatMap((seen) => {
      const several = callsIn(seen);
      if (several.length <= 1) return [];
      return [fault(`Parallel calls were turned off, and ${several.length} came at once.`, several)];
    });
  if (calls.length === 0) return [fault(`A call of ${choice.named} was required, and none came.`, [])];
  const others = calls.filter(({ name }) => name !== choice.named);
  return others.length === 0
    ? []
    : [
        fault(
          `A call of ${choice.named} was required, and ${others.map(({ name }) => name).join(", ")} came.`,
          others,
        ),
      ];
}

/** Whether a request as it was sent asks for the choice, in any of the dialects. */
export function carriesChoice(request: JsonObject, choice: Rule["choice"]): boolean {
  const config = objectAt(
    objectAt(request, "toolConfig") ?? objectAt(request, "tool_config") ?? {},
    "functionCallingConfig",
  );
  if (choice === "one-per-step") {
    const isOff = objectAt(request, "tool_choice")?.["disable_parallel_tool_use"] === true;
    return isOff || request["parallel_tool_calls"] === false;
  }
  if (request["tools"] === undefined) return false;
  const sent = request["tool_choice"] ?? config?.["mode"];
  const mode = typeof sent === "string" ? sent : (objectAt(request, "tool_choice")?.["type"] ?? null);
  return typeof mode === "string" && mode.toLowerCase() !== "auto";
}
