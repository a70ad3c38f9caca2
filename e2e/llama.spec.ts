import type { Page } from "@playwright/test";

import { startApp } from "./app";
import { expect, startLlama, test } from "./fixtures";
import { openOne, setEffort, setTools } from "./lane-setup";
import { answer, ask, lane, prompt, resultFields, settled, stopAll, streamed, thoughts } from "./screen";
import { readWires } from "./wires";

// A real model on a busy machine; this test is not about how long it takes.
test.describe.configure({ timeout: 180_000 });

/** The first visit's setup: two lanes of the small model, temperature 0, effort low and high, the weather tool. */
async function firstVisit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.locator("[data-boot=ready]").waitFor();
  await expect(page.getByRole("region", { name: "Lane 1: smollm2-135m" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Lane 2: smollm2-135m" })).toBeVisible();
}

test("two efforts of one real model: both think, call the weather tool, get its mock's result and answer, without another press", async ({
  page,
  app,
}) => {
  await firstVisit(page, app.url);
  await expect(prompt(page)).toHaveValue("What is the weather in Florence?");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await settled(page);
  for (const laneNumber of [1, 2]) {
    await expect(thoughts(page, laneNumber).first()).toBeVisible();
    const first = lane(page, laneNumber)
      .getByRole("group", { name: /^Tool call( 1 of \d+)?: weather/ })
      .first();
    await expect(first).toContainText("Florence");
  }
  const [low, high] = await Promise.all([reasoningLength(page, 1), reasoningLength(page, 2)]);
  expect(high).toBeGreaterThan(low);

  for (const laneNumber of [1, 2]) {
    const calls = lane(page, laneNumber).getByRole("button", {
      name: /^weather\(.*Florence.*\) → 22 degrees and sunny$/,
    });
    await expect(calls.first()).toBeVisible();
    await expect(resultFields(page, laneNumber)).toHaveCount(0);
    await expect(answer(page, laneNumber).locator("[data-part=text]").last()).toContainText(/\w/);
  }

  for (const { turn, wires } of await readWires(page)) {
    expect(wires.length).toBeGreaterThanOrEqual(2);
    // What so small a model makes of the result differs from one kind of CPU to the next; what it is given does not.
    expect(wires.map(({ request }) => request).join("\n")).toContain("22 degrees and sunny");
    for (const wire of wires) {
      const step = turn.steps.find(({ id }) => id === wire.stepId);
      expect(step?.timings?.reported).toEqual(lastTimings(wire.text));
    }
  }
});

test("a first visit leads to an answer with a tool's result in one press", async ({ page, app }) => {
  await firstVisit(page, app.url);
  await page.getByRole("button", { name: /^Call a tool/ }).click();
  await settled(page);
  await expect(answer(page, 1).locator("[data-part=text]").last()).toContainText(/\w/);
  const [{ wires } = { wires: [] }] = await readWires(page);
  expect(wires.map(({ request }) => request).join("\n")).toContain("22 degrees and sunny");
});

test("effort none and no tools: the model answers without thinking", async ({ page, app }) => {
  await openOne(page, app.url);
  await setEffort(page, "none");
  await setTools(page, []);
  await ask(page, "How many months are in a year?");
  await settled(page);
  await expect(answer(page, 1).locator("[data-part=text]").last()).toContainText(/\w/);
  await expect(thoughts(page, 1)).toHaveCount(0);
});

test("two parallel calls stand in one group, and two results lead to one answer", async ({ page, app }) => {
  await openOne(page, app.url);
  await setEffort(page, "low");
  await setTools(page, ["add", "multiply"]);
  await ask(page, "Add 2 and 3, and multiply 2 and 3.");
  await settled(page);
  const group = lane(page, 1).getByRole("group", { name: "2 parallel calls" });
  await expect(group.getByRole("group", { name: "Tool call 1 of 2: add" })).toBeVisible();
  await expect(group.getByRole("group", { name: "Tool call 2 of 2: multiply" })).toBeVisible();
  // A card that was answered is one line that ends in its result.
  await expect(group.getByRole("button", { name: /^add\(.*2.*3.*\) → 5$/ })).toBeVisible();
  await expect(group.getByRole("button", { name: /^multiply\(.*2.*3.*\) → 6$/ })).toBeVisible();
  await expect(answer(page, 1).locator("[data-part=text]")).toHaveCount(1);
  await expect(answer(page, 1).locator("[data-part=text]")).toContainText(/\w/);
});

test("Stop while decoding frees the server's slot and keeps the text", async ({ page, app, llama }) => {
  await openOne(page, app.url);
  await setEffort(page, "high");
  await setTools(page, []);
  await ask(page, "Write a very long poem about the sea.");
  await expect(lane(page, 1).getByRole("button", { name: /^Think/ })).toBeVisible();
  await expect(streamed(page, 1)).toContainText(/\w{3,}/);
  await stopAll(page).click();
  await expect.poll(() => busySlots(llama.url), { timeout: 20_000 }).toBe(0);
  await expect(answer(page, 1)).toContainText("Stopped.");
  await thoughts(page, 1).click();
  await expect(streamed(page, 1)).toContainText(/\w{3,}/);
});

test("a prompt over the context shows the server's own words with both numbers, and Retry works once it is shorter", async ({
  page,
  app,
}) => {
  await openOne(page, app.url);
  await setTools(page, []);
  await ask(page, "sea ".repeat(6_000));
  await settled(page);
  await expect(answer(page, 1)).toContainText(/exceeds the available context size/);
  await expect(answer(page, 1)).toContainText(/4,?096/);
  await expect(answer(page, 1)).toContainText(/6,?\d\d\d/);
  await page.getByRole("button", { name: "Edit prompt" }).click();
  await page.getByRole("textbox", { name: "Edited prompt" }).fill("How many months are in a year?");
  await page.getByRole("button", { name: "Run as a new branch" }).click();
  await settled(page);
  await expect(answer(page, 1).locator("[data-part=text]").last()).toContainText(/\w/);
});

test("End thinking now moves the lane on to its answer", async ({ page, app }) => {
  await openOne(page, app.url);
  await setEffort(page, "high");
  await setTools(page, []);
  await ask(page, "Write a very long poem about the sea.");
  const asked = page.waitForResponse((response) => response.url().endsWith("/api/llama/control"));
  await lane(page, 1).getByRole("button", { name: "End thinking now" }).click();
  // The server was asked and agreed: a model that merely finishes its thought would not do.
  expect((await asked).status()).toBe(200);
  await expect(answer(page, 1).locator("[data-part=text]").first()).toBeVisible();
  await expect(lane(page, 1).getByRole("button", { name: /^Thought/ })).toBeVisible();
  if (await stopAll(page).isVisible()) await stopAll(page).click();
  await settled(page);
});

test.describe("on servers of its own", () => {
  test("a template that ignores tools is reported before anything is sent", async ({ page }) => {
    const llama = await startLlama({ ownTemplate: true });
    const app = await startApp({ LLAMA_CPP_URL: `${llama.url}/v1`, VITRINE_LLAMA: "off" });
    try {
      await firstVisit(page, app.url);
      await expect(lane(page, 1).getByRole("list", { name: "Before you send" })).toContainText(
        "ignores tools",
      );
    } finally {
      await app.stop();
      await llama.stop();
    }
  });

  test("a server killed in mid-stream leaves its text, and Retry works when it is back", async ({ page }) => {
    const llama = await startLlama();
    const port = Number(new URL(llama.url).port);
    const app = await startApp({ LLAMA_CPP_URL: `${llama.url}/v1`, VITRINE_LLAMA: "off" });
    try {
      await openOne(page, app.url);
      await setEffort(page, "high");
      await setTools(page, []);
      await ask(page, "Write a very long poem about the sea.");
      await expect(streamed(page, 1)).toContainText(/\w{3,}/);
      await llama.kill();
      await settled(page);
      await expect(answer(page, 1).getByRole("alert")).toContainText(/cut|connection|closed/i);
      await expect(thoughts(page, 1)).toBeVisible();
      await thoughts(page, 1).click();
      await expect(streamed(page, 1)).toContainText(/\w{3,}/);
      const again = await startLlama({ port });
      try {
        await answer(page, 1).getByRole("button", { name: "Retry as a new branch" }).click();
        await expect(thoughts(page, 1)).toBeVisible();
        await stopAll(page).click();
        await settled(page);
      } finally {
        await again.stop();
      }
    } finally {
      await app.stop();
      await llama.stop();
    }
  });
});

async function reasoningLength(page: Page, laneNumber: number): Promise<number> {
  const thought = thoughts(page, laneNumber).first();
  if ((await thought.getAttribute("aria-expanded")) === "false") await thought.click();
  const id = await thought.getAttribute("aria-controls");
  const text = await page.locator(`[id="${id}"]`).innerText();
  return text.length;
}

async function busySlots(url: string): Promise<number> {
  const slots: unknown = await (await fetch(`${url}/slots`)).json();
  return Array.isArray(slots) ? slots.filter((slot) => slot.is_processing === true).length : -1;
}

/** The last `timings` object on the wire of one step. */
function lastTimings(wire: string): unknown {
  const frames = wire.split("\n").filter((line) => line.startsWith("data: {"));
  return frames.map((line) => JSON.parse(line.slice(6)).timings).findLast((timings) => timings !== undefined);
}
