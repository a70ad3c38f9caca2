/** Answers that must fit a JSON Schema. */
import type { JsonObject } from "@/lib/stream/turn/json";
import { parseJson } from "@/lib/stream/turn/json-read";
import { checkArguments } from "@/lib/tools/schema/check-arguments";
import type { Expectation, VerifyCase } from "@/lib/verify/case";
import type { Blame } from "@/lib/verify/trial";

import { blameForLoop, whyOpen } from "./ends";
import type { GradedTrial } from "./graded-trial";
import { notExercised, type Outcome, outcomeOf } from "./outcome";
import { answerIn, atAnswer, atPart, factsOf, lastStep, quoted, thoughtsIn } from "./seen";

type Rule = Extract<Expectation, { grader: "schema" }>;

/** The last answer is JSON that fits, and stands in the answer, not in a thought. */
export function gradeAnswerSchema({ schema }: Rule, of: VerifyCase, trial: GradedTrial): Outcome {
  const last = lastStep(trial);
  if (last === null) return notExercised("Nothing was sent.");
  const { request } = factsOf(trial, last);
  const isAsked = of.ask.responseSchema !== null;
  if (isAsked && request !== null && !carriesSchema(request))
    return notExercised(
      "The request of this dialect and server has no field for a schema, so none was asked for.",
    );
  const text = answerIn(last);
  const evidence = [atAnswer(last)];
  const open = whyOpen(trial);
  if (text === "" && open !== null)
    return outcomeOf([{ fault: "end", blame: blameForLoop(trial), why: open, evidence }]);
  const misplaced = thoughtsIn(last).find((thought) => fits(schema, thought.text));
  if (misplaced !== undefined && !fits(schema, text))
    return outcomeOf([
      {
        fault: "leak",
        blame: "server",
        why: "The JSON of the answer stands in the thought, and the answer does not hold it.",
        evidence: [atPart(last, misplaced)],
      },
    ]);
  // A schema in the request is the server's promise of an answer that fits.
  const blame: Blame = isAsked && request !== null ? "server" : "undecided";
  const value = parseJson(text);
  if (value === undefined)
    return outcomeOf([
      { fault: "invalid-json", blame, why: `The answer is not JSON: ${quoted(text)}.`, evidence },
    ]);
  const check = checkArguments(schema, value);
  if (check.valid) return outcomeOf([]);
  const said = check.failures.map(({ path, message }) => `${path === "" ? "the answer" : path} ${message}`);
  return outcomeOf([
    {
      fault: "schema-mismatch",
      blame,
      why: `The answer does not fit its schema: ${said.join("; ")}.`,
      evidence,
    },
  ]);
}

function fits(schema: JsonObject, text: string): boolean {
  const value = parseJson(text.trim());
  return value !== undefined && checkArguments(schema, value).valid;
}

const SCHEMA_FIELDS = ["response_format", "output_config", "output_format"];

/** Whether a request as it was sent asks for an answer that fits a schema, in any of the dialects. */
export function carriesSchema(request: JsonObject): boolean {
  if (SCHEMA_FIELDS.some((name) => request[name] !== undefined)) return true;
  const text = JSON.stringify([request["text"] ?? null, request["generationConfig"] ?? null]);
  return text.includes('"json_schema"') || /"response_?(?:json_?)?schema"/iu.test(text);
}
