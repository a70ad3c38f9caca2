/** Why a trial says nothing of the model or its server. */
import type { RunError } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import { countAt } from "@/lib/stream/turn/json-read";
import type { VerifyCase } from "@/lib/verify/case";
import type { NotMeasured } from "@/lib/verify/trial";

import type { GradedTrial } from "./graded-trial";
import { factsOf, quoted, type SeenStep, stepsOf } from "./seen";

export type Reason = { readonly reason: NotMeasured; readonly why: string };

/** The first reason, by step; null where there is none. */
export function whyNotMeasured(of: VerifyCase, trial: GradedTrial): Reason | null {
  for (const seen of stepsOf(trial)) {
    const reason = ofStep(seen) ?? ofLength(of, trial, seen);
    if (reason !== null) return reason;
  }
  return null;
}

/** The error that a step ended with; null for none. */
export function errorOf({ step: { status } }: SeenStep): RunError | null {
  return status.state === "failed" || status.state === "truncated" ? status.error : null;
}

function ofStep(seen: SeenStep): Reason | null {
  const { status, parts } = seen.step;
  if (status.state === "stopped") return { reason: "stopped", why: "The run was stopped during this trial." };
  const error = errorOf(seen);
  if (error === null) return null;
  const { code, message } = error;
  if (error.source === "app") return { reason: "refused-here", why: `Vitrine did not send it: ${message}` };
  if (error.status === 429 || /rate.?limit|insufficient_quota/iu.test(code))
    return { reason: "rate-limit", why: `The server limits requests: ${quoted(message)}` };
  if (isContext(error))
    return { reason: "context", why: `It does not fit into the model's context: ${quoted(message)}` };
  if (WAITED.has(code)) return { reason: "outage", why: `Vitrine stopped waiting: ${message}` };
  const isUnreached = error.source === "network" && seen.step.head === null && parts.length === 0;
  if (isUnreached) return { reason: "outage", why: `The server was not reached: ${message}` };
  if (error.status !== undefined && KEY_REFUSED.has(error.status))
    return { reason: "outage", why: `The server refused the key or the account: ${quoted(message)}` };
  if (seen.step.head?.contentType.includes("vnd.amazon.eventstream") === true)
    return { reason: "refused-here", why: "Vitrine does not read Amazon's binary event streams." };
  if (error.status === 404 && /model|not.?found/iu.test(`${code} ${message}`) && !/tool/iu.test(message))
    return { reason: "outage", why: `The server does not have the model or the address: ${quoted(message)}` };
  const isDown = (error.status !== undefined && DOWN.has(error.status)) || code === "overloaded_error";
  return isDown ? { reason: "outage", why: `The server was not available: ${quoted(message)}` } : null;
}

/** Limits of time that are Vitrine's own, and a machine that slept: how busy the machines are says nothing of an answer. */
const WAITED: ReadonlySet<string> = new Set([
  "CONNECTION_LOST",
  "TimeoutError",
  "UND_ERR_BODY_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
]);
const KEY_REFUSED: ReadonlySet<number> = new Set([401, 402, 403]);
const DOWN: ReadonlySet<number> = new Set([502, 503, 504, 529]);
/** How servers say that a prompt does not fit: most have no code for it. */
const CONTEXT =
  /context.{0,20}(?:length|size|window|exceed)|exceed.{0,40}context|prompt is too long|too many (?:input )?tokens/iu;

function isContext({ code, message, status }: RunError): boolean {
  const isRefusal = status === undefined || (status >= 400 && status < 500) || status === 500;
  return isRefusal && (CONTEXT.test(code.replaceAll("_", " ")) || CONTEXT.test(message));
}

/** An answer that was cut by a limit: what it would have said nobody knows. */
function ofLength(of: VerifyCase, trial: GradedTrial, seen: SeenStep): Reason | null {
  const { finish, usage } = seen.step;
  if (finish?.unified !== "length" || expectsLength(of)) return null;
  const cap = capOf(factsOf(trial, seen).request);
  const output = usage?.output ?? null;
  if (cap !== null && output !== null && output < cap * ALMOST)
    return {
      reason: "context",
      why: `The answer ended at ${output} tokens, below its limit of ${cap}: the model's context was full.`,
    };
  return { reason: "cap", why: `The answer was cut at its limit of ${cap ?? output ?? "output"} tokens.` };
}

/** Servers count the tokens at the end of an answer differently. */
const ALMOST = 0.95;

function expectsLength({ expects }: VerifyCase): boolean {
  return expects.some((each) => each.grader === "wire" && each.finish === "length");
}

function capOf(request: JsonObject | null): number | null {
  if (request === null) return null;
  const names = ["max_tokens", "max_completion_tokens", "max_output_tokens"];
  return names.map((name) => countAt(request, name)).find((count) => count !== null) ?? null;
}
