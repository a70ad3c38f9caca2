import { describe, expect, it } from "vitest";

import { plainSetup } from "@/lib/providers/plain-setup";
import type { LaneSetup } from "@/lib/providers/provider";
import { buildRun, buildTrial } from "@/lib/verify/__fixtures__/build-run";

import { chosenRun, laneLabels, trialsFor } from "./new-run";

const lane = (change: Partial<LaneSetup> = {}): LaneSetup => ({
  ...plainSetup({ provider: "llamacpp", model: "tiny" }),
  ...change,
});

describe("the lanes of a run", () => {
  it("are named by their model, and by what differs where that is the same", () => {
    expect(laneLabels([lane(), lane({ model: "large" })], [])).toEqual(["llamacpp/tiny", "llamacpp/large"]);
    expect(laneLabels([lane({ effort: "low" }), lane({ effort: "high" }), lane()], [])).toEqual([
      "llamacpp/tiny, effort low",
      "llamacpp/tiny, effort high",
      "llamacpp/tiny, no effort set",
    ]);
    expect(laneLabels([lane({ dialect: "responses" }), lane()], [])).toEqual([
      "llamacpp/tiny, Responses",
      "llamacpp/tiny, its usual format",
    ]);
  });

  it("are counted where nothing that is tried tells them apart", () => {
    const setups = [lane({ effort: "low" }), lane({ effort: "high" })];
    expect(laneLabels(setups, ["low", "high"])).toEqual(["llamacpp/tiny", "llamacpp/tiny (2)"]);
  });

  it("take their times from the lane of the same name in an earlier run", () => {
    const run = chosenRun({
      setups: [lane({ effort: "low" }), lane({ effort: "high" })],
      cases: [],
      preset: "seed",
      repetitions: 1,
      efforts: [],
    });
    const second = buildTrial({ caseId: "W1", lane: 1 });
    const earlier = buildRun({ lanes: run.lanes, trials: [second] });
    expect(trialsFor(run, earlier)).toEqual([second]);
  });
});
