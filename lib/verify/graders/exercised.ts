/** Whether a trial reached what its case is about. */
import type { Exercise } from "@/lib/verify/case";

import type { GradedTrial } from "./graded-trial";
import { answerIn, callsIn, callsOf, type SeenStep, stepsOf, thoughtsIn } from "./seen";

/** Why a trial says nothing of this feature; null where it was reached. */
export function whyNotExercised(exercise: Exercise, prompts: number, trial: GradedTrial): string | null {
  switch (exercise.what) {
    case "answer":
      return isAnswered(prompts, trial) ? null : "Not every prompt got an answer.";
    case "reply":
      return stepsOf(trial).some(({ step }) => statusOf(step) !== null) ? null : "The server sent no reply.";
    case "call":
      return callsOf(trial).length > 0 ? null : "The model made no call.";
    case "calls-in-one-step": {
      const most = Math.max(0, ...stepsOf(trial).map((seen) => callsIn(seen).length));
      return most >= exercise.least
        ? null
        : `At most ${most} ${most === 1 ? "call" : "calls"} came in one step; it takes ${exercise.least}.`;
    }
    case "result-given": {
      const isGiven = callsOf(trial).some(
        ({ name, call }) => name === exercise.tool && call.status.state === "answered",
      );
      return isGiven ? null : `No result of ${exercise.tool} was given: the model did not call it.`;
    }
    case "reasoning":
      return stepsOf(trial).some((seen) => isThinking(seen)) ? null : "The model did not think.";
    case "finish":
      return stepsOf(trial).some(({ step }) => step.finish?.unified === exercise.finish)
        ? null
        : `No answer ended with "${exercise.finish}".`;
    case "both-modes":
      return trial.paired === null ? "No answer of the other mode is there." : null;
    case "efforts":
      return whyNoEfforts(trial);
  }
}

function isAnswered(prompts: number, trial: GradedTrial): boolean {
  if (trial.turns.length < prompts) return false;
  return trial.turns.every((_, turn) => {
    const seen = stepsOf(trial).findLast((each) => each.turn === turn);
    if (seen === undefined) return false;
    const isSaid = answerIn(seen) !== "" || callsIn(seen).length > 0 || thoughtsIn(seen).length > 0;
    return isSaid || seen.step.finish !== null;
  });
}

function isThinking(seen: SeenStep): boolean {
  return thoughtsIn(seen).length > 0 || (seen.step.usage?.reasoning ?? 0) > 0;
}

function whyNoEfforts({ efforts, turns }: GradedTrial): string | null {
  const renders = efforts?.renders?.length ?? 0;
  if (renders >= 2) return null;
  // Whether the refusal is about the effort, its grader says.
  const isRefused = turns.some(({ steps }) => steps.some(({ status }) => status.state === "failed"));
  return isRefused ? null : "The server renders no prompts, so what the effort changes in them is not seen.";
}

/** The HTTP status of a step's reply; null where none came. */
export function statusOf({ head, status }: GradedTrial["turns"][number]["steps"][number]): number | null {
  if (status.state === "failed" && status.error.inStatus === undefined && status.error.source === "provider")
    return status.error.status ?? head?.status ?? null;
  return head?.status ?? null;
}
