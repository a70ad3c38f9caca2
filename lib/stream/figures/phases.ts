/** A turn as a row of phases on its own time axis. Pure: the only clock is `now`, given as data. */
import type { Part, Step, ToolCallPart, Turn } from "@/lib/stream/turn/turn";

export type PhaseKind =
  | "waiting"
  | "prompt"
  | "thinking"
  | "answer"
  | "call"
  | "tool-wait"
  /** Nothing was at work: a result was waited for that no tool was running for. */
  | "person"
  /** Nothing was at work: the request was queued, or an attempt had failed and it was to be sent again. */
  | "unsent";

/**
 * Times are ms since the turn began. `step` is the index of the step; a wait for results belongs to the step that asked
 * for them.
 */
export type Phase = {
  readonly kind: PhaseKind;
  readonly startMs: number;
  readonly endMs: number;
  readonly step: number;
};

/** A pause below this, in ms, is the page's own work between two requests, not worth a mark. */
const LEAST_PAUSE_MS = 250;

/**
 * The phases of a turn, sorted and without overlaps, from its first step's start to its end (`now` while it runs, and
 * while a call waits for its result). Between them is nothing but short pauses. Phases of no length are left out. Reading
 * the prompt is its own phase only if llama.cpp's progress or the server's timings report it; otherwise it is part of
 * waiting.
 */
export function phases(turn: Turn, now: number): readonly Phase[] {
  const first = turn.steps[0];
  if (first === undefined) return [];
  const row = new Row(first.startedAt);
  for (const [index, step] of turn.steps.entries()) {
    addStep(row, step, index, now);
    const next = turn.steps[index + 1];
    if (next !== undefined) addResults(row, step, index, next.startedAt);
    else if (step.status.state === "done" && step.parts.some(awaitsResult)) addResults(row, step, index, now);
  }
  return row.list;
}

/** Whether nothing was at work in a phase: it has no width on a strip, and is in no total. */
export function isPause({ kind }: Phase): boolean {
  return kind === "person" || kind === "unsent";
}

/** ms of all phases but the pauses. */
export function workedMs(list: readonly Phase[]): number {
  return list.reduce((sum, phase) => sum + (isPause(phase) ? 0 : phase.endMs - phase.startMs), 0);
}

/** The last moment that a turn has data for, in ms on its axis. */
export function lastStepMoment(turn: Turn): number {
  const step = turn.steps.at(-1);
  return step === undefined
    ? 0
    : (step.endedAt ?? step.lastTokenAt ?? step.headAt ?? step.sentAt ?? step.startedAt);
}

/** Phases in their order. A time that lies before the end so far adds nothing, so that odd clocks cannot overlap. */
class Row {
  readonly list: Phase[] = [];
  private end: number;

  constructor(start: number) {
    this.end = start;
  }

  extend(kind: PhaseKind, step: number, until: number): void {
    if (!(until > this.end)) return;
    const last = this.list.at(-1);
    if (last !== undefined && last.kind === kind && last.step === step && last.endMs === this.end) {
      this.list[this.list.length - 1] = { ...last, endMs: until };
    } else {
      this.list.push({ kind, startMs: this.end, endMs: until, step });
    }
    this.end = until;
  }

  pause(kind: "person" | "unsent", step: number, until: number): void {
    if (until - this.end >= LEAST_PAUSE_MS) this.extend(kind, step, until);
    else this.end = Math.max(this.end, until);
  }
}

function addStep(row: Row, step: Step, index: number, now: number): void {
  const end = step.endedAt ?? now;
  row.pause("unsent", index, isUnsent(step) ? end : Math.min(step.sentAt ?? step.startedAt, end));
  const parts = step.parts.toSorted((a, b) => a.startedAt - b.startedAt);
  const firstPart = parts[0];
  const firstAt = Math.min(firstPart?.startedAt ?? end, end);
  const prompt = promptSpan(step, firstAt);
  if (prompt !== null) {
    row.extend("waiting", index, prompt.startMs);
    row.extend("prompt", index, prompt.endMs);
  }
  row.extend("waiting", index, firstAt);
  for (const [at, part] of parts.entries()) {
    // A part lasts until the next begins: interleaved parts take turns, and the last one goes on to the end.
    row.extend(phaseKind(part), index, Math.min(parts[at + 1]?.startedAt ?? end, end));
  }
}

/** Whether a step has not left the page, or was stopped before it did. */
export function isUnsent(step: Step): boolean {
  return step.sentAt === null && step.parts.length === 0;
}

/** What happened between a step and the next: tools that ran, and the wait for whoever else gives results. */
function addResults(row: Row, step: Step, index: number, until: number): void {
  const calls = step.parts.filter((part): part is ToolCallPart => part.type === "tool-call");
  const runs = calls.flatMap(({ status }) => {
    if (status.state === "running") return [{ from: status.startedAt, to: until }];
    if (status.state === "answered" && status.ranFrom !== undefined)
      return [{ from: status.ranFrom, to: status.at }];
    return [];
  });
  for (const { from, to } of runs.toSorted((a, b) => a.from - b.from)) {
    row.pause("person", index, Math.min(from, until));
    row.extend("tool-wait", index, Math.min(to, until));
  }
  row.pause("person", index, until);
}

/** When the prompt was read, as far as it was reported. llama.cpp's progress comes first, because it was drawn live. */
function promptSpan(step: Step, firstAt: number): { startMs: number; endMs: number } | null {
  const sentAt = step.sentAt ?? step.startedAt;
  if (step.promptProgress !== null) {
    const { at, elapsedMs } = step.promptProgress;
    return { startMs: Math.max(sentAt, at - elapsedMs), endMs: firstAt };
  }
  const promptMs = step.timings?.promptMs ?? null;
  if (promptMs === null || step.parts.length === 0) return null;
  return { startMs: Math.max(sentAt, firstAt - promptMs), endMs: firstAt };
}

function phaseKind(part: Part): PhaseKind {
  switch (part.type) {
    case "reasoning":
      return "thinking";
    case "text":
    case "image":
    case "unknown":
      return "answer";
    case "tool-call":
    case "provider-call":
      return "call";
  }
}

/** Whether a call waits for its result, or a tool runs for it. */
export function awaitsResult(part: Part): boolean {
  return (
    part.type === "tool-call" && (part.status.state === "awaiting-result" || part.status.state === "running")
  );
}
