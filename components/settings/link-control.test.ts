import { describe, expect, it } from "vitest";

import { setup } from "@/lib/providers/dialects/__fixtures__/history";
import { laneId } from "@/lib/session/store/ids";
import type { LaneView } from "@/lib/session/store/lane-view";
import { sampleTools } from "@/lib/tools/samples";

import { linkControl } from "./link-control";

const view = (laneNumber: number, effort: string | null, isOwn: boolean): LaneView => ({
  id: laneId(`lane-${laneNumber}`),
  name: `Lane ${laneNumber}: m`,
  setup: setup({ effort }),
  own: new Set(isOwn ? (["effort"] as const) : []),
});
const control = (...lanes: readonly [LaneView, ...LaneView[]]) =>
  linkControl(lanes, lanes[0], ["effort"], sampleTools);

describe("the link of a setting", () => {
  it("is there only where there are several lanes", () => {
    expect(control(view(1, "low", false))).toBeNull();
  });

  it("says the same in all lanes only while no lane has its own", () => {
    expect(control(view(1, "low", false), view(2, "low", false))).toEqual({
      isSame: true,
      choices: [],
      canOwn: true,
    });
    expect(control(view(1, "low", false), view(2, "high", true))?.isSame).toBe(false);
  });

  it("offers the values that lanes show, and no other", () => {
    expect(control(view(1, "low", true), view(2, "high", true))).toEqual({
      isSame: false,
      choices: [
        { label: "Use lane 2's: high", source: "lane-2" },
        { label: "Use this value everywhere: low", source: "lane-1" },
      ],
      canOwn: false,
    });
    const three = control(
      view(1, null, false),
      view(2, "high", true),
      view(3, "high", true),
      view(4, null, false),
    );
    expect(three).toEqual({
      isSame: false,
      choices: [
        { label: "Use lane 2's: high", source: "lane-2" },
        { label: "Use this value everywhere: not set", source: "lane-1" },
      ],
      canOwn: true,
    });
  });

  it("names tools, prompts and choices in a person's words", () => {
    const lanes = [
      view(1, null, false),
      { ...view(2, null, false), own: new Set(["tools"] as const) },
    ] as const;
    const tools = { ...lanes[1], setup: setup({ tools: sampleTools.slice(0, 2).map(({ id }) => id) }) };
    expect(linkControl([lanes[0], tools], lanes[0], ["tools"], sampleTools)?.choices[0]?.label).toBe(
      "Use lane 2's: weather, search",
    );
  });
});
