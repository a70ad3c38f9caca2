/** Answers that did not come to their end: what failed between the request and the last byte. */
import type { Frame } from "@/lib/inspect/frame";
import type { Expectation, VerifyCase } from "@/lib/verify/case";
import type { Blame, Evidence } from "@/lib/verify/trial";

import { statusOf } from "./exercised";
import type { GradedTrial } from "./graded-trial";
import { errorOf } from "./not-measured";
import type { Fault } from "./outcome";
import { atFrame, lastStep, quoted, type SeenStep, stepsOf } from "./seen";
import { blameByWriting } from "./written-calls";

/** Faults of transport, HTTP and the wire, and calls that the server says it could not read. */
export function brokenAnswers(of: VerifyCase, trial: GradedTrial): readonly Fault[] {
  if (of.expects.some((each) => acceptsRefusal(each, trial))) return [];
  return stepsOf(trial).flatMap((seen) => brokenAnswer(of, seen));
}

/** Whether the server refused the last request with a 4xx, which some cases allow. */
export function isRefused(trial: GradedTrial): boolean {
  const seen = lastStep(trial);
  if (seen === null || seen.step.status.state !== "failed") return false;
  const status = statusOf(seen.step);
  return status !== null && status >= 400 && status < 500;
}

/** Whether an expectation takes the refusal that ended the trial for a good answer: one that names what was asked for. */
export function acceptsRefusal(expectation: Expectation, trial: GradedTrial): boolean {
  if (!isRefused(trial)) return false;
  const last = lastStep(trial);
  const error = last === null ? null : errorOf(last);
  const words = error === null ? "" : `${error.code} ${error.message} ${error.detail ?? ""}`;
  if (expectation.grader === "choice")
    return expectation.choice !== "none" && /choice|required|parallel|forc/iu.test(words);
  if (expectation.grader === "effort-proof") return /effort|reasoning|thinking/iu.test(words);
  return expectation.grader === "http";
}

function brokenAnswer(of: VerifyCase, seen: SeenStep): readonly Fault[] {
  const { status } = seen.step;
  const error = errorOf(seen);
  // Frames are read again only for an answer that is broken.
  if (status.state !== "truncated" && error === null) return [];
  const evidence = [atFrame(seen)];
  if (status.state === "truncated" && error === null)
    return [
      {
        fault: "wire",
        blame: "server",
        why: "The answer ended without a finish reason, although its connection was closed in order.",
        evidence,
      },
    ];
  if (error === null) return [];
  const lost = unreadCall(of, seen);
  if (lost !== null) return [lost];
  if (error.source === "network")
    return [
      { fault: "transport", blame: "undecided", why: `The connection broke: ${error.message}`, evidence },
    ];
  const http = statusOf(seen.step);
  if (http === null || http < 400)
    return [
      {
        fault: "wire",
        blame: "server",
        why: `An error came inside an answer with the status ${http ?? "200"}: ${quoted(error.message)}`,
        evidence: [atError(seen)],
      },
    ];
  const blame = blameForStatus(http, `${error.code} ${error.message}`);
  return [
    { fault: "http", blame, why: `The server replied with ${http}: ${quoted(error.message)}`, evidence },
  ];
}

/** The frame that reports the failure, or the last one where it is told in another way. */
function atError(seen: SeenStep): Evidence {
  const isTold = seen.frames().some(isError);
  return atFrame(seen, isTold ? isError : undefined);
}

function isError({ kinds }: Frame): boolean {
  return kinds.includes("error");
}

const ABOUT_SCHEMA = /schema|grammar|parameters\.|\$ref|unsupported (?:type|keyword)/iu;

function blameForStatus(status: number, words: string): Blame {
  if (ABOUT_SCHEMA.test(words)) return "schema";
  return status >= 500 ? "server" : "undecided";
}

/** The server says itself that the model's call could not be read. */
function unreadCall(of: VerifyCase, seen: SeenStep): Fault | null {
  const error = errorOf(seen);
  if (error === null) return null;
  const words = `${error.code} ${error.message}`;
  if (!/tool_use_failed|MALFORMED_FUNCTION_CALL|failed to parse (?:tool|function) call/iu.test(words))
    return null;
  const written = error.detail ?? "";
  return {
    fault: "parse",
    blame: blameByWriting(written, of.tools),
    why: `The server could not read the model's call: ${quoted(error.message)}${written === "" ? "" : ` The model wrote ${quoted(written)}.`}`,
    evidence: [atError(seen)],
  };
}
