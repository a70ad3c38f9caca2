import { expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";

import { openVerifyPage } from "@/components/verify/__fixtures__/verify-page";
import {
  buildCase,
  buildLane,
  buildRun,
  buildSuite,
  buildTrial,
  failed,
  notMeasured,
} from "@/lib/verify/__fixtures__/build-run";

const lanes = [buildLane("llamacpp/tiny"), buildLane("groq/openai/gpt-oss-20b")];
const cases = [
  buildCase({ id: "W1", title: "says hi" }),
  buildCase({ id: "S2", group: "single", title: "one of four" }),
  buildCase({ id: "S1", group: "single", title: "weather in Florence" }),
];
const five = [0, 1, 2, 3, 4];
const run = buildRun({
  suite: buildSuite(cases),
  lanes,
  trials: five.flatMap((repetition) => [
    buildTrial({ caseId: "W1", repetition }),
    buildTrial({ caseId: "W1", lane: 1, repetition }, notMeasured()),
    buildTrial({ caseId: "S1", repetition }),
    buildTrial({ caseId: "S1", lane: 1, repetition }, failed(repetition < 4 ? "argument" : "choice")),
    buildTrial({ caseId: "S2", repetition }, repetition === 0 ? failed("parse", "server") : undefined),
    buildTrial({ caseId: "S2", lane: 1, repetition }),
  ]),
});

const cell = (name: RegExp) => page.getByRole("button", { name });

const heads = () =>
  page
    .getByRole("columnheader")
    .elements()
    .map(({ textContent }) => textContent);

const rows = () =>
  page
    .getByRole("rowheader")
    .elements()
    .flatMap(({ textContent }) => /[WS]\d/u.exec(textContent)?.[0] ?? []);

const stops = () =>
  page
    .getByRole("button")
    .elements()
    .filter((each) => each.matches("[data-cell][tabindex='0']"))
    .map((each) => each.getAttribute("aria-label")?.split(":")[0]);

const focused = () => document.activeElement?.getAttribute("aria-label") ?? "";

it("a cell says how many trials passed, with what certainty, and how it stands against the reference", async () => {
  await openVerifyPage({ open: run });
  await expect
    .element(cell(/^W1 says hi, streamed, llamacpp\/tiny: 5 of 5 passed, 57–100 %$/u))
    .toBeVisible();
  await expect
    .element(
      cell(/^S1 .*gpt-oss-20b: 0 of 5 passed, 0–43 %, argument, tool choice, worse than the reference$/u),
    )
    .toBeVisible();
  await expect.element(cell(/^S2 .*tiny: 4 of 5 passed, 38–96 %, flaky, call not parsed$/u)).toBeVisible();
  await expect.element(cell(/^W1 .*gpt-oss-20b: not measured: rate limit$/u)).toBeVisible();
});

it("another lane becomes the reference, and stands first", async () => {
  await openVerifyPage({ open: run });
  await expect.poll(heads).toEqual(["Case", "llamacpptinyreference", "groqopenai/gpt-oss-20bMake reference"]);
  await page.getByRole("button", { name: "Compare with groq/openai/gpt-oss-20b" }).click();
  await expect.poll(heads).toEqual(["Case", "groqopenai/gpt-oss-20breference", "llamacpptinyMake reference"]);
  await expect.element(cell(/^S1 .*tiny: .*better than the reference$/u)).toBeVisible();
});

it("a group shows its rate and how it stands, and closes", async () => {
  await openVerifyPage({ open: run });
  const group = page.getByRole("button", { name: "Single call 2 cases" });
  await expect.element(page.getByText("90 %", { exact: true })).toBeVisible();
  await expect.element(page.getByText("1/2 every time").first()).toBeVisible();
  await group.click();
  await expect.element(group).toHaveAttribute("aria-expanded", "false");
  expect(cell(/^S1 /u).elements()).toEqual([]);
  await expect.element(cell(/^W1 .*tiny/u)).toBeVisible();
});

it("a case that is asked in both ways counts once in its group, and a filter does not change a group", async () => {
  const both = buildCase({ id: "W1", modes: ["whole", "stream"] });
  await openVerifyPage({
    open: buildRun({
      suite: buildSuite([both, buildCase({ id: "W2", title: "one word" })]),
      trials: [
        buildTrial({ caseId: "W1", mode: "whole" }),
        buildTrial({ caseId: "W1" }, failed()),
        buildTrial({ caseId: "W2" }),
      ],
    }),
  });
  await expect.element(page.getByRole("button", { name: "Wire 2 cases" })).toBeVisible();
  await expect.element(page.getByText("75 %", { exact: true })).toBeVisible();
  await expect.element(page.getByText("1/2 every time")).toBeVisible();
  await page.getByRole("button", { name: /^argument 1$/u }).click();
  await expect.element(page.getByRole("button", { name: "Wire 1 of 2 cases" })).toBeVisible();
  await expect.element(page.getByText("75 %", { exact: true })).toBeVisible();
});

it("only rows with a chosen fault are shown", async () => {
  await openVerifyPage({ open: run });
  await page.getByRole("button", { name: /^call not parsed 1$/u }).click();
  await expect.element(cell(/^S2 .*tiny/u)).toBeVisible();
  expect(cell(/^[WS]1 /u).elements()).toEqual([]);
  await page.getByRole("button", { name: /^call not parsed 1$/u }).click();
  await expect.element(cell(/^S1 .*tiny/u)).toBeVisible();
});

it("rows come in another order", async () => {
  await openVerifyPage({ open: run });
  await expect.poll(rows).toEqual(["W1", "S2", "S1"]);
  const order = page.getByRole("combobox", { name: "Order of the rows" });
  await order.selectOptions("Largest difference first");
  await expect.poll(rows).toEqual(["W1", "S1", "S2"]);
  await order.selectOptions("In the suite's order");
  await expect.poll(rows).toEqual(["W1", "S2", "S1"]);
  await order.selectOptions("Fewest passes first");
  await expect.poll(rows).toEqual(["W1", "S1", "S2"]);
});

it("Tab reaches one cell, the one that was left, also after rows were filtered", async () => {
  await openVerifyPage({ open: run });
  await expect.poll(() => stops().length).toBe(1);
  cell(/^S2 .*gpt-oss/u)
    .element()
    .focus();
  const left = stops();
  expect(left).toEqual([expect.stringMatching(/^S2 .*gpt-oss/u)]);
  await page.getByRole("button", { name: /^call not parsed 1$/u }).click();
  await expect.poll(rows).toEqual(["S2"]);
  await expect.poll(stops).toHaveLength(1);
  await page.getByRole("button", { name: /^call not parsed 1$/u }).click();
  await expect.poll(rows).toEqual(["W1", "S2", "S1"]);
  await expect.poll(stops).toHaveLength(1);
});

it("arrows go from cell to cell, and Enter opens the trials of one", async () => {
  await openVerifyPage({ open: run });
  await cell(/^W1 .*tiny/u).click();
  await expect.element(page.getByRole("dialog", { name: "Case W1: says hi" })).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await expect.poll(focused).toMatch(/^W1 .*tiny/u);
  await userEvent.keyboard("{ArrowRight}");
  expect(focused()).toMatch(/^W1 .*gpt-oss/u);
  await userEvent.keyboard("{ArrowDown}");
  expect(focused()).toMatch(/^S2 .*gpt-oss/u);
  await userEvent.keyboard("{Home}");
  expect(focused()).toMatch(/^S2 .*tiny/u);
  await userEvent.keyboard("{Enter}");
  const panel = page.getByRole("dialog", { name: "Case S2: one of four" });
  await expect.element(panel).toBeVisible();
  await expect.element(panel.getByText("failed: call not parsed")).toBeVisible();
  await expect.element(panel.getByText("blame: the server")).toBeVisible();
  await expect.element(panel.getByText(/^4 of 5 passed/u)).toBeVisible();
  expect(panel.getByRole("listitem").elements().length).toBe(5);
});

it("a case that knows no levels has one cell for all levels of its lane", async () => {
  await openVerifyPage({
    open: buildRun({
      suite: buildSuite([buildCase({ id: "W1" }), buildCase({ id: "W4", isPerEffort: true })]),
      lanes: [buildLane("a/a", { efforts: ["low", "high"] })],
      trials: [
        buildTrial({ caseId: "W1" }),
        buildTrial({ caseId: "W4", effort: "low" }),
        buildTrial({ caseId: "W4", effort: "high" }, failed()),
      ],
    }),
  });
  await expect.element(cell(/^W4 .*effort low: 1 of 1/u)).toBeVisible();
  await expect.element(cell(/^W4 .*effort high: 0 of 1/u)).toBeVisible();
  expect(
    cell(/^W1 /u)
      .elements()
      .map((each) => each.closest("td")?.colSpan),
  ).toEqual([2]);
});
