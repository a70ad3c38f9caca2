import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";

import type { Phase } from "@/lib/stream/figures/phases";

import { PhaseStrip } from "./phase-strip";

it("describes the whole strip in words", () => {
  const phases: readonly Phase[] = [
    { kind: "waiting", startMs: 0, endMs: 310, step: 0 },
    { kind: "thinking", startMs: 310, endMs: 520, step: 0 },
    { kind: "tool-wait", startMs: 520, endMs: 60_520, step: 0 },
  ];
  const html = renderToStaticMarkup(<PhaseStrip phases={phases} scaleMs={1000} />);
  expect(html).toContain('role="img"');
  expect(html).toContain(
    'aria-label="Phases: waiting for the first token 0.31 s, thinking 0.21 s, waiting for tool results 60.00 s"',
  );
  expect(html).toContain('aria-label="Timeline, 60.52 s"');
});

it("has a place on the page before the first phase", () => {
  expect(renderToStaticMarkup(<PhaseStrip phases={[]} scaleMs={500} />)).toContain("Phases: none yet");
});
