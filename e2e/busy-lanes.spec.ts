import { startApp } from "./app";
import { expect, test } from "./fixtures";
import { answers, prompt, run, settled, stopAll, texts } from "./screen";

test("while one lane answers a prompt goes to the idle one, and the busy one is named", async ({
  open,
  upstream,
}) => {
  const page = await open(["vllm/endless", "vllm/two-words"]);
  await prompt(page).fill("First");
  await run(page).click();
  await expect(texts(page, 2)).toHaveText("It depends.");
  await prompt(page).fill("Second");
  await expect(page.getByText("Lane 1 is still answering. Run sends to the other lanes.")).toBeVisible();
  await page.getByRole("button", { name: "Run in 1 lane" }).click();
  await expect(answers(page, 2)).toHaveCount(2);
  await expect(answers(page, 1)).toHaveCount(1);
  await expect(prompt(page)).toHaveValue("");
  await page.getByRole("combobox", { name: "Send to" }).selectOption({ index: 1 });
  const before = upstream.seen.length;
  await prompt(page).fill("Third");
  await prompt(page).press("Enter");
  await expect(page.getByText("Lane 1 is still answering. Wait or stop, then run.")).toBeVisible();
  await expect(prompt(page)).toHaveValue("Third");
  expect(upstream.seen.length).toBe(before);
  await stopAll(page).click();
  await settled(page);
});

test("an answer keeps the name of the model that made it", async ({ open }) => {
  const page = await open(["vllm/two-words"]);
  await prompt(page).fill("Which one?");
  await run(page).click();
  await settled(page);
  const first = answers(page, 1).first();
  await expect(first).toHaveAccessibleName(/^two-words in lane 1 on: Which one\?/);
  await expect(first.getByText("two-words", { exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: /^Model of lane 1/ }).click();
  await page.getByRole("dialog").getByRole("combobox").fill("thinker");
  await page
    .getByRole("option", { name: /^thinker/ })
    .first()
    .click();
  await expect(page.getByRole("region", { name: "Lane 1: thinker" })).toBeVisible();
  await expect(first.getByText("two-words", { exact: true }).filter({ visible: true })).toHaveCount(1);
  await expect(first).toHaveAccessibleName(/^two-words in lane 1/);
});

test("without a model the composer says once why nothing ran, until a model is chosen", async ({ page }) => {
  const app = await startApp({ VITRINE_LLAMA: "off", OPENAI_API_KEY: "sk-none" });
  await page.goto(app.url);
  await page.locator("[data-boot=ready]").waitFor();
  await prompt(page).fill("Hello");
  await run(page).click();
  const why = page.getByText("Nothing to run: there is no model yet.");
  await expect(why).toHaveCount(1);
  await page.getByRole("button", { name: "Choose a model for lane 1" }).click();
  await page.getByRole("combobox", { name: "Model" }).fill("openai/gpt-5");
  await page.getByRole("option", { name: "Use gpt-5 on OpenAI", exact: true }).click();
  await expect(page.getByRole("region", { name: "Lane 1: gpt-5" })).toBeVisible();
  await expect(why).toHaveCount(0);
  await expect(prompt(page)).toHaveValue("Hello");
  await app.stop();
});
