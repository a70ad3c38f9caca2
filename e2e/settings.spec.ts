import type { Locator, Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import { ask, lane, settled } from "./screen";

async function settings(page: Page, laneNumber: number): Promise<Locator> {
  await lane(page, laneNumber).getByRole("button", { name: "Settings" }).click();
  const panel = page.getByRole("dialog", { name: "Settings" });
  await expect(panel).toBeVisible();
  return panel;
}

test("a lane picks its dialect, which shows in its header where the lanes differ and brings a web search with it", async ({
  open,
}) => {
  const page = await open(["openai/gpt-5", "openai/gpt-5"]);
  const panel = await settings(page, 1);
  const search = panel.getByRole("switch", { name: "Web search at the provider" });
  await expect(search).toHaveCount(0);
  await panel.getByRole("combobox", { name: "Dialect" }).selectOption({ label: "Responses" });
  await search.click();
  await expect(search).toBeChecked();
  await panel.getByRole("combobox", { name: "Lane", exact: true }).selectOption({ index: 1 });
  await expect(panel.getByRole("combobox", { name: "Dialect" })).toHaveValue("chat-completions");
  await expect(panel.getByRole("switch", { name: "Web search at the provider" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(lane(page, 1)).toContainText("Responses");
  await expect(lane(page, 2)).toContainText("Chat completions");
});

test("a server that speaks one dialect asks for no choice", async ({ open }) => {
  const page = await open(["groq/openai/gpt-oss-120b"]);
  const panel = await settings(page, 1);
  await expect(panel.getByRole("region", { name: "Effort" })).toBeVisible();
  await expect(panel.getByRole("region", { name: "Dialect" })).toHaveCount(0);
});

test("efforts that a model does not accept can be reached with the arrow keys, say why, and are never chosen", async ({
  open,
}) => {
  const page = await open(["openai/gpt-5"]);
  const panel = await settings(page, 1);
  const effort = panel.getByRole("radiogroup", { name: "Effort" });
  await effort.getByRole("radio", { name: "high", exact: true }).check({ force: true });
  await page.keyboard.press("ArrowRight");
  const off = effort.getByRole("radio", { name: "none", exact: true });
  await expect(off).toBeFocused();
  await expect(off).toHaveAccessibleDescription("This model accepts only minimal, low, medium and high.");
  await expect(off).not.toBeChecked();
  await expect(effort.getByRole("radio", { name: "high", exact: true })).toBeChecked();
});

test("a typed effort takes the place of the chosen one, and its field stays while it is typed", async ({
  open,
}) => {
  const page = await open(["llamacpp/smollm2-135m"]);
  const panel = await settings(page, 1);
  const other = panel.getByRole("textbox", { name: "Another value" });
  await panel.getByRole("radio", { name: "low", exact: true }).check({ force: true });
  await panel.getByRole("button", { name: "Type another value" }).press("Enter");
  await page.keyboard.type("xhigh");
  await expect(other).toHaveValue("xhigh");
  await expect(panel.getByRole("radio", { name: "xhigh", exact: true })).toBeChecked();
  await page.keyboard.press("Escape");
  await settings(page, 1);
  await other.press("Home");
  await page.keyboard.press("Delete");
  await expect(other).toHaveValue("high");
  await expect(other).toBeFocused();
});

test("a model whose efforts are not known takes any text, and sends what was typed last", async ({
  open,
  upstream,
}) => {
  const page = await open(["vllm/two-words"]);
  const panel = await settings(page, 1);
  const other = panel.getByRole("textbox", { name: "Another value" });
  await other.fill("low");
  await other.selectText();
  await page.keyboard.type("xhigh");
  await expect(other).toHaveValue("xhigh");
  await page.keyboard.press("Escape");
  await ask(page, "Which one?");
  await settled(page);
  expect(upstream.seen.at(-1)?.body["reasoning_effort"]).toBe("xhigh");
});

test("before sending, the lane shows what its model rejects, and one click removes it", async ({ open }) => {
  const page = await open(["vllm/plain", "openai/gpt-5"]);
  const panel = await settings(page, 1);
  await panel.getByRole("textbox", { name: "Temperature" }).fill("0.5");
  await panel.getByRole("combobox", { name: "Lane", exact: true }).selectOption({ index: 1 });
  const samplers = panel.getByRole("region", { name: "Samplers" });
  await expect(samplers).toContainText("temperature is not sent: gpt-5 rejects it.");
  await expect(samplers).toContainText("Top k, Min p, Repeat penalty: OpenAI does not accept them.");
  await expect(samplers.getByRole("textbox", { name: "Top k" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  const list = lane(page, 2).getByRole("list", { name: "Before you send" });
  await expect(list).toContainText("temperature is not sent: gpt-5 rejects it.");
  // Both lanes share their samplers: the button says how far it reaches.
  await list.getByRole("button", { name: "Remove it in 2 lanes", exact: true }).click();
  await expect(list).toHaveCount(0);
});

test("what a model rejects still stands under its answers, and one click there removes it", async ({
  open,
}) => {
  const page = await open(["vllm/two-words", "openai/gpt-5"]);
  const panel = await settings(page, 1);
  await panel.getByRole("textbox", { name: "Temperature" }).fill("0.5");
  await page.keyboard.press("Escape");
  const list = lane(page, 2).getByRole("list", { name: "Before you send" });
  await ask(page, "First");
  await settled(page);
  await expect(lane(page, 2).getByRole("article")).toHaveCount(1);
  await expect(list).toContainText("temperature is not sent: gpt-5 rejects it.");
  await expect(lane(page, 1).getByRole("list", { name: "Before you send" })).toHaveCount(0);
  await list.getByRole("button", { name: "Remove it in 2 lanes", exact: true }).click();
  await expect(list).toHaveCount(0);
  await ask(page, "Second");
  await settled(page);
  await expect(list).toHaveCount(0);
});

test("a provider that is not supported yet is listed last with the reason, and cannot be picked", async ({
  open,
}) => {
  const page = await open(["vllm/plain"]);
  await page
    .getByRole("button", { name: /^Model/ })
    .first()
    .click();
  const picker = page.getByRole("dialog", { name: "Model" });
  const option = picker.getByRole("option", { name: /^Bedrock \(Claude\)/ });
  await expect(option).toContainText("Bedrock is not supported yet");
  await expect(option).toHaveAttribute("aria-disabled", "true");
});

test("copying a link says that it worked, and shows the link where the browser refuses", async ({ open }) => {
  const page = await open(["vllm/plain", "vllm/two-words"]);
  const copyLink = async () => {
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("copy a link");
    await page.keyboard.press("Enter");
  };
  const notices = page.getByRole("region", { name: "Notices" });
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await copyLink();
  await expect(notices).toContainText("Link copied.");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("/#link=1");
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("refused"));
    document.execCommand = () => false;
  });
  await copyLink();
  await expect(notices).toContainText("/#link=1");
});
