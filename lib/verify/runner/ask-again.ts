/** Asks a llama-server once more, in one piece, what a model wrote in a stream: streams do not tell. */
import { bindDialect } from "@/lib/providers/dialects/bind-dialect";
import type { LaneSetup } from "@/lib/providers/provider";
import { runAttempt } from "@/lib/run/attempt";
import type { AttemptRequest } from "@/lib/run/ports";
import { type AttemptRecord, joinRecord, openAttemptRecorder } from "@/lib/run/record";
import type { StepRequest, TimedEvent } from "@/lib/stream/turn/event";
import { asObject, countAt, objectAt, parseJson } from "@/lib/stream/turn/json-read";
import type { Tape, TapeTurn } from "@/lib/tape/tape";
import type { GradedTrial } from "@/lib/verify/graders/graded-trial";
import { isSameWriting, seenWriting } from "@/lib/verify/graders/same-writing";
import { type FaultClass, type Verdict } from "@/lib/verify/trial";

import type { RanTrial, TrialPorts } from "./run-trial";
import { answerOf, stepFacts } from "./step-facts";
import { isRepeatable } from "./trial-request";

/** Faults of which what the model wrote can tell whose they are. */
const TOLD_BY_WRITING: ReadonlySet<FaultClass> = new Set([
  "leak",
  "parse",
  "invalid-json",
  "schema-mismatch",
  "choice",
  "argument",
  "result-use",
  "text",
]);

export type AskedAgain = {
  /** With what the model wrote, where it wrote the same. */
  readonly facts: GradedTrial["facts"];
  readonly outputTokens: number;
  /** The trial's tape with this request beside the turn that it is of. */
  readonly tape: Tape;
};

/**
 * Asks the step of an undecided fault again; null where that would prove nothing: in a whole answer, on a server that does
 * not report what a model wrote, or where the model would write something else, because nothing holds its sampler.
 */
export async function askAgain(
  verdict: Verdict,
  setup: LaneSetup,
  { mode, turns, facts, tape, tapeUs }: RanTrial,
  ports: TrialPorts,
  signal: AbortSignal,
): Promise<AskedAgain | null> {
  if (mode !== "stream" || verdict.verdict !== "fail" || verdict.blame !== "undecided") return null;
  const [seen] = verdict.evidence;
  if (seen === undefined || !TOLD_BY_WRITING.has(verdict.fault)) return null;
  const step = turns[seen.turn]?.steps[seen.step];
  const known = step === undefined ? undefined : facts[step.id];
  const taped = tape.turns.find(({ records }) => records.some(({ stepId }) => stepId === step?.id));
  const record = taped?.records.findLast(({ stepId }) => stepId === step?.id);
  if (step === undefined || known === undefined || taped === undefined || record === undefined) return null;
  // A server that reports the prompt reports what the model wrote too, once it is asked for the whole answer.
  if (known.prompt === null || known.written !== null || !isRepeatable(known.request)) return null;
  const startUs = tapeUs();
  const asked = await askWhole(record, setup, ports, signal);
  if (asked === null) return null;
  const { written, outputTokens } = asked;
  const isSame = written !== null && isSameWriting({ written, tokens: outputTokens }, seenWriting(step));
  return {
    facts: isSame ? { ...facts, [step.id]: { ...known, written } } : facts,
    outputTokens: outputTokens ?? 0,
    tape: withAgain(tape, taped, { ...asked, request: step.request, number: seen.step + 1, startUs }),
  };
}

type Asked = {
  readonly record: AttemptRecord;
  readonly events: readonly TimedEvent[];
  readonly written: string | null;
  readonly outputTokens: number | null;
};

/** The tape with what was asked again on a branch of its own: whoever reads it sees the trial first. */
function withAgain(
  tape: Tape,
  turn: TapeTurn,
  {
    record,
    events,
    request,
    number,
    startUs,
  }: Asked & { readonly request: StepRequest; readonly number: number; readonly startUs: number },
): Tape {
  const { stepId } = record;
  const note = `No part of the trial: the request of step ${number} in one piece, because a stream does not tell what the model wrote.`;
  const again: TapeTurn = {
    ...turn,
    id: `${turn.id}-again`,
    notes: [note],
    startUs: Math.max(turn.startUs, startUs),
    events: [{ at: 0, event: { type: "step-start", stepId, request } }, ...events],
    records: [record],
  };
  const why = `Step ${number} was sent once more in one piece, to learn what the model wrote: see the other branch.`;
  return {
    ...tape,
    lanes: tape.lanes.map((lane) => ({ ...lane, leaf: tape.turns.at(-1)?.id ?? null })),
    turns: [
      ...tape.turns.map((each) => (each === turn ? { ...each, notes: [...each.notes, why] } : each)),
      again,
    ],
  };
}

async function askWhole(
  record: AttemptRecord,
  setup: LaneSetup,
  { platform, transport, queue, keyFor }: TrialPorts,
  signal: AbortSignal,
): Promise<Asked | null> {
  const request = asObject(parseJson(record.request));
  const { speech, url, thinkTags } = record;
  const stepId = `${record.stepId}-again`;
  if (request === null || speech === null) return null;
  const { stream_options: _options, ...rest } = request;
  const body = { ...rest, stream: false };
  const { provider, endpoint, model } = setup;
  const chat: AttemptRequest["chat"] = {
    provider,
    ...(endpoint === null ? {} : { endpoint }),
    dialect: speech.dialect,
    model,
    stream: false,
    body,
  };
  const recorder = openAttemptRecorder({
    stepId,
    attempt: 1,
    url,
    request: JSON.stringify(body),
    speech,
    thinkTags,
    isStreamed: false,
  });
  const release = await queue.take(url, signal, () => undefined);
  if (release === null) return null;
  const zero = platform.clock.now();
  // Whole microseconds, as a tape has them.
  const at = () => Math.round((platform.clock.now() - zero) * 1000) / 1000;
  const events: TimedEvent[] = [{ at: at(), event: { type: "step-send" } }];
  try {
    const error = await runAttempt(
      {
        request: { chat, key: keyFor(setup) },
        isStreamed: false,
        openReader: () => bindDialect(speech).open(thinkTags),
        recorder,
        at,
        signal,
        emit: () => undefined,
        onSilent: () => undefined,
      },
      { transport, platform },
    );
    if (error !== null) events.push({ at: at(), event: { type: "step-fail", error } });
  } finally {
    release();
  }
  if (signal.aborted) return null;
  const whole = joinRecord(recorder.read());
  const usage = objectAt(answerOf(whole) ?? {}, "usage");
  return {
    record: whole,
    events,
    written: stepFacts([whole])[stepId]?.written ?? null,
    outputTokens: usage === null ? null : countAt(usage, "completion_tokens"),
  };
}
