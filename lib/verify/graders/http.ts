/** The status with which a server replies to a request that is odd on purpose. */
import type { Expectation, VerifyCase } from "@/lib/verify/case";

import { statusOf } from "./exercised";
import type { GradedTrial } from "./graded-trial";
import { errorOf } from "./not-measured";
import { held, notExercised, type Outcome, outcomeOf } from "./outcome";
import { atAnswer, atFrame, lastStep, quoted } from "./seen";

type Rule = Extract<Expectation, { grader: "http" }>;

/** A refusal with a 4xx; where it is allowed an answer too. */
export function gradeHttp({ status: wanted }: Rule, _of: VerifyCase, trial: GradedTrial): Outcome {
  const last = lastStep(trial);
  const status = last === null ? null : statusOf(last.step);
  if (last === null || status === null) return notExercised("The server sent no reply.");
  if (status >= 400 && status < 500) {
    const message = errorOf(last)?.message ?? "";
    return wanted === "4xx" ? held() : held(`The server refuses it: ${quoted(message)}`);
  }
  if (wanted === "2xx-or-4xx" && status < 400) return held();
  return outcomeOf([
    {
      fault: "http",
      blame: "server",
      why: `The server replied with ${status}; ${wanted === "4xx" ? "the request should be refused with a 4xx" : "an answer or a 4xx is expected"}.`,
      evidence: [status < 400 ? atAnswer(last) : atFrame(last)],
    },
  ]);
}
