/** A turn's numbers, each with its provenance. Pure. */
import type { Step, Turn } from "@/lib/stream/turn/turn";

import { type Figure, type FigureSource, unknown } from "./figure";
import { type CachedTokensOf, measure, type StepNumbers } from "./measure";
import { lastStepMoment, phases, workedMs } from "./phases";

/** The same numbers for a step and for a turn. */
export type Numbers = Omit<StepNumbers, "stop">;

/**
 * The numbers of a turn. Sums are over all steps, and unknown with any of them, because a partial sum would look like
 * the whole. A rate is all tokens over all of their time, of the steps that have one. The first token is that of the first
 * step, and the total leaves out what a person was waited for. A figure is as reliable as the weakest it was made from.
 */
export function measureTurn(turn: Turn, cachedTokensOf: CachedTokensOf): Numbers {
  const { turns } = knownBy(cachedTokensOf);
  const found = turns.get(turn);
  if (found !== undefined) return found;
  const numbers = numbersOf(turn, cachedTokensOf);
  turns.set(turn, numbers);
  return numbers;
}

/** The numbers of a step, which are worked out once. */
export function measureStep(step: Step, cachedTokensOf: CachedTokensOf): StepNumbers {
  const { steps } = knownBy(cachedTokensOf);
  const found = steps.get(step);
  if (found !== undefined) return found;
  const numbers = measure(step, cachedTokensOf);
  steps.set(step, numbers);
  return numbers;
}

type Known = { readonly turns: WeakMap<Turn, Numbers>; readonly steps: WeakMap<Step, StepNumbers> };

const measured = new WeakMap<CachedTokensOf, Known>();

function knownBy(cachedTokensOf: CachedTokensOf): Known {
  const found = measured.get(cachedTokensOf);
  if (found !== undefined) return found;
  const made: Known = { turns: new WeakMap(), steps: new WeakMap() };
  measured.set(cachedTokensOf, made);
  return made;
}

function numbersOf(turn: Turn, cachedTokensOf: CachedTokensOf): Numbers {
  const each = turn.steps.map((step) => measureStep(step, cachedTokensOf));
  const [first] = each;
  if (first === undefined) return NOTHING;
  if (each.length === 1) return first;
  const promptTokens = turn.steps.map((step) => step.timings?.promptTokens ?? null);
  return {
    outputRate: rate(
      each.map(({ outputRate, outputTokens }) => ({ rate: outputRate, tokens: outputTokens.value })),
    ),
    firstToken: first.firstToken.value === null ? first.firstToken : ofFirstStep(first.firstToken),
    reasoningTime: sum(timesOf(turn, each, "reasoning")),
    answerTime: sum(timesOf(turn, each, "text")),
    outputTokens: sum(each.map(({ outputTokens }) => outputTokens)),
    reasoningTokens: sum(each.map(({ reasoningTokens }) => reasoningTokens)),
    inputTokens: sum(each.map(({ inputTokens }) => inputTokens)),
    cachedTokens: sum(each.map(({ cachedTokens }) => cachedTokens)),
    newTokens: sum(each.map(({ newTokens }) => newTokens)),
    promptRate: rate(
      each.map(({ promptRate }, index) => ({ rate: promptRate, tokens: promptTokens[index] ?? null })),
    ),
    totalTime: totalTime(turn, each),
    cost: sum(each.map(({ cost }) => cost)),
  };
}

const NOTHING_SENT = unknown("nothing was sent");
const NOTHING: Numbers = {
  outputRate: NOTHING_SENT,
  firstToken: NOTHING_SENT,
  reasoningTime: NOTHING_SENT,
  answerTime: NOTHING_SENT,
  outputTokens: NOTHING_SENT,
  reasoningTokens: NOTHING_SENT,
  inputTokens: NOTHING_SENT,
  cachedTokens: NOTHING_SENT,
  newTokens: NOTHING_SENT,
  promptRate: NOTHING_SENT,
  totalTime: NOTHING_SENT,
  cost: NOTHING_SENT,
};

function ofFirstStep(figure: Figure): Figure {
  return { ...figure, explain: `${figure.explain}, in the first step` };
}

/** The times of the steps that have such a part: the others took none. */
function timesOf(turn: Turn, each: readonly StepNumbers[], type: "reasoning" | "text"): readonly Figure[] {
  const key = type === "reasoning" ? "reasoningTime" : "answerTime";
  const times = each.filter((_, index) => turn.steps[index]?.parts.some((part) => part.type === type));
  return (times.length === 0 ? each.slice(0, 1) : times).map((numbers) => numbers[key]);
}

function totalTime(turn: Turn, each: readonly StepNumbers[]): Figure {
  const known = sum(each.map((step) => step.totalTime));
  if (known.value === null) return known;
  const list = phases(turn, lastStepMoment(turn));
  const tools = list.some(({ kind }) => kind === "tool-wait") ? ", with the tools that ran in between" : "";
  return { ...known, value: workedMs(list), explain: known.explain + tools };
}

function sum(figures: readonly Figure[]): Figure {
  const [only] = figures;
  if (figures.length === 1 && only !== undefined) return only;
  let value = 0;
  for (const figure of figures) {
    if (figure.value === null) return unknown("unknown for at least one step");
    value += figure.value;
  }
  return { value, source: weakest(figures), explain: `sum of ${figures.length} steps` };
}

/** Σ tokens / Σ (tokens / rate), over the steps in which both are known. */
function rate(each: readonly { readonly rate: Figure; readonly tokens: number | null }[]): Figure {
  let tokens = 0;
  let seconds = 0;
  const used: Figure[] = [];
  for (const step of each) {
    if (step.rate.value === null || step.tokens === null || step.tokens === 0) continue;
    tokens += step.tokens;
    seconds += step.tokens / step.rate.value;
    used.push(step.rate);
  }
  if (used.length === 0) return each[0]?.rate.value === null ? each[0].rate : unknown("no step has a rate");
  const of = used.length === each.length ? `${each.length} steps` : `${used.length} of ${each.length} steps`;
  return { value: tokens / seconds, source: weakest(used), explain: `all tokens over their time, in ${of}` };
}

const STRENGTH: readonly FigureSource[] = ["unknown", "estimated", "measured", "server"];

function weakest(figures: readonly Figure[]): FigureSource {
  const found = figures.map(({ source }) => STRENGTH.indexOf(source));
  return STRENGTH[Math.min(...found)] ?? "unknown";
}
