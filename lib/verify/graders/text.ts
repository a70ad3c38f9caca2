/** What the last answer says. */
import type { Expectation, VerifyCase } from "@/lib/verify/case";
import type { Blame } from "@/lib/verify/trial";

import { blameForText } from "./blame";
import { lostPiece } from "./calls/compare-arguments";
import { blameForLoop, whyOpen } from "./ends";
import type { GradedTrial } from "./graded-trial";
import { type Outcome, outcomeOf } from "./outcome";
import { answerIn, atAnswer, callsOf, lastStep, quoted, type SeenStep } from "./seen";

type Rule = Extract<Expectation, { grader: "text" }>;

/** One of the texts and none of the others, whatever the case, white space and punctuation around them. */
export function gradeText(rule: Rule, of: VerifyCase, trial: GradedTrial): Outcome {
  const last = lastStep(trial);
  if (last === null) return broken("Nothing was sent.", "text", "undecided", null);
  const open = whyOpen(trial);
  const text = answerIn(last);
  if (open !== null && text === "") return broken(open, "end", blameForLoop(trial), last);
  if (isGood(rule, text)) return outcomeOf([]);
  const bad = rule.noneOf.find((unwanted) => containsText(text, unwanted));
  const results = callsOf(trial)
    .filter(({ turn }) => turn === last.turn)
    .flatMap(({ call }) => (call.status.state === "answered" ? [call.status.result.output] : []));
  const needed =
    results.length > 0 ? results : of.prompts.slice(last.turn, last.turn + 1).map((each) => each.text);
  const what = results.length > 0 ? "result-use" : "text";
  const said = text === "" ? "No text came" : `The answer is ${quoted(text)}`;
  const why =
    bad === undefined
      ? `${said}; it should ${rule.how === "equals" ? "be" : "contain"} ${rule.anyOf.map((each) => quoted(each)).join(" or ")}.`
      : `${said}; it should not contain ${quoted(bad)}.`;
  const mayBeCut = text === "" || rule.anyOf.some((wanted) => lostPiece(bare(wanted), bare(text)));
  const blame = blameForText(trial, last, needed, { isGood: (written) => isGood(rule, written), mayBeCut });
  return broken(why, what, blame, last);
}

function isGood({ how, anyOf, noneOf }: Rule, text: string): boolean {
  const isFound =
    anyOf.length === 0 ||
    anyOf.some((wanted) => (how === "equals" ? isEqual(text, wanted) : containsText(text, wanted)));
  return isFound && !noneOf.some((unwanted) => containsText(text, unwanted));
}

function broken(
  why: string,
  fault: "text" | "end" | "result-use",
  blame: Blame,
  seen: SeenStep | null,
): Outcome {
  const evidence = seen === null ? [] : [atAnswer(seen)];
  return outcomeOf([{ fault, blame, why, evidence }]);
}

/** Whether the words stand in the text as words: "oi" is not in "point", and 40 not in 140 or 40.5. */
export function containsText(text: string, wanted: string): boolean {
  const whole = plain(text);
  const needle = plain(wanted);
  for (let at = whole.indexOf(needle); at !== -1; at = whole.indexOf(needle, at + 1)) {
    // Only the neighbors count: a long text may hold a word again and again.
    const before = whole.slice(Math.max(0, at - 4), at);
    const after = whole.slice(at + needle.length, at + needle.length + 4);
    if (!joins(before, needle) && !joins(needle, after)) return true;
  }
  return false;
}

/** Whether a word or a number goes on from one text into the other. */
function joins(before: string, after: string): boolean {
  if (/\p{L}$/u.test(before) && /^\p{L}/u.test(after)) return true;
  return /\d$/u.test(before) ? /^(?:\d|[.,]\d)/u.test(after) : /\d[.,]$/u.test(before) && /^\d/u.test(after);
}

function isEqual(text: string, wanted: string): boolean {
  return bare(text) === bare(wanted);
}

/** Without what may stand around an answer: white space, quotes, a full stop, the marks of Markdown. */
function bare(text: string): string {
  return plain(text).replaceAll(/^[\s"'“”‘’`*_.!]+|[\s"'“”‘’`*_.!]+$/gu, "");
}

function plain(text: string): string {
  return text.normalize("NFKC").toLowerCase().replaceAll(/[*_`]/gu, "").replaceAll(/\s+/gu, " ").trim();
}
