import { readFile } from "node:fs/promises";

import { expect, test } from "./fixtures";
import { answer, ask, lane, prompt, resultFields, settled } from "./screen";
import { savedSessions } from "./wires";

test("a reload brings everything back: lanes, answers, an open call, the draft", async ({ open }) => {
  const page = await open(["vllm/plain", "vllm/caller"]);
  await ask(page, "Remember me");
  await settled(page);
  await prompt(page).fill("half a thought");
  await expect(resultFields(page, 2)).toBeVisible();
  await expect.poll(() => savedSessions(page)).toContain("half a thought");
  await page.goto(new URL(page.url()).origin);
  await expect(page.getByRole("region", { name: "Lane 2: caller" })).toBeVisible();
  await expect(answer(page, 1)).toContainText("still on");
  await expect(prompt(page)).toHaveValue("half a thought");
  await resultFields(page, 2).fill("fog");
  await lane(page, 2).getByRole("button", { name: "Send result" }).click();
  await expect(answer(page, 2)).toContainText("It is fog");
});

test("a session is renamed, duplicated, deleted and brought back", async ({ open }) => {
  const page = await open(["vllm/plain"]);
  await ask(page, "Hello");
  await settled(page);
  await page.getByRole("button", { name: /^Sessions/ }).click();
  const list = page.getByRole("dialog");
  await list
    .getByRole("button", { name: /^Rename/ })
    .first()
    .click();
  await list.getByRole("textbox", { name: /name/i }).fill("My comparison");
  await page.keyboard.press("Enter");
  await expect(list.getByText("My comparison").first()).toBeVisible();
  await list
    .getByRole("button", { name: /^Duplicate/ })
    .first()
    .click();
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await list
    .getByRole("button", { name: /^Delete/ })
    .first()
    .click();
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  await expect(list.getByRole("listitem")).toHaveCount(2);
});

test("an exported session comes back whole when it is imported, and holds no key", async ({ open }, info) => {
  const page = await open(["vllm/plain"]);
  await ask(page, "Take me along");
  await settled(page);
  await page.getByRole("button", { name: /^Sessions/ }).click();
  const download = page.waitForEvent("download");
  await page
    .getByRole("button", { name: /^Export/ })
    .first()
    .click();
  const file = info.outputPath("session.json");
  await (await download).saveAs(file);
  expect(await readFile(file, "utf8")).not.toContain("CANARY");
  await page.getByLabel("Session file to import").setInputFiles(file);
  await expect(page.getByRole("dialog").getByRole("listitem")).toHaveCount(2);
});

test("a file that is no session is refused with a reason and changes nothing", async ({ open }, info) => {
  const page = await open(["vllm/plain"]);
  await page.getByRole("button", { name: /^Sessions/ }).click();
  await page
    .getByLabel("Session file to import")
    .setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from('{"version": 99}') });
  await expect(page.getByRole("dialog").getByRole("alert")).toBeVisible();
  expect(info.errors).toEqual([]);
});

test("a store that refuses says not saved, keeps everything on screen and can still be exported", async ({
  page,
  app,
}) => {
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("The disk is full", "QuotaExceededError");
    };
  });
  await page.goto(`${app.url}/?lane=vllm/plain`);
  await page.locator("[data-boot=ready]").waitFor();
  await ask(page, "Do not lose me");
  await settled(page);
  await expect(page.getByText("not saved", { exact: true })).toBeVisible();
  await expect(answer(page, 1)).toContainText("still on");
});
