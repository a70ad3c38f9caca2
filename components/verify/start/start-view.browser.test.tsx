import { expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";

import { openVerifyPage } from "@/components/verify/__fixtures__/verify-page";
import type { GoingRun, RunInPage, RunOptions } from "@/lib/session/verify/run-in-page";
import { buildRun, buildTrial, notMeasured } from "@/lib/verify/__fixtures__/build-run";
import type { VerifyRun } from "@/lib/verify/verify-run";

type Begun = { readonly run: VerifyRun; readonly options: RunOptions };

/** A runner that does nothing by itself. */
function openRunner() {
  const begun: Begun[] = [];
  const going: GoingRun = {
    ended: new Promise<VerifyRun>(() => undefined),
    pause: vi.fn<() => void>(),
    goOn: vi.fn<() => void>(),
    stop: vi.fn<() => void>(),
  };
  const runner: RunInPage = {
    planned: () => 8,
    begin: (run, options) => {
      begun.push({ run, options });
      return going;
    },
  };
  return { begun, going, runner };
}

const cell = (words: string) =>
  page.getByRole("button", { name: new RegExp(`^W1 .*streamed.*: ${words}`, "u") });
const plan = () => page.getByRole("region", { name: "Plan" });

it("the plan says what would be sent, and one press begins it", async () => {
  const { begun, runner } = openRunner();
  await openVerifyPage({ runner });
  await expect
    .element(plan())
    .toHaveTextContent(/^40 trials, 60–160 requests, at most [\d,]+ output tokens\./u);
  await page.getByRole("textbox", { name: "Times each (N)" }).fill("1");
  await expect.element(plan()).toHaveTextContent(/^8 trials/u);
  await page.getByRole("textbox", { name: "Stop after output tokens" }).fill("5000");
  await page.getByRole("button", { name: "Run 4 cases" }).click();
  await expect.poll(() => begun.length).toBe(1);
  expect(begun[0]).toMatchObject({
    options: { budgetTokens: 5_000 },
    run: {
      preset: "seed",
      repetitions: 1,
      lanes: [{ label: "llamacpp/tiny", efforts: [null] }],
      suite: { name: "vitrine-1", cases: [{ id: "W1" }, { id: "W4" }, { id: "S1" }, { id: "P1" }] },
    },
  });
  expect(begun[0]?.run.suiteHash).toMatch(/^[0-9a-f]{64}$/u);
});

it("a run fills its cells while it goes on, moves nothing, and pauses", async () => {
  const { begun, going, runner } = openRunner();
  await openVerifyPage({ runner });
  await page.getByRole("textbox", { name: "Times each (N)" }).fill("1");
  await page.getByRole("button", { name: "Run 4 cases" }).click();
  await expect.element(cell("not run yet")).toBeVisible();
  const place = () => JSON.stringify(cell("").element().getBoundingClientRect());
  const first = place();
  await expect.poll(() => begun.length).toBe(1);
  const [{ run, options } = expect.unreachable("It has begun")] = begun;
  const trial = buildTrial({ caseId: "W1" });
  options.onBegin(trial.key);
  await expect.element(page.getByText("W1 stream #1")).toBeVisible();
  options.onTrial(run.id, trial, null);
  options.onRun({ ...run, trials: [trial] });
  await expect.element(cell("1 of 1 passed")).toBeVisible();
  await expect.element(page.getByText("1/8", { exact: true })).toBeVisible();
  expect(place()).toBe(first);
  await page.getByRole("button", { name: "Pause" }).click();
  expect(going.pause).toHaveBeenCalledOnce();
  await page.getByRole("button", { name: "Go on" }).click();
  expect(going.goOn).toHaveBeenCalledOnce();
});

it("trials that a server was down for are tried again, and a closed lane is no matter of this page", async () => {
  const { begun, runner } = openRunner();
  const lost = buildTrial({}, notMeasured("outage"));
  const { page: shown } = await openVerifyPage({ runner, open: buildRun({ trials: [lost] }) });
  expect(shown.app.store.getState().undo.closed.length).toBe(1);
  expect(page.getByText(/^Lane closed/u).elements()).toEqual([]);
  await expect
    .element(page.getByRole("button", { name: /^W1 .*: not measured: server down$/u }))
    .toBeVisible();
  await page.getByRole("button", { name: "Try 1 lost trial again" }).click();
  await expect.poll(() => begun.length).toBe(1);
  expect(begun[0]?.run).toMatchObject({ endedAt: null, trials: [] });
});

it("a plan without a lane runs nothing and says what to do", async () => {
  const { begun, runner } = openRunner();
  await openVerifyPage({ runner });
  await page.getByRole("checkbox", { name: "llamacpp/tiny" }).click();
  await expect.element(page.getByText("Choose a lane.")).toBeVisible();
  await expect
    .element(page.getByRole("region", { name: "Plan" }))
    .toHaveTextContent(/^Nothing would be sent\.$/u);
  await page.getByRole("textbox", { name: "Times each (N)" }).click();
  await userEvent.keyboard("{Enter}");
  expect(begun).toEqual([]);
});

it("a lane without a model is named, and cannot be chosen", async () => {
  const { page: shown } = await openVerifyPage();
  const { app } = shown;
  app.actions.addLane();
  const [, second = expect.unreachable("there are two lanes")] = app.lanes();
  app.actions.setLinked(second.id, "model", false);
  app.actions.changeSetup(second.id, { model: "" });
  await expect.element(page.getByRole("checkbox", { name: "Lane 2: no model" })).toBeDisabled();
  await expect.element(page.getByRole("checkbox", { name: "llamacpp/tiny" })).toBeEnabled();
});
