/** A turn as text on a terminal: thoughts dimmed, calls as lines, a line of timings after each step. */
import { cachedTokensOf } from "@/lib/providers/dialect-id";
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
  readonly prompt: (text: string) => void;
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
    prompt: (text) => line(`> ${text.replaceAll("\n", "\n> ")}`),
    note: (text) => output.err(`note: ${text}\n`),
    end: (text) => (text === "" ? undefined : line(text)),
    event: (event, turn) => {
      const step = turn.steps.at(-1);
      if (event.type === "reasoning-delta" || event.type === "text-delta") {
        setDim(event.type === "reasoning-delta");
        write(event.text);
      } else if (event.type === "reasoning-start" || event.type === "text-start") {
        setDim(false);
        if (isLineOpen) write("\n");
      } else if (event.type === "tool-input-end") line(callLine(step, event.id));
      else if (event.type === "tool-result")
        line(`  <- ${event.result.isError ? "error: " : ""}${event.result.output}`);
      else if (event.type === "tool-run-fail") line(`  ${event.message}`);
      else if (event.type === "retry")
        output.err(
          `attempt ${event.attempt} failed: ${event.error.message} Next in ${formatSeconds(event.delayMs)}.\n`,
        );
      else if (event.type === "warning") output.err(`warning: ${event.warning.message}\n`);
      else if (isEnding(event) && step !== undefined && step.sentAt !== null) line(timingsLine(step), true);
    },
  };
}

function isEnding({ type }: StreamEvent): boolean {
  return type === "step-end" || type === "step-stop" || type === "step-fail";
}

function callLine(step: Step | undefined, id: string): string {
  const part = step?.parts.find((candidate) => candidate.id === id);
  return part?.type === "tool-call" ? `-> ${part.name}(${part.input})` : "";
}

/** The numbers of a step that are known, as the page shows them. */
export function timingsLine(step: Step): string {
  const numbers = measure(step, cachedTokensOf);
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
  const { status } = step;
  if (status.state === "failed") return `Error: ${status.error.message}`;
  if (status.state === "truncated") return `The answer was cut off. ${status.error?.message ?? ""}`.trim();
  if (status.state === "stopped") return "Stopped.";
  const waiting = step.parts.filter(
    (part) => part.type === "tool-call" && part.status.state === "awaiting-result",
  ).length;
  return waiting === 0 ? "" : `waiting for ${formatPlural(waiting, "result")}`;
}
