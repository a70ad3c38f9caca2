import { expect, it, vi } from "vitest";
import { userEvent } from "vitest/browser";

import { openTestPage } from "@/components/__fixtures__/test-page";
import { sessionId } from "@/lib/session/store/ids";
import type { SessionSummary } from "@/lib/session/store/session";

import { SessionsPanel } from "./sessions-panel";

const HOUR_MS = 3_600_000;

function summary(name: string, hoursAgo: number, models: readonly string[]): SessionSummary {
  const updatedAt = Date.now() - hoursAgo * HOUR_MS;
  return { id: sessionId(name), name, updatedAt, createdAt: updatedAt, lanes: 2, models };
}

const rows = () =>
  [...document.querySelectorAll("li > button:first-child")].map(({ textContent }) => textContent);

async function openList(summaries: readonly SessionSummary[]) {
  const page = await openTestPage();
  // What is saved later would come to the list.
  page.app.saveNow();
  await page.app.until(() => page.app.store.getState().summaries.length > 0);
  page.app.store.setState({ summaries });
  const onClose = vi.fn();
  const screen = await page.show(<SessionsPanel onSaveAs={vi.fn()} onClose={onClose} />);
  await expect.poll(() => rows().length).toBe(summaries.length);
  return { screen, onClose };
}

const three = [
  summary("Weather in Florence", 2, ["HuggingFaceTB/smollm2-135m"]),
  summary("Caching study", 3, ["openai/gpt-oss-20b", "qwen3-32b", "kimi-k2"]),
  summary("A poem", 24 * 30, []),
];

it("the list of comparisons says when each was changed and with which models", async () => {
  const { screen } = await openList(three);
  expect(rows()).toEqual([
    expect.stringMatching(/^Weather in Florence2 hours ago· 2 lanes· smollm2-135m$/u),
    expect.stringMatching(/^Caching study3 hours ago· 2 lanes· gpt-oss-20b, qwen3-32b \+1$/u),
    expect.stringMatching(/^A poem\w{3} \d+(?:, \d{4})?· 2 lanes$/u),
  ]);
  const [first] = three;
  await expect
    .element(screen.getByText("2 hours ago"))
    .toHaveAttribute("title", new Date(first?.updatedAt ?? 0).toLocaleString());
});

it("a search finds comparisons by name and model, and Esc clears it before it closes the list", async () => {
  const { screen, onClose } = await openList(three);
  const search = screen.getByRole("searchbox", { name: "Search comparisons" });
  await search.fill("qwen");
  expect(rows()).toEqual([expect.stringContaining("Caching study")]);
  await search.fill("flor weather");
  expect(rows()).toEqual([expect.stringContaining("Weather in Florence")]);
  await search.fill("nothing");
  await expect.element(screen.getByText("No comparison matches “nothing”.")).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => rows().length).toBe(3);
  expect(onClose).not.toHaveBeenCalled();
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => onClose.mock.calls.length).toBe(1);
});

it("a comparison that was renamed keeps the focus, also where its name stays", async () => {
  const { screen } = await openList(three);
  for (const key of ["{Escape}", "{Enter}"]) {
    await screen.getByRole("button", { name: "Rename Caching study" }).click();
    await userEvent.keyboard(key);
    await expect.element(screen.getByRole("button", { name: "Rename Caching study" })).toHaveFocus();
  }
});

it("a deleted comparison gives the focus to Undo, and has it once it is back", async () => {
  const page = await openTestPage();
  page.app.saveNow();
  await page.app.until(() => page.app.store.getState().summaries.length > 0);
  const screen = await page.show(<SessionsPanel onSaveAs={vi.fn()} onClose={vi.fn()} />);
  await screen.getByRole("button", { name: /^Delete / }).click();
  await expect.element(screen.getByRole("button", { name: "Undo" })).toHaveFocus();
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => document.activeElement?.matches("li > button:first-child")).toBe(true);
});
