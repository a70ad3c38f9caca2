import type { Locator, Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import { answer, ask, lane, run, settled, stopAll, texts } from "./screen";
import type { Scenario } from "./upstream";

/** This many paragraphs, and a thought before them where `thought` has lines. */
function says(lines: number, thought = 0): Scenario {
  return (exchange) => {
    for (let line = 1; line <= thought; line += 1)
      exchange.delta({ reasoning_content: `Thought ${line} goes on for a while.\n\n` });
    for (let line = 1; line <= lines; line += 1)
      exchange.delta({ content: `Line ${line} says as much as a line can.\n\n` });
    exchange.finish();
  };
}

test("answers start at the top of their row in every lane, while they stream and once they are settled", async ({
  open,
  upstream,
}) => {
  upstream.script("some", async (exchange) => {
    for (let line = 1; line <= 6; line += 1) exchange.delta({ content: `Line ${line} says little.\n\n` });
    await exchange.gate("some-goes-on");
    exchange.finish();
  });
  const page = await open(["vllm/some", "vllm/two-words"]);
  await ask(page, "Who says more?");
  await expect(texts(page, 1)).toContainText("Line 6 says");
  await expect(texts(page, 2)).toContainText("It depends.");
  expect(await topOf(answer(page, 2))).toBe(await topOf(answer(page, 1)));
  upstream.open("some-goes-on");
  await settled(page);
  expect(await topOf(answer(page, 2))).toBe(await topOf(answer(page, 1)));
});

test("a prompt, its answers, their strips and their lines of numbers share both edges, however wide a lane is", async ({
  open,
  page,
  upstream,
}) => {
  upstream.script("sentence", (exchange) => {
    exchange.delta({ content: "One sentence that is longer than a line ".repeat(20) });
    exchange.finish();
  });
  for (const width of [1440, 2560]) {
    await page.setViewportSize({ width, height: 900 });
    await open(["vllm/sentence", "vllm/two-words"]);
    await ask(page, "Who says more?");
    await settled(page);
    const strip = (laneNumber: number) => answer(page, laneNumber).getByRole("img", { name: /^Phases/ });
    const [first, second] = [await edges(strip(1)), await edges(strip(2))];
    // Equal times are equal lengths in both lanes.
    expect(second.right - second.left).toBe(first.right - first.left);
    expect(await edges(texts(page, 1).locator("p").first())).toEqual(first);
    const copy = await edges(answer(page, 1).getByRole("button", { name: "Copy answer" }).locator("svg"));
    const last = await edges(answer(page, 1).getByRole("button").last().locator("svg"));
    // An icon's drawing has a margin of its own.
    expect(Math.abs(Math.max(copy.right, last.right) - first.right)).toBeLessThan(2);
    const prompted = await edges(page.getByRole("main").getByText("Who says more?", { exact: true }));
    expect(prompted.left).toBe(first.left);
  }
});

test("an answer beside a longer one can be read from its start to its end, and its end stays in view", async ({
  open,
  upstream,
}) => {
  upstream.script("longest", says(120));
  upstream.script("long", says(40));
  const page = await open(["vllm/longest", "vllm/long"]);
  await ask(page, "Who says more?");
  await settled(page);
  const end = answer(page, 2).getByRole("button", { name: "Copy answer" });
  await expect(answer(page, 1).getByRole("button", { name: "Copy answer" })).toBeInViewport();
  await expect(end).toBeInViewport();
  await scrollTo(page, 0);
  await expect(texts(page, 2).getByText("Line 1 says")).toBeInViewport();
  expect(await topOf(answer(page, 2))).toBe(await topOf(answer(page, 1)));
  const top = await topOf(texts(page, 2).getByText("Line 20 says"));
  await scrollTo(page, 200);
  await expect.poll(() => topOf(texts(page, 2).getByText("Line 20 says"))).toBe(top - 200);
  await scrollTo(page, 2_000);
  await expect(end).toBeInViewport();
});

test("opening a thought moves nothing in the other lanes, and its heading stays under the pointer", async ({
  open,
  upstream,
}) => {
  upstream.script("longest", says(120, 30));
  upstream.script("long", says(40, 30));
  upstream.script("short", says(2, 30));
  const page = await open(["vllm/longest", "vllm/long", "vllm/short"]);
  await ask(page, "Think");
  await settled(page);
  for (const top of ["end", 0, 900] as const) {
    await scrollTo(page, top);
    for (const opened of [1, 2, 3]) {
      const heading = lane(page, opened).getByRole("button", { name: /^Thought/ });
      if (!(await isInView(heading))) continue;
      const others = [1, 2, 3].filter((laneNumber) => laneNumber !== opened);
      const before = await topsOf(page, others);
      const own = await topOf(heading);
      await heading.click();
      await expect(heading).toHaveAttribute("aria-expanded", "true");
      await expect(answer(page, opened).getByText("Thought 1 goes on")).toBeVisible();
      expect(await topsOf(page, others)).toEqual(before);
      expect(await topOf(heading)).toBe(own);
      await heading.click();
      await expect(heading).toHaveAttribute("aria-expanded", "false");
      expect(await topsOf(page, others)).toEqual(before);
      expect(await topOf(heading)).toBe(own);
    }
  }
});

test("a short answer that still streams stays in view beside a longer one that is settled", async ({
  open,
  upstream,
}) => {
  upstream.script("longest", says(120));
  upstream.script("slow", async (exchange) => {
    await exchange.gate("slow-begins");
    exchange.delta({ content: "The first words" });
    await exchange.gate("slow-never-ends");
  });
  const page = await open(["vllm/longest", "vllm/slow"]);
  await ask(page, "Go");
  await expect(texts(page, 1)).toContainText("Line 120 says");
  upstream.open("slow-begins");
  await expect(answer(page, 2).getByText("The first words")).toBeInViewport();
  await expect(answer(page, 1).getByRole("button", { name: "Copy answer" })).toBeInViewport();
  await stopAll(page).click();
  await run(page).waitFor();
  await expect(answer(page, 2).getByText("The first words")).toBeInViewport();
});

async function scrollTo(page: Page, top: number | "end"): Promise<void> {
  await page.getByRole("main").evaluate((main, to) => {
    main.scrollTo({ top: to === "end" ? main.scrollHeight : to, behavior: "instant" });
  }, top);
  // What lay out of view is laid out in the frame after.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

function topsOf(page: Page, laneNumbers: readonly number[]): Promise<readonly number[]> {
  return Promise.all(laneNumbers.map((laneNumber) => topOf(answer(page, laneNumber))));
}

async function topOf(element: Locator): Promise<number> {
  return element.evaluate((node) => Math.round(node.getBoundingClientRect().top));
}

async function isInView(element: Locator): Promise<boolean> {
  return element.evaluate((node) => {
    const { top, bottom } = node.getBoundingClientRect();
    const view = (node.closest("main") ?? node).getBoundingClientRect();
    return top >= view.top + 44 && bottom <= view.bottom;
  });
}

/** Where a thing begins and ends from the left, in px. */
async function edges(of: Locator): Promise<{ readonly left: number; readonly right: number }> {
  const box = await of.boundingBox();
  if (box === null) throw new Error("nothing is drawn there");
  return { left: box.x, right: box.x + box.width };
}
