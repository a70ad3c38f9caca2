/** A turn as text on a terminal: thoughts dimmed, calls as lines, a line of timings after each step. */
import { formatCount, formatPlural, formatRate, formatSeconds } from "@/lib/stream/figures/format-number";
import { measure } from "@/lib/stream/figures/measure";
import type { StreamEvent } from "@/lib/stream/turn/event";
import type { Step, Turn } from "@/lib/stream/turn/turn";

/** Where text goes. */
export type Output = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Escape codes for dim text are understood. */
  readonly isColored: boolean;
};

export type Printer = {
  readonly lane: (label: string) => void;
  /** An event, and the turn after it. */
  readonly event: (event: StreamEvent, turn: Turn) => void;
  readonly note: (text: string) => void;
  readonly end: (text: string) => void;
};

/** Prints one turn as it comes. */
export function createPrinter(output: Output): Printer {
  let isLineOpen = false;
  let isDim = false;
  const write = (text: string) => {
    if (text === "") return;
    output.out(text);
    isLineOpen = !text.endsWith("\n");
  };
  const setDim = (dim: boolean) => {
    if (dim === isDim) return;
    isDim = dim;
    if (output.isColored) output.out(dim ? "\u001b[2m" : "\u001b[22m");
  };
  const line = (text: string, dim = false) => {
    setDim(false);
    if (isLineOpen) write("\n");
    setDim(dim);
    write(text);
    setDim(false);
    write("\n");
  };
  return {
    lane: (label) => line(`== ${label}`),
    note: (text) => output.err(`note: ${text}\n`),
    end: (text) => (text === "" ? undefined : line(text)),
    event: (event, turn) => {
      const step = turn.steps.at(-1);
      switch (event.type) {
        case "reasoning-start":
          if (isLineOpen) write("\n");
          break;
        case "reasoning-delta":
          setDim(true);
          write(event.text);
          break;
        case "text-start":
          setDim(false);
          if (isLineOpen) write("\n");
          break;
        case "text-delta":
          setDim(false);
          write(event.text);
          break;
        case "tool-input-end":
          line(callLine(step, event.id));
          break;
        case "tool-result":
          line(`  <- ${event.result.isError ? "error: " : ""}${event.result.output}`);
          break;
        case "tool-run-fail":
          line(`  ${event.message}`);
          break;
        case "retry":
          output.err(
            `attempt ${event.attempt} failed: ${event.error.message} Next in ${formatSeconds(event.delayMs)}.\n`,
          );
          break;
        case "warning":
          output.err(`warning: ${event.warning.message}\n`);
          break;
        case "step-end":
        case "step-stop":
        case "step-fail":
          if (step !== undefined && step.sentAt !== null) line(timingsLine(step), true);
          break;
        default:
          break;
      }
    },
  };
}

function callLine(step: Step | undefined, id: string): string {
  const part = step?.parts.find((candidate) => candidate.id === id);
  return part?.type === "tool-call" ? `-> ${part.name}(${part.input})` : "";
}

/** The numbers of a step that are known, as the page shows them. */
export function timingsLine(step: Step): string {
  const numbers = measure(step);
  const { outputRate, firstToken, outputTokens, totalTime } = numbers;
  const known = [
    outputRate.value === null ? null : `${formatRate(outputRate.value)} tok/s (${outputRate.source})`,
    firstToken.value === null
      ? null
      : `${formatSeconds(firstToken.value)} to first token (${firstToken.source})`,
    outputTokens.value === null ? null : `${formatCount(outputTokens.value)} tokens (${outputTokens.source})`,
    totalTime.value === null ? null : `${formatSeconds(totalTime.value)} (${totalTime.source})`,
  ];
  return known.filter((text) => text !== null).join(" · ");
}

/** How the turn ended, where that needs a word; "" for an answer that is done. */
export function describeEnd({ steps }: Turn): string {
  const step = steps.at(-1);
  if (step === undefined) return "Nothing was sent.";
  switch (step.status.state) {
    case "failed":
      return `Error: ${step.status.error.message}`;
    case "truncated":
      return `The answer was cut off. ${step.status.error?.message ?? ""}`.trim();
    case "stopped":
      return "Stopped.";
    default:
      break;
  }
  const waiting = step.parts.filter(
    (part) => part.type === "tool-call" && part.status.state === "awaiting-result",
  ).length;
  return waiting === 0 ? "" : `waiting for ${formatPlural(waiting, "result")}`;
}
