import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";

import { buildStep } from "@/lib/stream/turn/__fixtures__/build-step";

import { TimingsLine } from "./timings-line";

function draw(step: Parameters<typeof buildStep>[0], sharedServer = false): string {
  const html = renderToStaticMarkup(
    <TimingsLine step={buildStep(step)} place={1} sharedServer={sharedServer} onShowWire={() => {}} />,
  );
  return html.replaceAll(/<[^>]*>/gu, "|");
}

describe("TimingsLine", () => {
  it("shows both names when another model answered than was asked for", () => {
    expect(draw({ responseModel: "smollm2-360m" })).toContain("as smollm2-360m");
    expect(draw({ responseModel: "smollm2-135m" })).not.toContain("as smollm2");
  });

  it("marks timings of a shared server", () => {
    expect(draw({}, true)).toContain("server shared");
    expect(draw({}, false)).not.toContain("server shared");
  });

  it("counts warnings and names the end of the step", () => {
    const warnings = [{ code: "unreadable-event", message: "One event was left out" }];
    const text = draw({ warnings, finish: { unified: "length", raw: "length" } });
    expect(text).toContain("1 warning");
    expect(text).toContain("length");
  });
});
