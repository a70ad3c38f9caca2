import { plainSetup } from "@/lib/providers/plain-setup";
/** Runs for tests and for looking at the screen: every verdict, group and fault class, the same each time. */
import { CASE_GROUPS, type CaseGroup, PLAIN_REQUEST, type Suite, type VerifyCase } from "@/lib/verify/case";
import {
  type Blame,
  type Evidence,
  FAULT_CLASSES,
  type FaultClass,
  type NotMeasured,
  type Trial,
  type TrialFigures,
  type TrialKey,
  type Verdict,
} from "@/lib/verify/trial";
import type { ServerFacts, VerifyLane, VerifyRun } from "@/lib/verify/verify-run";

/** A case with one prompt, no tools and one grader, but for these fields. */
export function buildCase(fields: Partial<VerifyCase> = {}): VerifyCase {
  return {
    id: "W1",
    group: "wire",
    title: "says hi in Portuguese",
    system: "",
    prompts: [{ text: "Say hi in Portuguese.", tools: null }],
    tools: [],
    ask: PLAIN_REQUEST,
    modes: ["stream"],
    isPerEffort: false,
    expects: [{ grader: "text", how: "contains", anyOf: ["olá", "oi"], noneOf: [] }],
    exercised: [],
    isOff: false,
    ...fields,
  };
}

export function buildSuite(cases: readonly VerifyCase[], name = "vitrine-1"): Suite {
  return { name, cases };
}

/** A passed trial of the first lane's first case, but for these fields. */
export function buildTrial(
  key: Partial<TrialKey> = {},
  verdict: Verdict = { verdict: "pass", notes: [] },
  figures: Partial<TrialFigures> = {},
): Trial {
  return {
    key: { lane: 0, caseId: "W1", mode: "stream", effort: null, repetition: 0, ...key },
    startedAt: 1_700_000_000_000,
    verdict,
    figures: {
      totalMs: 900,
      firstCallMs: 320,
      promptTokens: 120,
      outputTokens: 40,
      reasoningTokens: 0,
      costUsd: null,
      steps: 1,
      calls: 1,
      retries: 0,
      confirmations: 0,
      ...figures,
    },
  };
}

/** A failure of this class. */
export function failed(
  fault: FaultClass = "argument",
  blame: Blame = "model",
  evidence: readonly Evidence[] = [],
): Verdict {
  return {
    verdict: "fail",
    fault,
    blame,
    why: `Expected city "Florence", received "Paris".`,
    evidence,
  };
}

export function notMeasured(reason: NotMeasured = "rate-limit"): Verdict {
  return { verdict: "not-measured", reason, why: "The server answered 429 to every attempt." };
}

export function buildFacts(fields: Partial<ServerFacts> = {}): ServerFacts {
  return {
    model: "smollm2-135m-instruct-q8_0.gguf",
    quantization: "Q8_0",
    templateHash: "0a1b2c3d4e5f",
    build: "b11434-deadbee",
    contextTokens: 8192,
    readsEffort: null,
    efforts: null,
    ...fields,
  };
}

export function buildLane(label = "llamacpp/smollm2-135m", fields: Partial<VerifyLane> = {}): VerifyLane {
  const [provider = "", ...model] = label.split("/");
  const facts = buildFacts();
  return {
    label,
    from: "server",
    setup: plainSetup({ provider, model: model.join("/") }),
    efforts: [null],
    before: facts,
    after: facts,
    ...fields,
  };
}

/** A finished run of one lane without trials, but for these fields. */
export function buildRun(fields: Partial<VerifyRun> = {}): VerifyRun {
  return {
    id: "run-1",
    startedAt: 1_700_000_000_000,
    endedAt: 1_700_000_600_000,
    suite: buildSuite([buildCase()]),
    suiteHash: "5".repeat(64),
    preset: "seed",
    repetitions: 5,
    lanes: [buildLane()],
    trials: [],
    voided: null,
    ...fields,
  };
}

/** How many cases each group of the large run has: 49 together. */
const SIZES: Readonly<Record<CaseGroup, number>> = {
  wire: 7,
  single: 5,
  arguments: 9,
  restraint: 7,
  parallel: 4,
  choice: 3,
  turns: 5,
  recovery: 3,
  structured: 2,
  effort: 2,
  safety: 2,
  own: 0,
};

const LETTERS: Readonly<Record<CaseGroup, string>> = {
  wire: "W",
  single: "S",
  arguments: "A",
  restraint: "N",
  parallel: "P",
  choice: "C",
  turns: "T",
  recovery: "R",
  structured: "J",
  effort: "E",
  safety: "X",
  own: "O",
};

/** A run like a real one: 49 cases, lanes of different strength, each verdict and fault class somewhere. */
export function largeRun(
  lanes: readonly VerifyLane[] = [buildLane(), buildLane("groq/openai/gpt-oss-20b")],
  repetitions = 5,
  seed = 7,
): VerifyRun {
  const random = seeded(seed);
  const cases = CASE_GROUPS.flatMap((group) =>
    Array.from({ length: SIZES[group] }, (_, index) =>
      buildCase({
        id: `${LETTERS[group]}${index + 1}`,
        group,
        title: TITLES[index % TITLES.length] ?? "",
        modes: index === 0 ? ["whole", "stream"] : ["stream"],
        isPerEffort: index % 3 === 0,
      }),
    ),
  );
  const trials = lanes.flatMap((lane, laneIndex) =>
    cases.flatMap((each, caseIndex) =>
      each.modes.flatMap((mode) =>
        (each.isPerEffort ? lane.efforts : [null]).flatMap((effort) => {
          const strength = [1, 0.95, 0.8, 0.5, 0.1][(caseIndex * 3 + laneIndex * 2) % 5] ?? 1;
          return Array.from({ length: repetitions }, (_, repetition) =>
            buildTrial(
              { lane: laneIndex, caseId: each.id, mode, effort, repetition },
              verdictOf(caseIndex, laneIndex, random() < strength, random),
              { totalMs: 300 + random() * 4000, outputTokens: Math.round(20 + random() * 200) },
            ),
          );
        }),
      ),
    ),
  );
  return buildRun({ suite: buildSuite(cases), preset: "full", repetitions, lanes, trials });
}

const TITLES = [
  "weather in Florence",
  "the tool of four that fits",
  "an optional argument left out",
  "a string with quotes, a line break and a closing tag in it",
  "a date in the tool's own odd format",
  "the correction after the call",
  "a result that contradicts what is known",
] as const;

const BLAMES: readonly Blame[] = ["model", "server", "template", "schema", "undecided"];

function verdictOf(caseIndex: number, lane: number, passes: boolean, random: () => number): Verdict {
  if ((caseIndex + lane) % 17 === 16) return notMeasured("not-exercised");
  if ((caseIndex + lane) % 23 === 22) return { verdict: "skipped", why: "Not recorded." };
  if (passes) return { verdict: "pass", notes: [] };
  const fault = FAULT_CLASSES[Math.floor(random() * FAULT_CLASSES.length)] ?? "text";
  const blame = BLAMES[Math.floor(random() * BLAMES.length)] ?? "undecided";
  return failed(fault, blame, [{ at: "step", turn: 0, step: 0 }]);
}

/** Mulberry32: the same numbers in [0, 1) for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
