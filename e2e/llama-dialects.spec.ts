import type { Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import { answerOpenCalls, openOne, setDialect, setEffort, setTools } from "./lane-setup";
import { answer, answers, ask, lane, resultFields, settled, streamed, texts, thoughts } from "./screen";
import { readTurns } from "./wires";

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

/** A call of 2 and 3 that the page's own calculator has answered. */
const answered = (name: string, output: string) => ({
  type: "tool-call",
  name,
  status: {
    state: "answered",
    args: { valid: true, value: { a: 2, b: 3 } },
    result: { output, isError: false },
  },
});

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
    await expect
      .poll(async () => (await readTurns(page)).map(({ steps }) => steps.at(-1)?.status.state))
      .toEqual(["done"]);
    const [turn] = await readTurns(page);
    const steps = turn?.steps ?? [];
    expect(steps[0]).toMatchObject({
      request: { dialect, model: "smollm2-135m" },
      finish: { unified: "tool-calls" },
      parts: [{ type: "reasoning" }, answered("add", "5"), answered("multiply", "6")],
      warnings: [],
    });
    expect(steps.at(-1)).toMatchObject({ request: { dialect }, finish: { unified: "stop" }, warnings: [] });
    await thoughts(page, 1).first().click();
    const [thought] = steps[0]?.parts ?? [];
    await expect(streamed(page, 1)).toContainText((thought?.text ?? "no thought").trim());
    const group = answer(page, 1).getByRole("group", { name: "2 parallel calls" }).first();
    for (const [call, output] of [
      ["1 of 2: add", "5"],
      ["2 of 2: multiply", "6"],
    ]) {
      const card = group.getByRole("group", { name: `Tool call ${call}` });
      await card.getByRole("button", { name: new RegExp(`\\(.*2.*3.*\\) → ${output}$`) }).click();
      await expect(card.getByText("valid", { exact: true })).toBeVisible();
    }
    // A small model may name one result twice, and never a number that is neither.
    const numbers = (await texts(page, 1).last().innerText()).match(/\d+/gu) ?? [];
    expect(numbers.length).toBeGreaterThan(0);
    expect(numbers.filter((number) => number !== "5" && number !== "6")).toEqual([]);
    await expect(answer(page, 1).getByRole("alert")).toHaveCount(0);
    const tokens = steps.reduce((sum, { usage }) => sum + (usage?.output ?? Number.NaN), 0);
    const timings = answer(page, 1).getByRole("button", { name: /^Timings/ });
    await expect(timings).toContainText(/\d s to first token/);
    await expect(timings).toContainText(`${tokens} tokens`);
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
