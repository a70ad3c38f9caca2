import { expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";

import { openVerifyPage } from "@/components/verify/__fixtures__/verify-page";
import { buildAttempt, buildTape, buildTapeTurn } from "@/lib/tape/__fixtures__/build-tape";
import type { TapeTurn } from "@/lib/tape/tape";
import { writeTape } from "@/lib/tape/write-tape";
import { buildLane, buildRun, buildTrial, failed } from "@/lib/verify/__fixtures__/build-run";

const encoder = new TextEncoder();
const frames = ["Bom", " dia"].map(
  (content) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`,
);

/** A lane that answered in these words. */
const tape = writeTape(
  buildTape({
    turns: [
      buildTapeTurn({
        events: [
          ...buildTapeTurn().events,
          { at: 3, event: { type: "text-start", id: "text" } },
          { at: 3, event: { type: "text-delta", id: "text", text: "Bom dia" } },
          { at: 4, event: { type: "step-stop" } },
        ],
        records: [
          buildAttempt({
            chunks: frames.map((frame, index) => ({ at: 3 + index, bytes: encoder.encode(frame) })),
            end: { how: "closed", at: 5 },
          }),
        ],
      }),
    ],
  }),
);

const trial = buildTrial({}, failed("text", "model", [{ at: "frame", turn: 0, step: 0, frame: 1 }]));
const run = buildRun({ lanes: [buildLane("a/a")], trials: [trial] });

it("a tape shows its frames at the one that failed, however often it is opened", async () => {
  await openVerifyPage({ open: run, tapes: [{ trial, tape }] });
  for (let times = 0; times < 2; times += 1) {
    await page.getByRole("button", { name: /^W1 .*0 of 1 passed/u }).click();
    await page.getByRole("button", { name: "Show tape" }).click();
    const inspector = page.getByRole("dialog", { name: /^Inspector/u });
    await expect.element(inspector.getByText("Frame 2 of 2", { exact: false })).toBeVisible();
    await userEvent.keyboard("{Escape}");
    await page.getByRole("button", { name: "Matrix" }).click();
  }
});

it("the matrix is as it was left when a tape or the card is closed", async () => {
  const { verify } = await openVerifyPage({ open: run, tapes: [{ trial, tape }] });
  const filter = page.getByRole("button", { name: /^text 1$/u });
  await filter.click();
  await page.getByRole("button", { name: /^W1 .*0 of 1 passed/u }).click();
  await page.getByRole("button", { name: "Show tape" }).click();
  await expect.element(page.getByRole("dialog", { name: /^Inspector/u })).toBeVisible();
  expect(page.getByRole("table", { name: "Cases by lane" }).elements()).toEqual([]);
  await userEvent.keyboard("{Escape}");
  await page.getByRole("button", { name: "Matrix" }).click();
  await expect.element(filter).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("radio", { name: "Card" }).click();
  await expect.element(page.getByRole("article")).toBeVisible();
  await page.getByRole("radio", { name: "Matrix" }).click();
  await expect.element(filter).toHaveAttribute("aria-pressed", "true");
  expect(verify.store.getState().problem).toBeNull();
});

it("what a server was asked once more is another branch of the answer, with its bytes in the inspector", async () => {
  const [first] = buildTape().turns;
  const [lane] = buildTape().lanes;
  if (first === undefined || lane === undefined) throw new Error("A tape has a lane and a turn.");
  const request = { provider: "llamacpp", dialect: "chat-completions", model: "m", endpoint: null };
  const whole = JSON.stringify({
    choices: [{ message: { content: "Bom dia" } }],
    __verbose: { content: "B" },
  });
  const again: TapeTurn = {
    ...first,
    id: "again",
    startUs: 9_000,
    notes: ["No part of the trial."],
    events: [
      { at: 0, event: { type: "step-start", stepId: "step-again", request } },
      { at: 0, event: { type: "step-send" } },
    ],
    records: [
      buildAttempt({
        stepId: "step-again",
        isStreamed: false,
        chunks: [{ at: 1, bytes: encoder.encode(whole) }],
        end: { how: "closed", at: 2 },
      }),
    ],
  };
  const both = writeTape(buildTape({ lanes: [{ ...lane, leaf: first.id }], turns: [first, again] }));
  await openVerifyPage({ open: run, tapes: [{ trial, tape: both }] });
  await page.getByRole("button", { name: /^W1 .*0 of 1 passed/u }).click();
  await page.getByRole("button", { name: "Show tape" }).click();
  await expect.element(page.getByRole("dialog", { name: /^Inspector/u })).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await expect
    .element(page.getByRole("region", { name: "Trial" }))
    .toHaveTextContent("Asked once more in one piece: the other branch of the answer shows it.");
  await page.getByRole("button", { name: "Next branch" }).click();
  await page.getByRole("button", { name: "Inspect" }).click();
  const inspector = page.getByRole("dialog", { name: /^Inspector/u });
  await expect.element(inspector.getByText("No part of the trial.")).toBeVisible();
  await inspector.getByRole("radio", { name: "Frames" }).click();
  await expect.element(inspector.getByText("__verbose", { exact: false }).first()).toBeVisible();
});
