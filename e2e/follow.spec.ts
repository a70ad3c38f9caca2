import { expect, test } from "./fixtures";
import { answer, ask, settled } from "./screen";
import type { Scenario } from "./upstream";

const HEIGHTS = Array.from({ length: 13 }, (_, index) => 600 + 50 * index);

/** Code and a formula somewhere near the lower edge of the view, then the rest of the answer. */
const MIXED = `A model that decodes reads its whole cache for each token, so the time per token grows with the context.

\`\`\`python
def tokens_per_second(bandwidth, weights, cache):
    """Bytes a second over bytes a token."""
    return bandwidth / (weights + cache)

for context in (1_000, 10_000, 100_000):
    print(context, tokens_per_second(900e9, 14e9, context * 131_072))
\`\`\`

1. Weights are read once a token.
2. So is the cache.
3. Nothing else is large.

The bound is

$$
r = \\frac{B}{W + n \\cdot c} \\qquad \\text{where} \\qquad c = 2 \\cdot L \\cdot d \\cdot b
$$

and with $B = 900$ GB/s it is about *sixty* tokens a second.

| context | rate |
| ---: | ---: |
| 1,000 | 63 |
| 10,000 | 58 |
| 100,000 | 33 |

Then it goes on for a few more lines, so that the end lies below the formula.

- one
- two
- three

The end.
`;

const mixed: Scenario = async (exchange) => {
  await exchange.paced("content", MIXED.match(/.{1,9}/gs) ?? [], 6);
  exchange.finish();
};

for (const height of HEIGHTS) {
  test(`the view follows an answer with code and a formula to its end in a window of ${height} px`, async ({
    page,
    open,
    upstream,
  }) => {
    upstream.script("mixed", mixed);
    await page.setViewportSize({ width: 1440, height });
    await open(["vllm/mixed", "vllm/mixed"]);
    await ask(page, "How fast can it be?");
    await settled(page);
    await expect(page.locator("main")).toHaveAttribute("data-tail", "followed");
    for (const laneNumber of [1, 2]) {
      await expect(answer(page, laneNumber).getByRole("button", { name: "Copy answer" })).toBeInViewport();
    }
  });
}

/** A paragraph is some 270 px high, so that the blocks that are drawn together are more than a screen. */
const PARAGRAPHS = Array.from(
  { length: 20 },
  (_, index) => `Paragraph ${index}: ${"the cache is read once a token, and so is each weight. ".repeat(18)}`,
).join("\n\n");

for (const height of [700, 900, 1_080]) {
  test(`the view follows a long answer of a lane that stands alone to its end in a window of ${height} px`, async ({
    page,
    open,
    upstream,
  }) => {
    upstream.script("long", async (exchange) => {
      await exchange.paced("content", PARAGRAPHS.match(/.{1,80}/gs) ?? [], 8);
      exchange.finish();
    });
    await page.setViewportSize({ width: 1440, height });
    await open(["vllm/long"]);
    await ask(page, "How fast can it be?");
    await settled(page);
    await expect(page.locator("main")).toHaveAttribute("data-tail", "followed");
    await expect(answer(page, 1).getByRole("button", { name: "Copy answer" })).toBeInViewport();
    // Once nothing happens any more the browser may skip it while it is out of view.
    await expect(answer(page, 1)).toHaveCSS("content-visibility", "auto");
    await expect(answer(page, 1).getByRole("button", { name: "Copy answer" })).toBeInViewport();
  });
}

test("the view follows an answer to its end that fills the view to the line", async ({
  page,
  open,
  upstream,
}) => {
  upstream.script("mixed", mixed);
  await page.setViewportSize({ width: 1440, height: 1_200 });
  await open(["vllm/mixed"]);
  await ask(page, "How fast can it be?");
  await settled(page);
  // How much higher the view would have to be to hold the headers, the prompt and the whole answer.
  const missing = await page
    .locator("main")
    .evaluate((main) => 44 + (main.querySelector("article")?.offsetHeight ?? 0) - main.clientHeight);
  for (const above of [8, 24]) {
    await page.setViewportSize({ width: 1440, height: 1_200 + missing + above });
    await open(["vllm/mixed"]);
    await ask(page, "How fast can it be?");
    await settled(page);
    await expect(page.locator("main")).toHaveAttribute("data-tail", "followed");
    await expect(answer(page, 1).getByRole("button", { name: "Copy answer" })).toBeInViewport();
  }
});

test("sending shows the new prompt, also to a reader who had opened the timings above", async ({
  page,
  open,
  upstream,
}) => {
  upstream.script("mixed", mixed);
  await page.setViewportSize({ width: 1440, height: 700 });
  await open(["vllm/mixed"]);
  await ask(page, "How fast can it be?");
  await settled(page);
  await answer(page, 1)
    .getByRole("button", { name: /^Timings/ })
    .click();
  await ask(page, "And now?");
  await expect(page.getByText("And now?", { exact: true })).toBeInViewport();
  await settled(page);
  await expect(answer(page, 1).getByRole("button", { name: "Copy answer" })).toBeInViewport();
  await expect(page.getByRole("button", { name: "Newest" })).toHaveCount(0);
});

test("the view follows tables of thousands of rows to their end", async ({ page, open, upstream }) => {
  const rows = Array.from({ length: 6_000 }, (_, row) => `| ${row} | City ${row} | ${row * 7} |`);
  const table = ["| # | city | value |", "| --- | --- | ---: |", ...rows].join("\n");
  upstream.script("table", (exchange) => {
    for (const piece of table.match(/.{1,4000}/gs) ?? []) exchange.delta({ content: piece });
    exchange.finish();
  });
  await open(["vllm/table"]);
  for (const prompt of ["Once", "Twice", "Three times"]) {
    await ask(page, prompt);
    await settled(page);
    await expect(page.locator("main")).toHaveAttribute("data-tail", "followed");
    await expect(answer(page, 1).getByRole("button", { name: "Copy answer" })).toBeInViewport();
  }
});
