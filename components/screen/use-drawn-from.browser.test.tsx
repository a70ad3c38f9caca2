import { expect, it } from "vitest";
import { render } from "vitest-browser-react";

import { useDrawnFrom } from "./use-drawn-from";

/** Shows rows, and keeps which of them was the first at each drawing. */
function rowsThatAreDrawn() {
  const drawn: number[] = [];
  function Rows({ count, session = "one" }: { count: number; session?: string }) {
    drawn.push(useDrawnFrom(count, session));
    return null;
  }
  return { drawn, Rows };
}

it("a session opens with its newest rows, and the others follow until all are there", async () => {
  const { drawn, Rows } = rowsThatAreDrawn();
  await render(<Rows count={20} />);
  expect(drawn[0]).toBe(17);
  await expect.poll(() => drawn.at(-1)).toBe(0);
  expect(drawn).toEqual(drawn.toSorted((one, other) => other - one));
});

it("rows that come one by one are drawn at once", async () => {
  const { drawn, Rows } = rowsThatAreDrawn();
  const { rerender } = await render(<Rows count={1} />);
  for (let count = 2; count < 12; count += 1) await rerender(<Rows count={count} />);
  expect(new Set(drawn)).toEqual(new Set([0]));
});

it("of many rows that come at once the newest are drawn first", async () => {
  const { drawn, Rows } = rowsThatAreDrawn();
  const { rerender } = await render(<Rows count={1} />);
  drawn.length = 0;
  await rerender(<Rows count={400} />);
  expect(drawn[0]).toBe(397);
  await rerender(<Rows count={2} />);
  await expect.poll(() => drawn.at(-1)).toBe(0);
});
