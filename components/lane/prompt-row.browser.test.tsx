import { beforeEach, expect, it, vi } from "vitest";
import { page } from "vitest/browser";

import { openTestPage } from "@/components/__fixtures__/test-page";

import { PromptRow } from "./prompt-row";

const VIEWS = ["Compare answers", "Timeline", "Compare numbers"] as const;

async function showAt(width: number) {
  await page.viewport(width, 800);
  const views = { answers: vi.fn(), timeline: vi.fn(), numbers: vi.fn() };
  const { show } = await openTestPage();
  await show(
    <PromptRow id="prompt" laneNumber={1} prompt="Hi" images={[]} onEdit={() => undefined} views={views} />,
  );
  return [views.answers, views.timeline, views.numbers];
}

beforeEach(() => page.viewport(1000, 800));

it("a prompt offers each view of its answers with a button of its own", async () => {
  const opened = await showAt(1000);
  for (const name of VIEWS) await page.getByRole("button", { name }).click();
  expect(opened.map(({ mock }) => mock.calls.length)).toEqual([1, 1, 1]);
});

it("a prompt on a phone offers the same views in one menu", async () => {
  const opened = await showAt(390);
  for (const name of VIEWS) {
    expect(page.getByRole("button", { name }).elements()).toHaveLength(0);
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByRole("menuitem", { name }).click();
  }
  await expect.poll(() => opened.map(({ mock }) => mock.calls.length)).toEqual([1, 1, 1]);
});
