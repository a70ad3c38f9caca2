/** Markup that a server left in what a person reads, and calls that it did not read. */
import { findLeaks, findNameLeak, findThoughtLeaks, type Leak } from "@/lib/stream/turn/find-leaks";
import type { Part } from "@/lib/stream/turn/turn";
import type { Expectation, VerifyCase } from "@/lib/verify/case";
import type { Blame, Evidence } from "@/lib/verify/trial";

import type { GradedTrial } from "./graded-trial";
import { type Fault, notExercised, type Outcome, outcomeOf } from "./outcome";
import {
  answerIn,
  atAnswer,
  atFrame,
  atPart,
  callsIn,
  factsOf,
  quoted,
  type SeenCall,
  type SeenStep,
  stepsOf,
  textsIn,
  thoughtsIn,
} from "./seen";
import { blameByWriting, readWrittenCalls } from "./written-calls";

type LeakRule = Extract<Expectation, { grader: "leak" }>;

/** Whether thoughts came where they belong, and no markup anywhere. */
export function gradeLeak({ reasoning }: LeakRule, of: VerifyCase, trial: GradedTrial): Outcome {
  const steps = stepsOf(trial);
  const faults = [...leaks(of, trial), ...steps.flatMap((seen) => taggedThoughts(trial, seen))];
  const thoughts = steps.flatMap((seen) => thoughtsIn(seen).map((part) => ({ seen, part })));
  const read = thoughts.filter(({ part }) => part.text.trim() !== "");
  const counted = steps.some(({ step }) => (step.usage?.reasoning ?? 0) > 0);
  const [first] = read;
  if (reasoning === "none" && first !== undefined && faults.length === 0 && !isTurnedOff(first.seen))
    return notExercised("This lane has no setting that turns thinking off, and the model thinks.");
  if (reasoning === "none" && first !== undefined)
    faults.push({
      fault: "leak",
      blame: "undecided",
      why: `Thinking was turned off, and a thought came: ${quoted(first.part.text)}.`,
      evidence: [atPart(first.seen, first.part)],
    });
  if (reasoning === "some" && thoughts.length === 0 && !counted)
    faults.push({
      fault: "leak",
      blame: "undecided",
      why: "Thinking was on, and no thought came apart from the answer.",
      evidence: steps.slice(-1).map(atAnswer),
    });
  const isHidden = read.length === 0 && (thoughts.length > 0 || counted);
  return outcomeOf(
    faults,
    isHidden ? ["The thought is hidden: only its place or its tokens are known."] : [],
  );
}

/** Whether the request asked for no thought, as far as the step says how its lane was set. */
function isTurnedOff({ step }: SeenStep): boolean {
  const { setup } = step.request;
  return setup === undefined || setup.effort === "none" || setup.effort === "off";
}

/** All markup of a trial: of thoughts and channels as "leak", of a call that did not arrive as "parse". */
export function leaks(of: VerifyCase, trial: GradedTrial): readonly Fault[] {
  return stepsOf(trial).flatMap((seen) => {
    const place = { of, trial, seen };
    return [
      textsIn(seen).flatMap((part) =>
        findLeaks(part.text).map((leak) => toFault(leak, "the answer", atPart(seen, part), place)),
      ),
      thoughtsIn(seen).flatMap((part) =>
        findThoughtLeaks(part.text).map((leak) => toFault(leak, "a thought", atPart(seen, part), place)),
      ),
      callsIn(seen).flatMap(markedName),
      swallowedCalls(place),
    ].flat();
  });
}

function markedName(seen: SeenCall): readonly Fault[] {
  const leak = findNameLeak(seen.name);
  if (leak === null) return [];
  return [
    {
      fault: "leak",
      blame: "server",
      why: `The server read the call, and left ${leak.format} markup in its name: ${quoted(seen.name)}.`,
      evidence: [atPart(seen, seen.call)],
    },
  ];
}

type Place = { readonly of: VerifyCase; readonly trial: GradedTrial; readonly seen: SeenStep };

function toFault(leak: Leak, where: string, at: Evidence, place: Place): Fault {
  const { written } = factsOf(place.trial, place.seen);
  if (leak.kind === "call")
    return {
      fault: "parse",
      blame: written === null ? "undecided" : blameByWriting(written, place.of.tools),
      why: `What looks like a call (${leak.format} format) stands in ${where}: the server did not read it.`,
      evidence: [at],
    };
  const what = leak.kind === "channel" ? "Tokens of a channel (harmony)" : `The tag ${leak.format}`;
  return {
    fault: "leak",
    blame: written === null ? "undecided" : blameForMarkup(leak, written, place.seen),
    why: `${what} ${leak.kind === "channel" ? "stand" : "stands"} in ${where}: the server did not take the thought out.`,
    evidence: [at],
  };
}

/** A tag that the model wrote once was the server's to read; one that it wrote again behind the end of its thought was not. */
function blameForMarkup({ kind, format }: Leak, written: string, seen: SeenStep): Blame {
  if (kind === "channel") return /<\|channel\|>final<\|message\|>/u.test(written) ? "server" : "undecided";
  const isRead = thoughtsIn(seen).some(({ tags }) => tags === null);
  return isRead && written.split(format).length > 2 ? "model" : "server";
}

/** A call that the model wrote whole, or that the server says there is, and that arrived neither as a call nor as text. */
function swallowedCalls({ of, trial, seen }: Place): readonly Fault[] {
  const { written } = factsOf(trial, seen);
  const { finish, parts } = seen.step;
  if (parts.some(isCall) || findLeaks(answerIn(seen)).length > 0) return [];
  if (finish?.unified === "tool-calls")
    return [
      {
        fault: "parse",
        blame: "server",
        why: `The answer ended with "${finish.raw ?? finish.unified}", and no call came.`,
        evidence: [atFrame(seen, ({ text }) => text.includes(`"${finish.raw ?? finish.unified}"`))],
      },
    ];
  if (written === null) return [];
  const offered = new Set(of.tools.map(({ name }) => name));
  const first = readWrittenCalls(written).find(({ name }) => offered.has(name));
  if (first === undefined) return [];
  return [
    {
      fault: "parse",
      blame: "server",
      why: `The model wrote a call of ${first.name}, and the server lost it: ${quoted(written)}.`,
      evidence: [atAnswer(seen)],
    },
  ];
}

function isCall({ type }: Part): boolean {
  return type === "tool-call" || type === "provider-call";
}

/** Thoughts that arrived between tags in the text, where we had to take them out ourselves. */
function taggedThoughts(trial: GradedTrial, seen: SeenStep): readonly Fault[] {
  return thoughtsIn(seen).flatMap((part): readonly Fault[] => {
    if (part.tags === null) return [];
    const tag = part.tags.open === "" ? part.tags.close : part.tags.open;
    return [
      {
        fault: "leak",
        blame: factsOf(trial, seen).written === null ? "undecided" : "server",
        why: `The thought stands in the answer between tags (${tag}): the server did not take it out.`,
        evidence: [atPart(seen, part)],
      },
    ];
  });
}
