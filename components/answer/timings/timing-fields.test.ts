import { describe, expect, it } from "vitest";

import { cachedTokensOf } from "@/lib/providers/dialect-id";
import { measure } from "@/lib/stream/figures/measure";
import { buildReasoning, buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";

import { timingFields } from "./timing-fields";

describe("timingFields", () => {
  const running = buildStep({ status: { state: "connecting" }, endedAt: null, finish: null });
  const finished = buildStep({
    firstTokenAt: 310,
    lastTokenAt: 900,
    parts: [buildReasoning(), buildText()],
    usage: { input: 1512, output: 44, total: 1556, reasoning: 8, cached: 0 },
  });

  it("writes dashes for what is not known yet", () => {
    expect(timingFields(measure(running, cachedTokensOf)).map(({ text }) => text)).toEqual([
      "– tok/s",
      "first –",
      "thought –",
      "– out",
      "– in",
      "– reasoning",
      "– cached",
      "prompt – tok/s",
      "total –",
    ]);
  });

  it("keeps the fields, their order and their widths whatever is known", () => {
    const shape = (step: typeof running) =>
      timingFields(measure(step, cachedTokensOf)).map(({ key, width }) => [key, width]);
    expect(shape(finished)).toEqual(shape(running));
  });

  it("says beside each number who says so", () => {
    const tips = new Map(
      timingFields(measure(finished, cachedTokensOf)).map(({ key, text, tip }) => [key, [text, tip]]),
    );
    expect(tips.get("first")).toEqual([
      "first 0.31 s",
      "First token: measured here\nfrom Send to the first token on this page",
    ]);
    expect(tips.get("in")).toEqual([
      "1,512 in",
      "Tokens in: reported by the server\ntokens in the prompt, including tools and history",
    ]);
    expect(tips.get("cached")?.[0]).toBe("0 cached");
  });

  it("leaves room for every usual number", () => {
    for (const { text, width } of timingFields(measure(finished, cachedTokensOf)))
      expect(text.length).toBeLessThanOrEqual(width);
  });
});
