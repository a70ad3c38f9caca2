import type { CallEdit, Finish, RunError, StepRequest, StreamEvent, TimedEvent, Usage } from "./event";
import { endPart, foldPart, isPartEvent } from "./fold-part";
import { parseArguments } from "./parse-arguments";
import { isFromTool } from "./result-origin";
import { splitThought } from "./split-thought";
import type { Part, Step, StepStatus, ToolCallPart, ToolCallStatus, Turn } from "./turn";

const MOST_WARNINGS = 100;
/** Characters of a running tool's log that are kept: the newest. */
const MOST_LOG = 100_000;
/** Of a step that failed before anybody said where it would be sent. */
const UNKNOWN_REQUEST: StepRequest = { provider: "", dialect: "", model: "", endpoint: null };

/** A turn before its first event. */
export function emptyTurn(): Turn {
  return { steps: [] };
}

/**
 * The only place a turn changes. Pure: the same events always give the same turn. Never throws: an event that does not
 * apply (a delta of an unknown part, anything but a warning or a tool result after the end) changes nothing and returns
 * the same turn. An ending is never lost: where a step was due and none had started, it opens one, so that every run
 * shows how it ended.
 */
export function fold(turn: Turn, timed: TimedEvent): Turn {
  const { event, at } = timed;
  if (event.type === "step-start") return startStep(turn, event, at);
  if (isCallEvent(event)) return foldCall(turn, event, at);
  if (event.type === "read-thought") return readThought(turn, event);
  if (event.type === "loop-pause") return pauseStep(turn, event);
  if (isEnding(event) && isStepDue(turn)) return endUnopened(turn, timed);
  const step = turn.steps.at(-1);
  if (step === undefined) return turn;
  const next = foldStep(step, event, at);
  return next === step ? turn : { steps: [...turn.steps.slice(0, -1), next] };
}

type RunEvent = EventOf<
  "tool-run-start" | "tool-run-progress" | "tool-run-ask" | "tool-run-hold" | "tool-run-fail" | "tool-result"
>;
type CallEvent = RunEvent | EventOf<"call-edit">;
type StepEvent = Exclude<StreamEvent, CallEvent | { type: "step-start" | "read-thought" | "loop-pause" }>;
type EventOf<T extends StreamEvent["type"]> = Extract<StreamEvent, { type: T }>;

function startStep(turn: Turn, event: EventOf<"step-start">, at: number): Turn {
  if (turn.steps.some((step) => step.id === event.stepId)) return turn;
  const step: Step = {
    id: event.stepId,
    request: event.request,
    status: { state: "queued", behind: null },
    startedAt: at,
    sentAt: null,
    headAt: null,
    firstTokenAt: null,
    lastTokenAt: null,
    endedAt: null,
    head: null,
    responseId: null,
    responseModel: null,
    promptProgress: null,
    parts: [],
    finish: null,
    usage: null,
    costUsd: null,
    timings: null,
    warnings: [],
    retries: [],
  };
  return { steps: [...turn.steps, step] };
}

function isEnding(event: StepEvent): boolean {
  return event.type === "step-fail" || event.type === "step-stop" || event.type === "step-end";
}

/** Whether the next thing to happen is a step: none was there yet, or every call of the last one has its result. */
function isStepDue(turn: Turn): boolean {
  const last = turn.steps.at(-1);
  if (last === undefined) return true;
  const calls = last.parts.filter((part) => part.type === "tool-call");
  return last.endedAt !== null && calls.length > 0 && calls.every((call) => call.status.state === "answered");
}

function endUnopened(turn: Turn, { event, at }: TimedEvent): Turn {
  const stepId = `unopened-${turn.steps.length}`;
  return fold(startStep(turn, { type: "step-start", stepId, request: UNKNOWN_REQUEST }, at), { event, at });
}

function foldStep(step: Step, event: StepEvent, at: number): Step {
  if (event.type === "warning") return warn(step, event);
  if (step.endedAt !== null) return step;
  if (isPartEvent(event)) return foldPart(step, event, at);
  switch (event.type) {
    case "step-queue":
      return { ...step, status: { state: "queued", behind: event.behind } };
    case "step-send":
      return { ...step, sentAt: at, headAt: null, head: null, status: { state: "connecting" } };
    case "retry":
      return retryStep(step, event, at);
    case "response-head":
      return { ...step, headAt: at, head: event.head };
    case "response-start":
      return {
        ...step,
        responseId: step.responseId ?? event.id,
        responseModel: step.responseModel ?? event.model,
      };
    case "prompt-progress":
      return readPrompt(step, event, at);
    case "usage":
      return { ...step, usage: mergeUsage(step.usage, event.usage) };
    case "cost":
      return { ...step, costUsd: event.usd };
    case "timings":
      return { ...step, timings: event.timings };
    case "finish":
      return step.finish === null ? { ...step, finish: inferFinish(event.finish, step.parts) } : step;
    case "step-end":
      return endStep(step, event.error ?? null, at);
    case "step-stop":
      return close(step, { state: "stopped" }, at);
    case "step-fail":
      return close(step, { state: "failed", error: event.error }, at);
  }
}

function warn(step: Step, event: EventOf<"warning">): Step {
  if (step.warnings.length >= MOST_WARNINGS) return step;
  return { ...step, warnings: [...step.warnings, event.warning] };
}

function retryStep(step: Step, event: EventOf<"retry">, at: number): Step {
  const retry = { attempt: event.attempt, of: event.of, delayMs: event.delayMs, error: event.error, at };
  return { ...step, status: { state: "retrying", retry }, retries: [...step.retries, retry] };
}

function readPrompt(step: Step, event: EventOf<"prompt-progress">, at: number): Step {
  const { total, cached, processed, elapsedMs } = event;
  const promptProgress = { total, cached, processed, elapsedMs, at };
  return step.firstTokenAt === null
    ? { ...step, promptProgress, status: { state: "reading-prompt" } }
    : { ...step, promptProgress };
}

function mergeUsage(known: Usage | null, report: Usage): Usage {
  if (known === null) return report;
  return {
    input: report.input ?? known.input,
    output: report.output ?? known.output,
    total: report.total ?? known.total,
    reasoning: report.reasoning ?? known.reasoning,
    cached: report.cached ?? known.cached,
  };
}

/** Servers that report "stop" along with a call are waiting for its result. */
function inferFinish(finish: Finish, parts: readonly Part[]): Finish {
  const isCall = finish.unified === "stop" && parts.some((part) => part.type === "tool-call");
  return isCall ? { ...finish, unified: "tool-calls" } : finish;
}

function endStep(step: Step, error: RunError | null, at: number): Step {
  if (step.finish !== null) return close(step, { state: "done" }, at);
  const cut: Step = { ...step, finish: { unified: "truncated", raw: null } };
  return close(cut, { state: "truncated", error }, at);
}

function close(step: Step, status: StepStatus, at: number): Step {
  return { ...step, status, endedAt: at, parts: step.parts.map((part) => endPart(part, at)) };
}

function readThought(turn: Turn, event: EventOf<"read-thought">): Turn {
  const step = turn.steps.find((candidate) => candidate.id === event.stepId);
  const part = step?.parts.find((candidate) => candidate.id === event.id);
  if (step === undefined || step.endedAt === null || part?.type !== "text") return turn;
  const split = splitThought(part);
  if (split === null) return turn;
  const parts = step.parts.flatMap((candidate) => (candidate === part ? split : [candidate]));
  return replaceStep(turn, step, { ...step, parts });
}

function isCallEvent(event: StreamEvent): event is CallEvent {
  return event.type.startsWith("tool-run-") || event.type === "tool-result" || event.type === "call-edit";
}

/** What happens to a call after its step has ended. */
function foldCall(turn: Turn, event: CallEvent, at: number): Turn {
  const step = turn.steps.find((candidate) => candidate.id === event.stepId);
  const part = step?.parts.find((candidate) => candidate.id === event.id);
  if (step === undefined || step.endedAt === null || part?.type !== "tool-call") return turn;
  const next = event.type === "call-edit" ? editCall(part, event.edit) : runCall(part, event, at);
  if (next === part) return turn;
  const parts = step.parts.map((candidate) => (candidate === part ? next : candidate));
  return replaceStep(turn, step, { ...step, parts });
}

/** Only while nothing ran: what a result answers stays as it was. */
function editCall(part: ToolCallPart, edit: CallEdit | null): ToolCallPart {
  if (part.status.state !== "awaiting-result" || part.form !== "json") return part;
  const { edit: _old, ...rest } = part;
  const args = parseArguments(edit?.text ?? part.input);
  return { ...rest, status: { state: "awaiting-result", args }, ...(edit === null ? {} : { edit }) };
}

function runCall(part: ToolCallPart, event: RunEvent, at: number): ToolCallPart {
  const status = nextStatus(part.status, event, at);
  return status === part.status ? part : { ...part, status };
}

function pauseStep(turn: Turn, { stepId, pause }: EventOf<"loop-pause">): Turn {
  const step = turn.steps.find((candidate) => candidate.id === stepId);
  return step === undefined || step.endedAt === null ? turn : replaceStep(turn, step, { ...step, pause });
}

function replaceStep(turn: Turn, step: Step, next: Step): Turn {
  return { steps: turn.steps.map((candidate) => (candidate === step ? next : candidate)) };
}

function nextStatus(status: ToolCallStatus, event: RunEvent, at: number): ToolCallStatus {
  if (status.state === "input-streaming" || status.state === "unfinished") return status;
  const { args } = status;
  switch (event.type) {
    case "tool-result":
      return {
        state: "answered",
        args,
        result: event.result,
        at,
        // What a person gave, also in advance or while a tool ran, did not come from the tool.
        ...(status.state === "running" && isFromTool(event.result.origin)
          ? { ranFrom: status.startedAt }
          : {}),
      };
    case "tool-run-start":
      return status.state === "awaiting-result" ? { state: "running", args, startedAt: at, log: "" } : status;
    case "tool-run-progress":
      return status.state === "running"
        ? { ...status, log: (status.log + event.text).slice(-MOST_LOG) }
        : status;
    case "tool-run-ask": {
      if (status.state !== "running") return status;
      const { question: _answered, ...rest } = status;
      return event.question === null ? rest : { ...rest, question: event.question };
    }
    case "tool-run-hold":
      return status.state === "running" ? { state: "awaiting-result", args, held: event.result } : status;
    case "tool-run-fail":
      return status.state === "answered"
        ? status
        : {
            state: "awaiting-result",
            args,
            failure: event.message,
            ...(event.reason === undefined ? {} : { reason: event.reason }),
          };
  }
}
