import { expect, test } from "./fixtures";
import { answer, ask, lane, prompt, resultFields, settled } from "./screen";
import { exportedBy } from "./stored";
import { readSessions, readWires, savedSessions, withoutIds } from "./wires";

test.use({ byHand: true });

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
  await page.getByRole("button", { name: /^Comparisons/ }).click();
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

test("an exported session comes back whole when it is imported: answers, branch, open call and wire", async ({
  open,
}, info) => {
  const page = await open(["vllm/plain", "vllm/caller"]);
  await ask(page, "Take me along");
  await settled(page);
  await answer(page, 1)
    .getByRole("button", { name: /^Retry/ })
    .click();
  await settled(page);
  await expect(answer(page, 1)).toContainText("2/2");
  await expect.poll(async () => (await readSessions(page)).map((turns) => turns.length)).toEqual([3]);
  const [before = []] = await readSessions(page);
  await page.getByRole("button", { name: /^Comparisons/ }).click();
  const list = page.getByRole("dialog");
  const file = await exportedBy(list.getByRole("button", { name: /^Export/ }).first(), info);
  await page.getByLabel("Comparison or recording to import").setInputFiles(file.path);
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await page.keyboard.press("Escape");
  await expect(answer(page, 1)).toContainText("2/2");
  await expect(resultFields(page, 2)).toBeVisible();
  const sessions = await readSessions(page);
  const original = sessions.filter(([turn]) => turn?.sessionId === before[0]?.sessionId);
  const imported = sessions.filter(([turn]) => turn?.sessionId !== before[0]?.sessionId);
  expect(original).toEqual([before]);
  expect(imported.map(withoutIds)).toEqual([withoutIds(before)]);
  const saved = await readWires(page);
  expect(saved).toHaveLength(6);
  const texts = saved.map(({ wires }) => wires.map(({ text }) => text).join("")).toSorted();
  expect(texts.every((text) => text.includes("[DONE]"))).toBe(true);
  expect([texts[0], texts[2], texts[4]]).toEqual([texts[1], texts[3], texts[5]]);
});

test("a file that is not a session is rejected with a reason and changes nothing", async ({ open }) => {
  const page = await open(["vllm/plain"]);
  await ask(page, "Keep me");
  await settled(page);
  await page.getByRole("button", { name: /^Comparisons/ }).click();
  const list = page.getByRole("dialog");
  await expect(list.getByRole("listitem")).toHaveCount(1);
  const stored = await savedSessions(page);
  await page
    .getByLabel("Comparison or recording to import")
    .setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from('{"version": 99}') });
  await expect(list.getByRole("alert")).toHaveText("This file is not a Vitrine export.");
  await expect(list.getByRole("listitem")).toHaveCount(1);
  expect(await savedSessions(page)).toBe(stored);
  await page.keyboard.press("Escape");
  await expect(answer(page, 1)).toContainText("still on");
});

test("a store that refuses says not saved, keeps everything on screen and can still be exported", async ({
  page,
  app,
}, info) => {
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
  const button = page.getByRole("button", { name: "Export this comparison" });
  const file: unknown = JSON.parse((await exportedBy(button, info)).text);
  expect(file).toMatchObject({
    format: "vitrine-session",
    turns: [{ prompt: "Do not lose me", turn: { steps: [{ status: { state: "done" } }] } }],
    records: [{ droppedBytes: 0 }],
  });
  expect(JSON.stringify(file)).toContain("still on");
});
