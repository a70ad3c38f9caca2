import { expect, it } from "vitest";

import { plainSetup } from "@/lib/providers/plain-setup";
import { laneId } from "@/lib/session/store/ids";
import type { LaneView } from "@/lib/session/store/lane-view";
import type { SettingKey } from "@/lib/session/store/session";

import { enableEverywhere, enableInLane } from "./tool-patches";

const setup = plainSetup({ provider: "llamacpp", model: "m" });

function lane(id: string, tools: readonly string[], ...own: SettingKey[]): LaneView {
  return { id: laneId(id), name: id, setup: { ...setup, tools }, own: new Set(own) };
}

it("a change in one lane reaches the lanes linked to it, and lanes of their own one by one", () => {
  const lanes = [lane("a", ["x"]), lane("b", ["x"]), lane("c", [], "tools"), lane("d", ["y"], "tools")];
  expect(enableEverywhere(lanes, ["y"], true)).toEqual([
    { lane: "a", tools: ["x", "y"], unlink: false },
    { lane: "c", tools: ["y"], unlink: false },
  ]);
});

it("a change in one lane alone breaks the link", () => {
  const lanes = [lane("a", ["x"]), lane("b", ["x"])];
  expect(enableInLane(lanes, lane("b", ["x"]), "x", false)).toEqual([{ lane: "b", tools: [], unlink: true }]);
});

it("a change has no link to break with a single lane or a lane of its own", () => {
  const single = lane("a", []);
  const own = lane("b", [], "tools");
  expect(enableInLane([single], single, "x", true)).toEqual([{ lane: "a", tools: ["x"], unlink: false }]);
  expect(enableInLane([single, own], own, "x", true)).toEqual([{ lane: "b", tools: ["x"], unlink: false }]);
});
