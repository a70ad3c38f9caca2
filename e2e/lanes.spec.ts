import type { Locator } from "@playwright/test";

import { expect, test } from "./fixtures";
import { closePanel } from "./lane-setup";
import { answer, ask, closeLane, lane, run, settled } from "./screen";

test("the border between two lanes is dragged from where it is drawn, and a double click evens it", async ({
  open,
}) => {
  const page = await open(["vllm/plain", "vllm/plain"]);
  const border = page.getByRole("separator", { name: "Width of lanes 1 and 2" });
  const width = () => lane(page, 1).evaluate((node) => Math.round(node.getBoundingClientRect().width));
  const even = await width();
  await page.mouse.move(even, 60);
  await page.mouse.down();
  await page.mouse.move(even + 120, 60, { steps: 4 });
  await page.mouse.up();
  await expect.poll(width).toBe(even + 120);
  await border.dblclick({ position: { x: 2, y: 10 } });
  await expect.poll(width).toBe(even);
  await border.press("ArrowLeft");
  await expect.poll(width).toBe(even - 24);
});

test("a lane on a server that was added says so, with its own address", async ({ open, upstream }) => {
  const page = await open(["vllm/plain", "vllm/plain"]);
  await page.getByRole("button", { name: "Add a server", exact: true }).click();
  await page.getByLabel("Base URL").fill(upstream.baseUrl);
  await page.getByLabel("Name", { exact: true }).fill("Attic");
  await page.getByRole("button", { name: "Add server" }).click();
  await page.getByRole("button", { name: "Choose a model of Attic" }).click();
  await page.getByRole("dialog").getByRole("combobox").fill("thinker");
  await page
    .getByRole("option", { name: /^thinker/ })
    .first()
    .click();
  const first = page.getByRole("region", { name: "Lane 1: thinker" });
  await expect(first).toContainText(`Ready: Attic · ${new URL(upstream.baseUrl).host}`);
  await expect(first.getByRole("list", { name: "Settings of this lane that differ" })).toHaveText(
    `Attic · ${new URL(upstream.baseUrl).host}`,
  );
});

test("a lane whose key was forgotten asks for it above its answers, and one click leads to the key", async ({
  open,
  upstream,
}) => {
  const page = await open(["groq/some-model"]);
  await ask(page, "Hello");
  await settled(page);
  await page.reload();
  await page.locator("[data-boot=ready]").waitFor();
  await lane(page, 1).getByRole("button", { name: "needs a key" }).click();
  await page.getByLabel("Key for Groq").fill("gsk-1");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(lane(page, 1).getByRole("button", { name: "needs a key" })).toHaveCount(0);
  expect(upstream.seen.map(({ model }) => model)).not.toContain("some-model");
});

test("a lane is dragged to another place by its number, and Esc puts it back", async ({ open }) => {
  const page = await open(["vllm/plain", "vllm/thinker", "vllm/caller"]);
  const names = () =>
    page
      .getByRole("region", { name: /^Lane / })
      .evaluateAll((lanes) => lanes.map(({ ariaLabel }) => ariaLabel));
  const drag = async (to: number) => {
    await lane(page, 1).getByTitle("Drag to move the lane").hover();
    await page.mouse.down();
    const { x = 0, width = 0 } = (await lane(page, to).boundingBox()) ?? {};
    await page.mouse.move(x + width / 2 + 20, 80, { steps: 5 });
  };
  await drag(3);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  expect(await names()).toEqual(["Lane 1: plain", "Lane 2: thinker", "Lane 3: caller"]);
  await drag(2);
  await page.mouse.up();
  await expect.poll(names).toEqual(["Lane 1: thinker", "Lane 2: plain", "Lane 3: caller"]);
  await drag(3);
  await page.mouse.up();
  await expect.poll(names).toEqual(["Lane 1: plain", "Lane 2: caller", "Lane 3: thinker"]);
});

test("a lane is dragged past the edge of the window: the lanes beyond it come into view", async ({
  page,
  open,
}) => {
  await open(["vllm/thinker", ...Array.from({ length: 7 }, () => "vllm/plain")]);
  const main = page.getByRole("main");
  const hidden = () => main.evaluate((view) => view.scrollWidth - view.clientWidth - view.scrollLeft);
  const header = lane(page, 1).locator("header");
  expect(await hidden()).toBeGreaterThan(500);
  await lane(page, 1).getByTitle("Drag to move the lane").hover();
  await page.mouse.down();
  await page.mouse.move(1435, 60, { steps: 6 });
  await expect.poll(hidden).toBe(0);
  // Over the last lane, and not beyond it: that would make room without end.
  await page.mouse.move(2000, 60, { steps: 3 });
  await expect(header).toBeInViewport({ ratio: 0.99 });
  await page.mouse.up();
  await expect(page.getByRole("region", { name: "Lane 8: thinker" })).toBeVisible();
  expect(await hidden()).toBe(0);
});

test("settings that do not fit in a lane's header are counted, and all of them are listed at a press", async ({
  page,
  open,
}) => {
  await page.setViewportSize({ width: 1000, height: 800 });
  await open(["vllm/plain", "openai/two-words", "vllm/thinker"]);
  const list = lane(page, 1).getByRole("list", { name: "Settings of this lane that differ" });
  const whole = list.getByRole("button");
  await lane(page, 1).getByRole("button", { name: "Settings of lane 1" }).click();
  for (const setting of ["System prompt", "Samplers"]) {
    await page.getByRole("button", { name: `${setting}: same in all lanes` }).click();
  }
  await page.getByRole("textbox", { name: "System prompt" }).fill("Be as brief as you can be");
  await page.getByRole("textbox", { name: "Temperature" }).fill("0");
  await closePanel(page);
  expect(await bottomOf(whole.first())).toBeLessThanOrEqual(await bottomOf(list));
  const more = lane(page, 1).getByRole("button", { name: /^All \d settings of lane 1 that differ$/ });
  await more.click();
  await page.getByRole("menu").waitFor();
  const all = await page.getByRole("menuitem").allTextContents();
  const shown = await whole.allTextContents();
  expect(all.slice(0, shown.length)).toEqual(shown);
  await expect(more).toHaveText(`+${all.length - shown.length}`);
  await page.getByRole("menuitem").last().click();
  await expect(page.getByRole("dialog")).toBeVisible();
});

test("a model's name that does not fit loses its organization first, then its middle, and never its end", async ({
  page,
  open,
}) => {
  const long = "a-model-whose-name-goes-on-and-on-and-tells-it-apart-at-its-end-8b";
  await page.setViewportSize({ width: 1440, height: 800 });
  await open([`vllm/organization/${long}`, "vllm/short/name"]);
  /** Whether each piece of the name is seen, and whether it is seen whole. */
  const pieces = (laneNumber: number) =>
    page.getByRole("button", { name: `Model of lane ${laneNumber}: ` }).evaluate((button) => {
      const name = button.querySelector("[data-model-name]");
      const line = name?.getBoundingClientRect();
      return [...(name?.querySelectorAll("span") ?? [])]
        .filter((span) => span.childElementCount === 0)
        .map((span) => {
          const { top, bottom } = span.getBoundingClientRect();
          const isSeen = line !== undefined && top >= line.top - 2 && bottom <= line.bottom + 2;
          if (!isSeen) return { text: span.textContent, is: "out of sight" };
          return { text: span.textContent, is: span.scrollWidth > span.clientWidth ? "cut" : "whole" };
        });
    });
  expect(await pieces(2)).toEqual([
    { text: "short/", is: "whole" },
    { text: "name", is: "whole" },
    { text: "", is: "whole" },
  ]);
  await page.setViewportSize({ width: 800, height: 800 });
  expect(await pieces(1)).toEqual([
    { text: "organization/", is: "out of sight" },
    { text: long.slice(0, -8), is: "cut" },
    { text: "s-end-8b", is: "whole" },
  ]);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test("a swipe leads to the next lane and back, and the reasoning key means the lane in sight", async ({
    open,
    upstream,
  }) => {
    upstream.script("thinker-now", async (exchange) => {
      await exchange.paced("reasoning_content", ["I think."], 5);
      await exchange.paced("content", ["I answer."], 5);
      exchange.finish();
    });
    const page = await open(["vllm/plain", "vllm/thinker-now"]);
    await ask(page, "Go");
    await settled(page);
    const touch = await page.context().newCDPSession(page);
    const swipe = async (from: number, to: number) => {
      for (const [type, x] of [
        ["touchStart", from],
        ["touchMove", to],
      ] as const) {
        await touch.send("Input.dispatchTouchEvent", { type, touchPoints: [{ x, y: 400 }] });
      }
      await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    };
    await swipe(300, 60);
    await expect(lane(page, 2)).toBeVisible();
    await expect(lane(page, 1)).toBeHidden();
    await page.keyboard.press("Alt+r");
    await expect(lane(page, 2).getByRole("button", { name: /^Thought/ })).toHaveAttribute(
      "aria-expanded",
      "true",
    );
    await swipe(60, 300);
    await expect(lane(page, 1)).toBeVisible();
  });

  test("the tabs tell lanes on one model apart by the settings that differ", async ({ open, page }) => {
    await open(["vllm/plain", "openai/plain"]);
    const tabs = page.getByRole("navigation", { name: "Lanes" }).getByRole("button");
    await expect(tabs.nth(0)).toContainText("vLLM");
    await expect(tabs.nth(1)).toContainText("OpenAI");
  });

  test("a lane does not repeat what its tab says, and leads to its model, its settings and its menu", async ({
    open,
    page,
  }) => {
    await open(["vllm/plain", "vllm/thinker"]);
    const tabs = page.getByRole("navigation", { name: "Lanes" });
    await expect(tabs.getByText("plain")).toBeVisible();
    const model = page.getByRole("button", { name: "Model of lane 1: plain. Change" });
    await expect(model.getByText("plain")).toBeHidden();
    await expect(model.getByText("vLLM")).toBeVisible();
    await model.click();
    await expect(page.getByRole("dialog", { name: "Model of lane 1" })).toBeVisible();
    await closePanel(page);
    await expect(page.getByRole("button", { name: "Settings of lane 1" })).toBeVisible();
    await expect(page.getByRole("button", { name: "More for lane 1" })).toBeVisible();
  });

  test("a page of four times the size still shows answers and Run", async ({ open, page }) => {
    await page.setViewportSize({ width: 320, height: 256 });
    await open(["vllm/plain", "vllm/plain"]);
    await ask(page, "Small");
    await settled(page);
    const words = answer(page, 1).getByText("still on");
    await words.scrollIntoViewIfNeeded();
    await expect(words).toBeInViewport();
    await run(page).scrollIntoViewIfNeeded();
    await expect(run(page)).toBeInViewport({ ratio: 1 });
  });
});

test("a lane that was closed by mistake comes back with its answers", async ({ open }) => {
  const page = await open(["vllm/plain", "vllm/two-words"]);
  await ask(page, "Keep me");
  await settled(page);
  await closeLane(page, 2);
  await expect(page.getByRole("region", { name: /^Lane 2/ })).toHaveCount(0);
  await page.getByRole("region", { name: "Notices" }).getByRole("button", { name: "Undo" }).click();
  await expect(answer(page, 2)).toContainText("It depends.");
  await expect(page.getByRole("region", { name: "Notices" }).getByRole("button")).toHaveCount(0);
});

test("a long prompt shows its beginning and keeps its answer in sight", async ({ open, upstream }) => {
  const page = await open(["vllm/plain"]);
  const long = Array.from({ length: 400 }, (_, index) => `Line ${index + 1} of the prompt`).join("\n");
  await ask(page, long);
  await settled(page);
  expect(upstream.seen.at(-1)?.body["messages"]).toEqual([{ role: "user", content: long }]);
  await page.getByRole("main").evaluate((main) => main.scrollTo({ top: 0 }));
  const row = page.getByRole("main").getByText("Line 1 of the prompt");
  await expect(row).toBeInViewport();
  await expect(answer(page, 1).getByText("still on")).toBeInViewport();
  await page.getByRole("button", { name: /^Show all/ }).click();
  await expect(row).toContainText("Line 400 of the prompt");
});

test("a linked model is chosen once for all its lanes, and a lane's own choice leaves the others alone", async ({
  page,
  app,
}) => {
  await page.goto(app.url);
  await page.getByRole("region", { name: "Lane 1: smollm2-135m" }).waitFor();
  const pick = async (model: string) => {
    const picker = page.getByRole("dialog", { name: /^Model of/ });
    await picker.getByRole("combobox").fill(model);
    await picker
      .getByRole("option", { name: new RegExp(`^${model}`) })
      .first()
      .click();
    await expect(picker).toHaveCount(0);
  };
  await page.getByRole("button", { name: "Settings of lane 1" }).click();
  await page
    .getByRole("region", { name: "Model", exact: true })
    .getByRole("button", { name: /smollm2/ })
    .click();
  await pick("thinker");
  // The settings are still there, and the focus is back in them.
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Lane 1: thinker" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Lane 2: thinker" })).toBeVisible();
  await page.getByRole("button", { name: /^Model of lane 2/ }).click();
  await pick("plain");
  await expect(page.getByRole("region", { name: "Lane 1: thinker" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Lane 2: plain" })).toBeVisible();
});

function bottomOf(found: Locator): Promise<number> {
  return found.evaluate((node) => node.getBoundingClientRect().bottom);
}
