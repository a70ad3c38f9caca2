import type { Page } from "@playwright/test";

import { type App, startApp } from "./app";
import { CANARY, expect, test as base } from "./fixtures";
import { answerByHand } from "./lane-setup";
import { answer, ask, lane, resultFields, settled, streamed, thoughts } from "./screen";
import { startStrictUpstream, type StrictUpstream } from "./strict/strict-upstream";

/** One server of each dialect that checks as the real one does; keys are those of the test. */
const test = base.extend<object, { strict: StrictUpstream; strictApp: App }>({
  strict: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
    async ({}, use) => {
      const strict = await startStrictUpstream();
      await use(strict);
      await strict.close();
    },
    { scope: "worker" },
  ],
  strictApp: [
    async ({ strict }, use) => {
      const app = await startApp({
        ANTHROPIC_BASE_URL: `${strict.origin}/anthropic/v1`,
        ANTHROPIC_API_KEY: CANARY,
        GEMINI_NATIVE_BASE_URL: `${strict.origin}/gemini/v1beta`,
        GEMINI_API_KEY: CANARY,
        OPENAI_BASE_URL: `${strict.origin}/openai/v1`,
        OPENAI_API_KEY: CANARY,
        LLAMA_CPP_URL: `${strict.origin}/llama/v1`,
        VITRINE_LLAMA: "off",
      });
      await use(app);
      await app.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

/** A model of each dialect, and what its provider is called. */
const MODELS = [
  ["anthropic/claude-sonnet-4-6", "Anthropic"],
  ["gemini/gemini-3-pro-preview", "Gemini"],
  ["openai-responses/gpt-5", "OpenAI (Responses)"],
  ["llamacpp/scripted", "llama.cpp"],
] as const;
type Model = (typeof MODELS)[number];

async function openLanes(page: Page, app: App, lanes: readonly Model[]): Promise<void> {
  await page.goto(`${app.url}/?${new URLSearchParams(lanes.map(([name]) => ["lane", name]))}`);
  await page.locator("[data-boot=ready]").waitFor();
  await page.getByRole("button", { name: /^Tools, / }).click();
  for (const name of ["add", "multiply"])
    await page
      .getByRole("button", { name: lanes.length > 1 ? `${name} in all lanes` : `${name} on`, exact: true })
      .click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await answerByHand(page);
}

/** Answers the two calls of a lane with 5 and 6. */
async function answerCalls(page: Page, laneNumber: number): Promise<void> {
  const group = answer(page, laneNumber).getByRole("group", { name: "2 parallel calls" });
  await expect(group).toBeVisible();
  for (const result of ["5", "6"]) {
    const card = group
      .getByRole("group", { name: /^Tool call/ })
      .filter({ has: page.getByRole("textbox") })
      .first();
    await card.getByRole("textbox", { name: /^Result for / }).fill(result);
    await card.getByRole("button", { name: "Send result" }).click();
  }
  await expect(answer(page, laneNumber)).toContainText("It is 5 and 6.");
}

async function pickModel(page: Page, [name, label]: Model): Promise<void> {
  await page.getByRole("button", { name: /^Model of lane 1/ }).click();
  const model = name.slice(name.indexOf("/") + 1);
  await page.getByRole("dialog").getByRole("combobox").fill(name);
  await page.getByRole("option", { name: `Use ${model} on ${label}`, exact: true }).click();
  await expect(page.getByRole("region", { name: `Lane 1: ${model}` })).toBeVisible();
}

test("four dialects side by side think, call two tools, take typed results and answer", async ({
  page,
  strict,
  strictApp,
}) => {
  const before = strict.refusals.length;
  await openLanes(page, strictApp, MODELS);
  await ask(page, "Add and multiply 2 and 3.");
  await settled(page);
  for (const laneNumber of [1, 2, 3, 4]) {
    await thoughts(page, laneNumber).first().click();
    await expect(streamed(page, laneNumber)).toContainText("I think about it.");
    await expect(resultFields(page, laneNumber)).toHaveCount(2);
  }
  for (const laneNumber of [1, 2, 3, 4]) await answerCalls(page, laneNumber);
  await settled(page);
  for (const laneNumber of [1, 2, 3, 4]) await expect(answer(page, laneNumber)).toContainText("first");
  expect(strict.refusals.slice(before)).toEqual([]);
});

test("a conversation continues at another provider on each turn, and no server refuses its history", async ({
  page,
  strict,
  strictApp,
}) => {
  const before = strict.refusals.length;
  const tour = [...MODELS, MODELS[0], MODELS[2], MODELS[1]];
  await openLanes(page, strictApp, [MODELS[0]]);
  for (const [turn, model] of tour.entries()) {
    if (turn > 0) await pickModel(page, model);
    await ask(page, `Turn ${String(turn)}: add and multiply 2 and 3.`);
    await answerCalls(page, 1);
    await settled(page);
  }
  expect(strict.refusals.slice(before)).toEqual([]);
  await expect(lane(page, 1).getByRole("article")).toHaveCount(tour.length);
});

test("each key goes to its own provider in its own header", async ({ page, strict, strictApp }) => {
  const before = strict.seen.length;
  await openLanes(page, strictApp, MODELS);
  await ask(page, "Hello");
  await settled(page);
  const sent = strict.seen.slice(before).map(({ path, headers }) => ({
    path: path.replace(/\/v1.*/, ""),
    bearer: headers["authorization"] ?? null,
    anthropic: headers["x-api-key"] ?? null,
    version: headers["anthropic-version"] ?? null,
    google: headers["x-goog-api-key"] ?? null,
  }));
  const none = { bearer: null, anthropic: null, version: null, google: null };
  expect(sent.toSorted((a, b) => a.path.localeCompare(b.path))).toEqual([
    { ...none, path: "/anthropic", anthropic: CANARY, version: "2023-06-01" },
    { ...none, path: "/gemini", google: CANARY },
    { ...none, path: "/llama" },
    { ...none, path: "/openai", bearer: `Bearer ${CANARY}` },
  ]);
});
