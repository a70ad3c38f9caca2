import { expect, test } from "./fixtures";
import { turnOn } from "./lane-setup";
import { answer, ask, lane, prompt, run, settled, texts, thoughts } from "./screen";
import type { Scenario } from "./upstream";

const reasoner: Scenario = (exchange) => {
  exchange.delta({ reasoning_content: "They want to see it." });
  exchange.delta({ content: "Here it is." });
  exchange.finish();
};

test("presentation mode shows prompts, thoughts, calls, answers and strips alone, larger, until Esc", async ({
  open,
  upstream,
}) => {
  upstream.script("reasoner", reasoner);
  const page = await open(["vllm/reasoner", "vllm/two-words"]);
  await ask(page, "Show them");
  await settled(page);
  await expect(thoughts(page, 1)).toHaveAttribute("aria-expanded", "false");
  const size = () => texts(page, 1).evaluate((node) => getComputedStyle(node).fontSize);
  expect(await size()).toBe("15px");
  await page.keyboard.press("Alt+Shift+F");
  await expect(thoughts(page, 1)).toHaveAttribute("aria-expanded", "true");
  expect(await size()).toBe("18px");
  await expect(page.getByRole("main").getByText("Show them", { exact: true })).toBeVisible();
  await expect(answer(page, 1).getByRole("img", { name: /^Phases/ })).toBeVisible();
  for (const chrome of [
    prompt(page),
    run(page),
    page.getByRole("button", { name: "Commands" }),
    answer(page, 1).getByRole("button", { name: "Copy answer" }),
    lane(page, 1).getByRole("button", { name: "Settings of lane 1" }),
  ]) {
    await expect(chrome).toBeHidden();
  }
  await page.keyboard.press("Escape");
  await expect(prompt(page)).toBeVisible();
  await expect(thoughts(page, 1)).toHaveAttribute("aria-expanded", "false");
});

test("presentation mode shows calls in 16 px, to be read from the back of a room", async ({ open }) => {
  const page = await open(["vllm/caller"]);
  await turnOn(page, ["weather"]);
  await ask(page, "What is the weather in Florence?");
  await settled(page);
  await page.mouse.move(0, 0);
  const call = answer(page, 1).getByRole("group", { name: "Tool call: weather" });
  const size = () => call.getByText('"Florence"').evaluate((node) => getComputedStyle(node).fontSize);
  expect(await size()).toBe("13px");
  await page.keyboard.press("Alt+Shift+F");
  expect(await size()).toBe("16px");
  expect(await thoughts(page, 1).evaluate((node) => getComputedStyle(node).fontSize)).toBe("16px");
});

test("thoughts are kept open where a person asks for it, also after a reload", async ({ open, upstream }) => {
  upstream.script("reasoner", reasoner);
  const page = await open(["vllm/reasoner"]);
  await ask(page, "Think");
  await settled(page);
  await expect(thoughts(page, 1)).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill("keep thoughts");
  await page.keyboard.press("Enter");
  await expect(thoughts(page, 1)).toHaveAttribute("aria-expanded", "true");
  await page.reload();
  await expect(thoughts(page, 1)).toHaveAttribute("aria-expanded", "true");
  await page.getByRole("button", { name: "Settings of lane 1" }).click();
  const kept = page.getByRole("switch", { name: "Keep thoughts open once the answer begins" });
  await expect(kept).toBeChecked();
  await kept.click();
  await expect(thoughts(page, 1)).toHaveAttribute("aria-expanded", "false");
  await kept.click();
  await expect(thoughts(page, 1)).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Escape");
  await thoughts(page, 1).click();
  await expect(thoughts(page, 1)).toHaveAttribute("aria-expanded", "false");
});

test("the numbers of a row are compared in a table that is copied as Markdown and as CSV", async ({
  open,
  context,
  upstream,
}) => {
  upstream.script("reasoner", reasoner);
  const page = await open(["vllm/reasoner", "vllm/two-words"]);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await ask(page, "Compare");
  await settled(page);
  await page.getByRole("button", { name: "Compare numbers" }).click();
  const table = page.getByRole("dialog", { name: "Compare numbers" }).getByRole("table");
  await expect(table.getByRole("rowheader")).toHaveText(["1 reasoner", "2 two-words"]);
  await expect(table.getByRole("columnheader").first()).toHaveText("Lane");
  await page.getByRole("button", { name: "Copy as Markdown" }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/^\| Lane \| tok\/s \|.*\n\| --- \|.*\n\| 1 reasoner \|.*\n\| 2 two-words \|.*\n$/);
  await page.getByRole("button", { name: "Copy as CSV" }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/^Lane,Model,State,tok\/s,.*\r\n1,reasoner,finished,/);
  // A phone has each lane's numbers under its name, and nothing to scroll sideways.
  await page.setViewportSize({ width: 390, height: 844 });
  const dialog = page.getByRole("dialog", { name: "Compare numbers" });
  await expect(dialog.getByRole("heading", { name: "2 two-words" })).toBeVisible();
  const wide = dialog
    .locator("*")
    .evaluateAll(
      (all) =>
        all.filter(
          (e) =>
            e.clientWidth > 1 &&
            e.scrollWidth > e.clientWidth + 1 &&
            getComputedStyle(e).overflowX !== "visible",
        ).length,
    );
  expect(await wide).toBe(0);
});
