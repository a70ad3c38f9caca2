import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";

import type { Phase } from "@/lib/stream/figures/phases";

import { PhaseStrip } from "./phase-strip";

const PHASES: readonly Phase[] = [
  { kind: "waiting", startMs: 0, endMs: 310, step: 0 },
  { kind: "call", startMs: 310, endMs: 520, step: 0 },
  { kind: "person", startMs: 520, endMs: 60_520, step: 0 },
  { kind: "answer", startMs: 60_520, endMs: 60_900, step: 1 },
];

function draw(phases: readonly Phase[], stepCount = 1): string {
  return renderToStaticMarkup(
    <PhaseStrip phases={phases} stepCount={stepCount} onToggle={() => undefined} />,
  );
}

it("the phase strip describes itself in words, and reports what is in no total", () => {
  const html = draw(PHASES);
  expect(html).toContain('role="img"');
  expect(html).toContain(
    'aria-label="Phases: waiting for the first token 0.31 s, writing calls 0.21 s, waiting for a result 60.00 s, not counted, answer 0.38 s"',
  );
});

it("the phase strip has a place on the page before the first phase", () => {
  expect(draw([])).toContain("Phases: none yet");
});

it("a break at the beginning of the strip stands inside it, before the number of the step", () => {
  const html = draw([{ kind: "person", startMs: 0, endMs: 900, step: 0 }, ...PHASES.slice(3)], 2);
  expect(html.match(/left:[^;"]*/gu)?.slice(1, 3)).toEqual(["left:max(0%, 8px)", "left:max(0%, 8px)"]);
});

it("the phase strip numbers its steps, and draws a break where a person was waited for", () => {
  const html = draw(PHASES, 2);
  expect(html.match(/>\d</gu)).toEqual([">1<", ">2<"]);
  expect(html.match(/<svg/gu)).toHaveLength(1);
});

it("the phase strip numbers the times of its axis where nothing is drawn", () => {
  const html = draw([{ kind: "answer", startMs: 0, endMs: 290, step: 0 }]);
  expect(html.match(/>[\d.]+ s</gu)).toEqual([">0.4 s<", ">0.6 s<", ">0.8 s<", ">1 s<"]);
});
