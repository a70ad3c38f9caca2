import type { Locator } from "@playwright/test";

import { expect, test } from "./fixtures";
import { answer, ask, lane, prompt, settled } from "./screen";
import { serious } from "./serious";

test.use({ byHand: true });

for (const theme of ["light", "dark"] as const) {
  for (const width of [360, 1440]) {
    test(`axe finds nothing serious: ${theme}, ${width} px`, async ({ open, page }) => {
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ width, height: 800 });
      await open(["vllm/plain", "vllm/caller"]);
      await ask(page, "Check me");
      await settled(page);
      expect(await serious(page)).toEqual([]);
    });
  }
}

for (const [name, opener] of [
  ["tools drawer", /^Tools, /],
  ["settings", /^Settings of lane 1/],
  ["model picker", /^Model of lane 1/],
  ["commands", /^Commands/],
  ["sessions", /^Comparisons/],
] as const) {
  test(`axe finds nothing serious in the ${name}, and Esc closes it`, async ({ open }) => {
    const page = await open(["vllm/plain", "vllm/caller"]);
    await page.getByRole("button", { name: opener }).first().click();
    await page.getByRole("dialog").waitFor();
    expect(await serious(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
}

test("nothing moves by itself where a person asked for less motion", async ({ open, page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(["vllm/silent", "vllm/endless"]);
  await ask(page, "Take your time");
  await expect(answer(page, 2)).toContainText("still on");
  // The sign of a lane that waits turns, where it may.
  await expect(answer(page, 1).locator("svg.animate-spin")).toBeVisible();
  await page.getByRole("button", { name: /^Settings of lane 1/ }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  const moving = () =>
    page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ playState }) => playState === "running")
        .map(({ effect }) => effect?.getComputedTiming().endTime)
        .filter((end) => typeof end !== "number" || end > 1),
    );
  expect(await moving()).toEqual([]);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  expect(await moving()).not.toEqual([]);
});

test("borders and quiet words are stronger where a person asked for more contrast", async ({
  open,
  page,
}) => {
  await open(["vllm/plain", "vllm/caller"]);
  await ask(page, "Check me");
  await settled(page);
  const field = page.getByRole("textbox", { name: "Result for weather" });
  const timings = answer(page, 1).getByRole("button", { name: /^Timings/ });
  const looks = async () => [
    await field.evaluate((node) => getComputedStyle(node).borderTopColor),
    await timings.evaluate((node) => getComputedStyle(node).color),
  ];
  const before = await looks();
  await page.emulateMedia({ contrast: "more" });
  await expect.poll(async () => (await looks()).filter((look, index) => look === before[index])).toEqual([]);
  expect(await serious(page)).toEqual([]);
});

function ground(node: Element): string {
  return getComputedStyle(node).backgroundColor;
}

test("the phases of an answer are drawn also where the system's own colors are forced", async ({
  open,
  page,
}) => {
  await page.emulateMedia({ forcedColors: "active" });
  await open(["vllm/plain"]);
  await ask(page, "Draw it");
  await settled(page);
  const bars = answer(page, 1)
    .getByRole("img", { name: /^Phases/ })
    .locator("span > span");
  const canvas = await page.locator("body").evaluate(ground);
  expect(await bars.last().evaluate(ground)).not.toBe(canvas);
  expect(await bars.last().evaluate(ground)).not.toBe("rgba(0, 0, 0, 0)");
});

function widthOf(chosen: Locator): Promise<string> {
  return chosen.evaluate((node) => getComputedStyle(node).outlineWidth);
}

test("what is chosen has an outline where the system's own colors are forced", async ({ open, page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await open(["vllm/plain", "vllm/plain"]);
  await page.getByRole("button", { name: /^Tools, / }).click();
  const answeredBy = page.getByRole("radiogroup", { name: "Calls answered by" }).locator("label");
  await answeredBy.getByText("me", { exact: true }).click();
  await page.getByRole("textbox").first().focus();
  expect(await widthOf(answeredBy.filter({ has: page.getByRole("radio", { checked: true }) }))).toBe("2px");
  expect(await widthOf(answeredBy.filter({ has: page.getByRole("radio", { checked: false }) }))).not.toBe(
    "2px",
  );
  const toggle = page.getByRole("button", { name: "weather in all lanes" });
  const before = await widthOf(toggle);
  await toggle.click();
  await page.getByRole("textbox").first().focus();
  expect([before, await widthOf(toggle)]).toEqual([expect.not.stringMatching("2px"), "2px"]);
});

test("assistive technology reads prompts and answers row by row, under headings in order", async ({
  open,
  page,
  upstream,
}) => {
  upstream.script("titles", (exchange) => {
    exchange.delta({ content: "# Title\n\nText.\n\n## Part\n\nMore." });
    exchange.finish();
  });
  await open(["vllm/titles", "vllm/two-words"]);
  await ask(page, "First");
  await settled(page);
  await ask(page, "Second");
  await settled(page);
  const cdp = await page.context().newCDPSession(page);
  const { nodes } = await cdp.send("Accessibility.getFullAXTree");
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const headings: string[] = [];
  const read = (id: string): void => {
    const node = byId.get(id);
    if (node?.role?.value === "heading") {
      const level = node.properties?.find(({ name }) => name === "level")?.value.value;
      headings.push(`${String(level)} ${String(node.name?.value)}`);
    }
    for (const child of node?.childIds ?? []) read(child);
  };
  read(nodes[0]?.nodeId ?? "");
  const first = ["3 Answer of lane 1", "4 Title", "5 Part"];
  const second = "3 Answer of lane 2";
  expect(headings).toEqual(["1 Vitrine", "2 Prompt 1", ...first, second, "2 Prompt 2", ...first, second]);
});

test("everything of a run works by keyboard alone", async ({ open, upstream }) => {
  const page = await open(["vllm/caller", "vllm/endless"]);
  await page.keyboard.press("Alt+p");
  await expect(prompt(page)).toBeFocused();
  await page.keyboard.type("Weather?");
  await page.keyboard.press("Enter");
  await expect(answer(page, 2)).toContainText("still on");
  await page.keyboard.press("Alt+.");
  await upstream.seen.findLast(({ model }) => model === "endless")?.closed;
  await settled(page);
  await page.keyboard.press("Alt+1");
  await expect(lane(page, 1)).toBeFocused();
  const thought = lane(page, 1).getByRole("button", { name: /^Thought/ });
  const before = await thought.getAttribute("aria-expanded");
  await page.keyboard.press("Alt+r");
  await expect(thought).toHaveAttribute("aria-expanded", before === "true" ? "false" : "true");
  await page.keyboard.press("Alt+n");
  await expect(page.getByRole("region", { name: /^Lane 3/ })).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
});

test("on a narrow screen one lane is shown at a time and its tab leads to it", async ({ open, page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(["vllm/plain", "vllm/thinker"]);
  await expect(page.getByRole("region", { name: "Lane 1: plain" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Lane 2: thinker" })).toBeHidden();
  await page
    .getByRole("navigation", { name: "Lanes" })
    .getByRole("button", { name: /thinker/ })
    .click();
  await expect(page.getByRole("region", { name: "Lane 2: thinker" })).toBeVisible();
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(sideways).toBe(false);
});
