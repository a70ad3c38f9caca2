import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";

import { setup } from "@/lib/providers/dialects/__fixtures__/history";
import { settingLimits } from "@/lib/providers/rules/setting-limits";

import { EffortField } from "./effort-field";

function draw(provider: string, model: string, effort: string | null): string {
  const limits = settingLimits(setup({ provider, model }));
  if (limits === null) throw new Error(provider);
  return renderToStaticMarkup(<EffortField value={effort} options={limits.effort} onChange={() => {}} />);
}

/** Each radio button's label, and whether it is off. */
function radios(html: string): readonly (readonly [label: string, off: boolean])[] {
  return [...html.matchAll(/<input type="radio"([^>]*)\/>([^<]*)<\/label>/gu)].map(
    ([, attributes = "", label = ""]) => [label, attributes.includes('aria-disabled="true"')],
  );
}

describe("EffortField", () => {
  it("shows the efforts of the model, and those of others as off with the reason", () => {
    const html = draw("openai", "gpt-5", null);
    expect(radios(html)).toEqual([
      ["not sent", false],
      ["minimal", false],
      ["low", false],
      ["medium", false],
      ["high", false],
      ["none", true],
      ["xhigh", true],
      ["max", true],
    ]);
    const why = /<p id="([^"]+)">This model accepts only minimal, low, medium and high\.<\/p>/u.exec(html);
    expect(html.split(`aria-describedby="${why?.[1] ?? "?"}"`)).toHaveLength(4);
  });

  it("says what the chosen effort is sent as", () => {
    const html = draw("vertex-anthropic", "claude-sonnet-4-5", "medium");
    expect(html).toContain("<p>Sent as a thinking budget of 8,192 tokens.</p>");
    expect(html).not.toContain("<p>Sent as a thinking budget of 1,024 tokens.</p>");
  });

  it("takes any text for a model that is not known, marked as unverified", () => {
    const html = draw("openai", "tomorrow-1", "huge");
    expect(radios(html)).toEqual([
      ["not sent", false],
      ["huge", false],
    ]);
    expect(html).toContain("Not verified: sent exactly as typed.");
    expect(html).toContain('value="huge"');
  });

  it("keeps an effort in sight that the model does not take", () => {
    expect(radios(draw("openai", "gpt-5", "max")).filter(([label]) => label === "max")).toEqual([
      ["max", false],
    ]);
  });
});
