/** What a verdict needs beside its own trial: renders of the prompt, and the trials at other levels of effort. */
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import { effortOptions } from "@/lib/providers/rules/effort";
import { speechOf } from "@/lib/providers/speech-of";
import { prepareStep } from "@/lib/run/prepare-step";
import type { RunPorts } from "@/lib/run/run-turn";
import { emptyTurn } from "@/lib/stream/turn/fold";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { VerifyCase } from "@/lib/verify/case";
import type { EffortFacts, EffortLevel, EffortRender } from "@/lib/verify/graders/graded-trial";
import type { Trial, TrialKey } from "@/lib/verify/trial";
import type { VerifyLane } from "@/lib/verify/verify-run";

import { trialRequest } from "./trial-request";

/** Whether the case asks what effort does to the prompt. */
export function needsRenders({ expects }: VerifyCase): boolean {
  return expects.some(({ grader }) => grader === "effort-proof" || grader === "effort-trend");
}

type RenderPorts = Pick<RunPorts, "servers" | "keyFor"> & {
  readonly renderPrompt: (setup: LaneSetup, body: JsonObject, signal: AbortSignal) => Promise<string | null>;
  readonly signal: AbortSignal;
};

/** The case's first prompt as the server's template renders it at the lane's levels; null where there are not two, or it renders none. */
export async function effortRenders(
  test: VerifyCase,
  lane: VerifyLane,
  { mode }: Pick<TrialKey, "mode">,
  ports: RenderPorts,
): Promise<EffortFacts["renders"]> {
  const renders: EffortRender[] = [];
  for (const effort of levelsOf(lane)) {
    const body = bodyAt(test, lane, { mode, effort }, ports);
    const prompt = body === null ? null : await ports.renderPrompt(lane.setup, body, ports.signal);
    if (prompt === null) return null;
    renders.push({ effort, prompt });
  }
  return renders.length < 2 ? null : renders;
}

/** Tokens of thought of the case at each of the lane's levels, in these trials, from low to high as the lane names them. */
export function effortLevels(
  { id }: VerifyCase,
  lane: VerifyLane | undefined,
  trials: readonly Pick<Trial, "key" | "figures">[],
  index: number,
): readonly EffortLevel[] {
  const own = trials.filter(({ key }) => key.lane === index && key.caseId === id);
  return (lane?.efforts ?? []).flatMap((effort) => {
    if (effort === null) return [];
    const at = own.filter(({ key }) => key.effort === effort);
    return [{ effort, reasoningTokens: at.flatMap(({ figures }) => figures.reasoningTokens ?? []) }];
  });
}

/** The levels of a lane; where it names fewer than two, the lowest and the highest that its model takes. */
function levelsOf({ setup, efforts }: VerifyLane): readonly string[] {
  const named = efforts.filter((effort) => effort !== null);
  if (named.length > 1) return named;
  const provider = findProvider(setup.provider);
  if (provider === null) return [];
  const { quirks } = speechOf(provider, setup.dialect);
  const { values, verified } = effortOptions(provider, quirks, setup.model);
  if (!verified && quirks.effortShape === "effort-and-template") return ["low", "high"];
  const levels = values.filter((value) => value !== "none");
  const [lowest, highest] = [levels[0], levels.at(-1)];
  return lowest === undefined || highest === undefined || lowest === highest ? [] : [lowest, highest];
}

function bodyAt(
  test: VerifyCase,
  lane: VerifyLane,
  at: Pick<TrialKey, "mode" | "effort">,
  { servers, keyFor }: RenderPorts,
): JsonObject | null {
  const request = trialRequest(test, lane, at);
  const first = typeof request === "string" ? undefined : request.prompts[0];
  if (typeof request === "string" || first === undefined) return null;
  const prepared = prepareStep({
    setup: first.setup,
    tools: request.tools,
    history: [{ prompt: first.text, turn: emptyTurn() }],
    reply: servers(),
    keyHeld: keyFor(lane.setup) !== null,
    shape: request.shape,
  });
  return prepared.ok ? prepared.step.body : null;
}
