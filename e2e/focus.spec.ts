import { expect, test } from "./fixtures";
import { answer, answers, ask, closeLane, lane, prompt, resultFields, run, settled, stopAll } from "./screen";

test.use({ byHand: true });

test("the first visit offers Run: one Enter sends the prompt that is there", async ({ page, app }) => {
  await page.goto(app.url);
  await page.getByRole("region", { name: "Lane 1: smollm2-135m" }).waitFor();
  await expect(run(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(answers(page, 1)).toHaveCount(1);
  await stopAll(page).click();
  await settled(page);
});

test("a double click on Run and a held Enter start a run and do not stop it", async ({ open }) => {
  const page = await open(["vllm/endless"]);
  await prompt(page).fill("Twice");
  await run(page).dblclick();
  await expect(answer(page, 1)).toContainText("still on");
  await stopAll(page).click();
  await settled(page);
  await prompt(page).fill("Held");
  await run(page).focus();
  for (let press = 0; press < 3; press++) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await expect(answer(page, 1)).toContainText("still on");
  await stopAll(page).click();
  await settled(page);
});

for (const [name, opener] of [
  ["model picker", "Model of lane 2: plain. Change"],
  ["settings", "Settings of lane 2"],
  ["commands", "Commands"],
  ["sessions", "Comparisons. Open: Linked comparison"],
  ["tools drawer", "Tools, 0 on"],
] as const) {
  test(`closing the ${name} gives the focus back to what opened it`, async ({ open }) => {
    const page = await open(["vllm/plain", "vllm/plain"]);
    const button = page.getByRole("button", { name: opener, exact: true });
    await button.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(button).toBeFocused();
  });
}

test("a command that moves the focus keeps it", async ({ open }) => {
  const page = await open(["vllm/plain", "vllm/plain"]);
  await page.getByRole("button", { name: "Settings of lane 1" }).focus();
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.type("go to lane 2");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(lane(page, 2)).toBeFocused();
});

test("closing a lane moves the focus to its neighbor", async ({ open }) => {
  const page = await open(["vllm/plain", "vllm/thinker", "vllm/caller"]);
  await closeLane(page, 2, "keys");
  await expect(page.getByRole("region", { name: "Lane 2: caller" })).toBeFocused();
  await closeLane(page, 2, "keys");
  await expect(page.getByRole("region", { name: "Lane 1: plain" })).toBeFocused();
});

test("a sent result moves the focus to the next open call, and the last one to its lane", async ({
  open,
}) => {
  const page = await open(["vllm/two-calls"]);
  await ask(page, "Both?");
  await resultFields(page, 1).first().fill("rain");
  await page.keyboard.press("Control+Enter");
  await expect(resultFields(page, 1)).toBeFocused();
  await page.keyboard.type("sun");
  await page.keyboard.press("Control+Enter");
  await expect(lane(page, 1)).toBeFocused();
  await settled(page);
});

test("branches are gone through by keyboard without losing the place", async ({ open }) => {
  const page = await open(["vllm/plain"]);
  await ask(page, "First wording");
  await settled(page);
  await page.getByRole("button", { name: "Edit prompt" }).press("Enter");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Edit prompt" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Edited prompt" }).fill("Second wording");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("main").getByText("Second wording", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Edit prompt" })).toBeFocused();
  await settled(page);
  await page.getByRole("button", { name: "Previous branch" }).press("Enter");
  await expect(page.getByRole("main").getByText("First wording", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Previous branch" })).toBeFocused();
});

test("Retry of a failed answer keeps the focus in its lane", async ({ open }) => {
  const page = await open(["vllm/plain", "vllm/error-frame"]);
  await ask(page, "Go");
  await settled(page);
  await answer(page, 2).getByRole("button", { name: "Retry", exact: true }).press("Enter");
  await expect(lane(page, 2)).toBeFocused();
  await settled(page);
});

test("the tools stand beside the lanes on a wide page: both are in use while an answer streams", async ({
  open,
}) => {
  const page = await open(["vllm/endless", "vllm/plain"]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("button", { name: "Tools, 0 on" }).click();
  const tools = page.getByRole("dialog", { name: "Tools" });
  await expect(tools).toBeVisible();
  const left = (await tools.boundingBox())?.x ?? 0;
  const right = async () => {
    const box = await run(page).boundingBox();
    return box === null ? Number.POSITIVE_INFINITY : box.x + box.width;
  };
  expect(await right()).toBeLessThanOrEqual(left);
  await ask(page, "Go");
  await expect(answer(page, 1)).toContainText("still on");
  await expect(tools).toBeVisible();
  await stopAll(page).click();
  await settled(page);
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Commands" }).waitFor();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Commands" })).toHaveCount(0);
  await expect(tools).toBeVisible();
});

test("F6 goes around lanes, composer and the panel beside them, and back to where the focus was", async ({
  open,
}) => {
  const page = await open(["vllm/plain", "vllm/plain"]);
  await page.setViewportSize({ width: 1440, height: 900 });
  const opener = page.getByRole("button", { name: "Settings of lane 2" });
  await opener.click();
  const settings = page.getByRole("dialog", { name: "Settings" });
  const system = settings.getByRole("textbox", { name: "System prompt" });
  await system.click();
  await page.keyboard.press("F6");
  await expect(lane(page, 1)).toBeFocused();
  await page.keyboard.press("F6");
  await expect(prompt(page)).toBeFocused();
  await page.keyboard.press("F6");
  await expect(system).toBeFocused();
  await page.keyboard.press("Shift+F6");
  await expect(prompt(page)).toBeFocused();
  await page.keyboard.press("F6");
  await page.keyboard.press("Escape");
  await expect(settings).toHaveCount(0);
  await expect(opener).toBeFocused();
});
