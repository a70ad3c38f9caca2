/** A turn as a row of phases on its own time axis. Pure: the only clock is `now`, given as data. */
import type { Part, Step, Turn } from "@/lib/stream/turn/turn";

export type PhaseKind = "waiting" | "prompt" | "thinking" | "answer" | "call" | "tool-wait";

/** Times are ms since the turn began. `step` is the index of the step; a tool wait belongs to the step that asked. */
export type Phase = {
  readonly kind: PhaseKind;
  readonly startMs: number;
  readonly endMs: number;
  readonly step: number;
};

/**
 * The phases of a turn, sorted, without gaps or overlaps, from its first step's start to its end (`now` while it runs,
 * and while a call waits for its result). Phases of no length are left out. Reading the prompt is its own phase only if
 * llama.cpp's progress or the server's timings report it; otherwise it is part of waiting.
 */
export function phases(turn: Turn, now: number): readonly Phase[] {
  const first = turn.steps[0];
  if (first === undefined) return [];
  const row = new Row(first.startedAt);
  for (const [index, step] of turn.steps.entries()) {
    // Between two steps only tool results are waited for.
    row.extend("tool-wait", index - 1, step.startedAt);
    addStep(row, step, index, now);
  }
  const last = turn.steps.length - 1;
  const lastStep = turn.steps[last];
  if (lastStep?.status.state === "done" && lastStep.parts.some(awaitsResult))
    row.extend("tool-wait", last, now);
  return row.list;
}

/** Phases end to end. A time that lies before the end so far adds nothing, so that odd clocks cannot overlap. */
class Row {
  readonly list: Phase[] = [];
  private end: number;

  constructor(start: number) {
    this.end = start;
  }

  extend(kind: PhaseKind, step: number, until: number): void {
    if (!(until > this.end)) return;
    const last = this.list.at(-1);
    if (last !== undefined && last.kind === kind && last.step === step) {
      this.list[this.list.length - 1] = { ...last, endMs: until };
    } else {
      this.list.push({ kind, startMs: this.end, endMs: until, step });
    }
    this.end = until;
  }
}

function addStep(row: Row, step: Step, index: number, now: number): void {
  const end = step.endedAt ?? now;
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
    row.extend(kindOf(part), index, Math.min(parts[at + 1]?.startedAt ?? end, end));
  }
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

function kindOf(part: Part): PhaseKind {
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

function awaitsResult(part: Part): boolean {
  return part.type === "tool-call" && part.status.state === "awaiting-result";
}
