import { readFileSync } from "node:fs";
import path from "node:path";

import { expect, test } from "./fixtures";
import { seriousInBothThemes } from "./serious";

const LIST = readFileSync(
  path.join(import.meta.dirname, "../fixtures/cases/tools-array-3.tool.json"),
  "utf8",
);

test("a pasted list adds its tools at once, says which it cannot add, and leaves no empty tool", async ({
  open,
}) => {
  const page = await open(["vllm/plain"]);
  await page.getByRole("button", { name: /^Tools, / }).click();
  const drawer = page.getByRole("dialog", { name: "Tools", exact: true });
  await drawer.getByRole("button", { name: "New tool" }).click();
  const editor = page.getByRole("dialog", { name: "new_tool" });
  await editor.getByText("JSON", { exact: true }).click();
  await editor.getByRole("textbox", { name: "Tool as JSON" }).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(LIST.replace(/\]\s*$/, ', {"name": "weather"}]'));
  const review = editor.getByRole("region", { name: "Tools in this list" });
  await expect(review).toContainText("3 tools can be added, 1 cannot.");
  await expect(review.getByRole("list", { name: "Cannot be added" })).toContainText(
    "weather: Another tool already has the name weather",
  );
  expect(await seriousInBothThemes(page)).toEqual([]);
  await review.getByRole("button", { name: "Add 3 tools" }).click();
  for (const name of ["list_a", "list_b", "list_c"])
    await expect(drawer.getByRole("button", { name: `Edit ${name}` })).toBeVisible();
  await expect(drawer.getByRole("button", { name: "Edit new_tool" })).toHaveCount(0);
});
