import { expect, it, onTestFinished, vi } from "vitest";

import { addAnswer, Answers, openTestPage } from "@/components/__fixtures__/test-page";
import { ExportTurnContext } from "@/components/answer/answer-scope";
import type { ExportScope } from "@/lib/session/store/session";
import { buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";

import { ExportPanel } from "./export-panel";

/** Names of the files that the page offers to save. */
function watchDownloads(): readonly string[] {
  const names: string[] = [];
  const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    names.push(this.download);
  });
  onTestFinished(() => click.mockRestore());
  return names;
}

async function openPanel(scopeOf: (lane: ExportScope & { of: "lane" }) => ExportScope) {
  const page = await openTestPage();
  addAnswer(page.app, 0, [buildStep({ parts: [buildText()] })]);
  const [lane] = page.app.lanes();
  if (lane === undefined) throw new Error("There is no lane");
  const scope = scopeOf({ of: "lane", lane: lane.id });
  return page.show(<ExportPanel scope={scope} onClose={vi.fn()} />);
}

it("a format is saved at a press, and the panel says as what, and what is not in the file", async () => {
  const names = watchDownloads();
  const screen = await openPanel(() => ({ of: "comparison" }));
  await expect.element(screen.getByRole("dialog", { name: "Save this comparison as" })).toBeVisible();
  await screen.getByRole("button", { name: "Markdown (.md)" }).click();
  await expect.element(screen.getByText(/^Saved as .*\.md\.$/u)).toBeVisible();
  await expect
    .element(screen.getByText("Requests, bytes and the times within answers have no place in Markdown."))
    .toBeVisible();
  expect(names).toEqual([expect.stringMatching(/\.md$/u)]);
});

it("every format can be saved, one after another", async () => {
  const names = watchDownloads();
  const screen = await openPanel((lane) => lane);
  await expect.element(screen.getByRole("dialog", { name: "Save this lane as" })).toBeVisible();
  for (const ending of [".tape", ".html", ".md", ".jsonl", ".har", ".yaml", ".sse", ".otlp.json"]) {
    await screen.getByRole("button", { name: `(${ending})` }).click();
    await expect.element(screen.getByText(new RegExp(`^Saved as .*\\${ending}\\.$`, "u"))).toBeVisible();
  }
  expect(names).toHaveLength(8);
});

it("an answer's details open the formats for that answer", async () => {
  const page = await openTestPage();
  const id = addAnswer(page.app, 0, [buildStep({ parts: [buildText()] })]);
  const onExport = vi.fn();
  const screen = await page.show(
    <ExportTurnContext value={onExport}>
      <Answers />
    </ExportTurnContext>,
  );
  await screen.getByRole("button", { name: /^Timings/u }).click();
  await screen.getByRole("button", { name: "Save answer as…" }).click();
  expect(onExport).toHaveBeenCalledWith(id);
});
