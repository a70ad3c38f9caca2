import { expect, test } from "./fixtures";
import { answers, ask, lane, prompt, settled } from "./screen";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("a copied link opens the same setup as a new comparison, runs nothing, and leaves the address bar", async ({
  open,
  upstream,
  context,
}) => {
  const page = await open(["vllm/plain", "vllm/caller"]);
  await ask(page, "Who are you?");
  await settled(page);
  await page.keyboard.press("Alt+e");
  await page.getByRole("textbox", { name: "System prompt" }).fill("<b>Be brief</b>");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByText(/^Link copied\./)).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(link).hash).toMatch(/^#link=1[\w-]+$/);

  const before = upstream.seen.length;
  const other = await context.newPage();
  await other.goto(link);
  await other.locator("[data-boot=ready]").waitFor();
  await expect(lane(other, 1)).toHaveAccessibleName("Lane 1: plain");
  await expect(lane(other, 2)).toHaveAccessibleName("Lane 2: caller");
  await expect(prompt(other)).toHaveValue("Who are you?");
  await expect(other.getByText("Opened from a link. Nothing runs until you press Run.")).toBeVisible();
  expect(new URL(other.url()).hash).toBe("");
  await other.keyboard.press("Alt+e");
  await expect(other.getByRole("textbox", { name: "System prompt" })).toHaveValue("<b>Be brief</b>");
  expect(upstream.seen.length).toBe(before);

  // Followed in a page that is open, it stands beside what is there.
  await page.goto(link);
  await expect(answers(page, 1)).toHaveCount(0);
  await page.getByRole("button", { name: /^Comparisons/ }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Who are you\?.*2 lanes/s })
    .last()
    .click();
  await expect(answers(page, 1)).toHaveCount(1);
});
