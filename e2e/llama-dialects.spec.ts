import type { Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import { answerOpenCalls, openOne, setDialect, setEffort, setTools } from "./lane-setup";
import { answer, answers, ask, lane, resultFields, settled, streamed, texts, thoughts } from "./screen";

const DIALECTS = ["chat-completions", "responses", "anthropic"] as const;

// A real model on a busy machine; this test is not about how long it takes.
test.describe.configure({ timeout: 240_000 });

/** Asks for two parallel calls and answers whatever is called, until the lane has its last word. */
async function calculate(page: Page): Promise<void> {
  await ask(page, "Add 2 and 3, and multiply 2 and 3.");
  await settled(page);
  await expect(async () => {
    await answerOpenCalls(page, 1, "5");
    await settled(page);
    await expect(resultFields(page, 1)).toHaveCount(0);
  }).toPass({ timeout: 120_000 });
}

for (const dialect of DIALECTS) {
  test(`the real llama.cpp thinks, calls two tools at once and answers in ${dialect}`, async ({
    page,
    app,
  }) => {
    await openOne(page, app.url);
    await setDialect(page, dialect);
    await setEffort(page, "low");
    await setTools(page, ["add", "multiply"]);
    await calculate(page);
    await thoughts(page, 1).first().click();
    await expect(streamed(page, 1)).toContainText(/\w{3,}/);
    const group = answer(page, 1).getByRole("group", { name: "2 parallel calls" }).first();
    for (const call of ["1 of 2: add", "2 of 2: multiply"]) {
      const card = group.getByRole("group", { name: `Tool call ${call}` });
      await card.getByRole("button", { name: /→/ }).click();
      await expect(card).toContainText("valid");
    }
    await expect(texts(page, 1).last()).toContainText(/5|6/);
    await expect(answer(page, 1).getByRole("alert")).toHaveCount(0);
    const timings = answer(page, 1).getByRole("button", { name: /^Timings/ });
    await expect(timings).toContainText(/\d s to first token/);
    await expect(timings).toContainText(/\d tokens/);
  });
}

test("one conversation changes its dialect at every turn, and the server takes its history each time", async ({
  page,
  app,
}) => {
  await openOne(page, app.url);
  await setEffort(page, "low");
  await setTools(page, ["add", "multiply"]);
  const tour = [...DIALECTS, DIALECTS[1], DIALECTS[0]];
  for (const [turn, dialect] of tour.entries()) {
    await setDialect(page, dialect);
    await calculate(page);
    await expect(answers(page, 1)).toHaveCount(turn + 1);
    await expect(lane(page, 1).getByRole("alert")).toHaveCount(0);
  }
});
