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
} from "@/lib/verify/__fixtures__/build-run";
import { cardOf } from "@/lib/verify/card/card";
import { cardLink } from "@/lib/verify/card/card-link";
import type { Trial } from "@/lib/verify/trial";

const five = [0, 1, 2, 3, 4];
const suite = buildSuite(["W1", "W2"].map((id) => buildCase({ id, title: `case ${id}` })));

const trials = (caseId: string, passed: number): readonly Trial[] =>
  five.map((repetition) => buildTrial({ caseId, repetition }, repetition < passed ? undefined : failed()));

function run(id: string, passes: { readonly W1: number; readonly W2: number }, startedAt: number) {
  return buildRun({
    id,
    startedAt,
    suite,
    lanes: [buildLane("a/a")],
    trials: [...trials("W1", passes.W1), ...trials("W2", passes.W2)],
  });
}

const before = run("Before", { W1: 5, W2: 0 }, 1_700_000_000_000);
const after = run("After", { W1: 0, W2: 5 }, 1_700_100_000_000);

const runs = () => page.getByRole("dialog", { name: "Runs" });
const names = () =>
  runs()
    .getByRole("listitem")
    .elements()
    .map((each) => /^(?:After|Before|Baseline)/u.exec(each.textContent)?.[0]);

it("kept runs are listed newest first, and one is opened, renamed, deleted and brought back", async () => {
  const { verify } = await openVerifyPage({ open: after, kept: [before] });
  await page.getByRole("button", { name: "After", exact: true }).click();
  await expect.poll(names).toEqual(["After", "Before"]);
  await runs().getByRole("button", { name: "Rename Before" }).click();
  await runs().getByRole("textbox", { name: "Name of the run" }).fill("Baseline");
  await userEvent.keyboard("{Enter}");
  await expect.poll(names).toEqual(["After", "Baseline"]);
  await runs().getByRole("button", { name: "Delete Baseline" }).click();
  await expect.poll(names).toEqual(["After"]);
  await runs().getByRole("button", { name: "Undo" }).click();
  await expect.poll(names).toEqual(["After", "Baseline"]);
  await runs()
    .getByRole("button", { name: /^Baseline/u })
    .click();
  await expect.poll(() => verify.store.getState().open?.run.id).toBe("Before");
  await expect.element(page.getByRole("button", { name: /^W1 case W1.*5 of 5/u })).toBeVisible();
});

it("two runs compare: what regressed and what was fixed, each with its difference", async () => {
  await openVerifyPage({ open: after, kept: [before] });
  await page.getByRole("radio", { name: "Compare" }).click();
  await expect.element(page.getByText("1 regressed, 1 fixed, 0 the same.")).toBeVisible();
  const regressed = page.getByRole("region", { name: "Regressed" });
  await expect
    .element(regressed.getByRole("row", { name: /^W1 case W1.*a\/a 5\/5 0\/5 worse/u }))
    .toBeVisible();
  const fixed = page.getByRole("region", { name: "Fixed" });
  await expect.element(fixed.getByRole("row", { name: /^W2 case W2.*a\/a 0\/5 5\/5 better/u })).toBeVisible();
});

it("the open run stands in the address, and a page that is opened with it shows the run", async () => {
  const { database } = await openVerifyPage({ open: after });
  await expect.poll(() => window.location.hash).toBe("#run=After");
  await page.getByRole("button", { name: "New run" }).click();
  await expect.poll(() => window.location.hash).toBe("");
  await database.writeRun(before, "Before");
  window.location.hash = "#run=Before";
  await expect.element(page.getByRole("button", { name: /^W1 case W1.*5 of 5/u })).toBeVisible();
});

it("a card opens from its link, without its run", async () => {
  const card = cardOf(after, 0) ?? expect.unreachable("The run has a lane");
  const { hash } = new URL(await cardLink(card, "http://a"));
  window.location.hash = hash;
  await openVerifyPage();
  await expect.element(page.getByRole("article", { name: "How a on a calls tools" })).toBeVisible();
  await expect.element(page.getByText(/^This card came with a link/u)).toBeVisible();
  window.location.hash = hash.slice(0, -9);
  await expect.element(page.getByText(/^The card of this link can’t be read/u)).toBeVisible();
  await page.getByRole("button", { name: "New run" }).click();
  await expect.element(page.getByRole("region", { name: "Plan" })).toBeVisible();
  await expect.poll(() => window.location.hash).toBe("");
});

it("a trial whose tape is gone says so, and its verdict stays", async () => {
  await openVerifyPage({ open: after });
  await page.getByRole("button", { name: /^W1 case W1/u }).click();
  await page.getByRole("button", { name: "Show tape" }).first().click();
  await expect.element(page.getByText(/^The tape of this trial is not in this browser/u)).toBeVisible();
  await expect.element(page.getByText(/^failed: argument/u)).toBeVisible();
  await page.getByRole("button", { name: "Matrix" }).click();
  await expect.element(page.getByRole("table", { name: "Cases by lane" })).toBeVisible();
});

it("a run that counts for nothing says why", async () => {
  await openVerifyPage({ open: { ...after, voided: "the build changed." } });
  await expect
    .element(page.getByRole("alert"))
    .toHaveTextContent("This run counts for nothing: the build changed.");
});
