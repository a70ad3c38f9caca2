import { describe, expect, it } from "vitest";

import { buildCall, buildReasoning, buildText } from "@/lib/stream/turn/__fixtures__/build-step";

import { groupParts } from "./group-parts";

describe("groupParts", () => {
  it("puts calls side by side in one group, also across white space", () => {
    const [reasoning, first, blank, second] = [
      buildReasoning(),
      buildCall(),
      buildText({ text: "\n\n" }),
      buildCall({ id: "call-2" }),
    ];
    expect(groupParts([reasoning, first, blank, second])).toEqual([
      { type: "reasoning", part: reasoning },
      { type: "calls", calls: [first, second] },
    ]);
  });

  it("keeps wire order and parts calls that text stands between", () => {
    const [first, text, second] = [buildCall(), buildText(), buildCall({ id: "call-2" })];
    expect(groupParts([first, text, second])).toEqual([
      { type: "calls", calls: [first] },
      { type: "text", part: text },
      { type: "calls", calls: [second] },
    ]);
  });
});
