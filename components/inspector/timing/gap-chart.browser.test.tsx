import { describe, expect, it } from "vitest";
import { render } from "vitest-browser-react";

import { measureGaps } from "@/lib/inspect/gaps";

import { GapChart } from "./gap-chart";

/** The chart of an answer whose pieces came this many ms after each other, in a panel this many px wide. */
async function drawn(gaps: readonly number[], width: number) {
  const times = [0];
  for (const gap of gaps) times.push((times.at(-1) ?? 0) + gap);
  const measured = measureGaps(
    times.map((at) => ({
      at,
      form: "event",
      text: "",
      bytes: 0,
      kinds: ["text"],
      words: [{ part: "p", from: 0, to: 1 }],
      remarks: [],
    })),
  );
  if (measured === null) expect.unreachable("there are gaps");
  const screen = await render(
    <div style={{ width, fontSize: 14 }}>
      <GapChart gaps={measured} />
    </div>,
  );
  await expect.element(screen.getByRole("img")).toBeVisible();
  /** Where a text stands. */
  const place = (text: string) => {
    const range = document.createRange();
    range.selectNodeContents(screen.getByText(text, { exact: true }).element());
    return range.getBoundingClientRect();
  };
  return place;
}

describe("the chart of gaps", () => {
  it("writes its numbers as small with two bars as with fourteen", async () => {
    const few = await drawn([0, 1], 358);
    expect(few("0 ms").height).toBeLessThan(24);
  });

  it("has room for the edges of all ranges on a phone", async () => {
    const all = await drawn([0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000], 358);
    const edges = ["0 ms", "2 ms", "10 ms", "50 ms", "200 ms", "1 s", "5 s"].map(all);
    for (const [index, { left }] of edges.slice(1).entries())
      expect(left).toBeGreaterThan(edges[index]?.right ?? 0);
    expect(edges.at(-1)?.right).toBeLessThanOrEqual(358 + 16);
  });
});
