import { describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";

import { addAnswer, Answers, openTestPage, streamAnswer } from "@/components/__fixtures__/test-page";
import { LaneNowContext } from "@/components/answer/setup-label";
import { effectiveSetup } from "@/lib/session/store/lanes";
import { buildCall, buildReasoning, buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";
import type { Step } from "@/lib/stream/turn/turn";

const ARGS = { valid: true, value: { location: "Florence" } } as const;
const TYPED = { output: "22 degrees", isError: false, origin: { by: "typed" } } as const;

function step(tokens: number, more: Partial<Step> = {}): Step {
  return buildStep({
    firstTokenAt: 310,
    lastTokenAt: 900,
    parts: [buildReasoning(), buildText()],
    usage: { input: 512, output: tokens, total: null, reasoning: null, cached: null },
    ...more,
  });
}

async function show(...answers: readonly (readonly Step[])[]) {
  const page = await openTestPage();
  for (const _ of answers.slice(1)) page.app.actions.addLane();
  for (const [lane, steps] of answers.entries()) addAnswer(page.app, lane, steps);
  const screen = await page.show(<Answers />);
  const lineOf = (laneNumber: number) =>
    screen.getByRole("region", { name: `Lane ${laneNumber}` }).getByRole("button", { name: /^Timings/u });
  return { ...page, screen, line: lineOf(1), lineOf };
}

describe("the line of a turn", () => {
  it("has one line of numbers for all steps, in which a person's wait is not counted", async () => {
    const call = buildCall({ status: { state: "answered", args: ARGS, result: TYPED, at: 60_000 } });
    const second = { startedAt: 60_000, sentAt: 60_000, firstTokenAt: 60_100, endedAt: 60_500 };
    const { line } = await show([
      step(20, { parts: [call] }),
      step(30, { id: "step-2", lastTokenAt: 60_400, parts: [buildText({ startedAt: 60_100 })], ...second }),
    ]);
    await expect.element(line).toHaveAccessibleName(/tok\/s , 0\.31 s to first token , 50 tokens , 1\.50 s/u);
  });

  it("says that the answer was stopped, before the numbers that there are", async () => {
    const { line } = await show([step(20, { status: { state: "stopped" } })]);
    await expect.element(line).toHaveAccessibleName(/^Timings: stopped ,.* 20 tokens/u);
  });

  it("names the setup of an answer whose lane is set otherwise now, in the same line", async () => {
    const page = await openTestPage();
    addAnswer(page.app, 0, [step(20)]);
    const [lane] = page.app.lanes();
    if (lane === undefined) expect.unreachable("there is a lane");
    const setup = { ...effectiveSetup(page.app.store.getState().session, lane.id), model: "other" };
    const screen = await page.show(
      <LaneNowContext value={{ setup, tools: [] }}>
        <Answers />
      </LaneNowContext>,
    );
    const label = screen.getByTitle("smollm2-135m", { exact: true });
    const line = screen.getByRole("button", { name: /^Timings/u });
    await expect.element(label).toBeVisible();
    const [one, other] = [label, line].map((each) => each.element().getBoundingClientRect());
    expect(one && other && one.top >= other.top && one.bottom <= other.bottom).toBe(true);
  });

  it("shows no numbers of an answer that failed, and still opens what is known", async () => {
    const error = { source: "provider", code: "500", message: "Broken.", retryable: false } as const;
    const { line, screen } = await show([step(20, { status: { state: "failed", error } })]);
    await expect.element(line).toHaveAccessibleName("Timings");
    await line.click();
    await expect.element(screen.getByRole("table", { name: "Phases" })).toBeVisible();
  });

  it("shows what is known while the answer comes", async () => {
    const page = await openTestPage();
    const push = streamAnswer(page.app, 0);
    const request = { provider: "llamacpp", dialect: "chat-completions", model: "tiny", endpoint: null };
    push(
      { type: "step-start", stepId: "s", request },
      { type: "response-start", id: "chatcmpl-1", model: null },
    );
    const screen = await page.show(<Answers />);
    const line = screen.getByRole("button", { name: /^Timings/u });
    await expect.element(line).not.toHaveTextContent("first token");
    push({ type: "text-start", id: "t" }, { type: "text-delta", id: "t", text: "It is sunny." });
    await expect.element(line).toHaveTextContent(/to first token/u);
    await expect.element(line).not.toHaveTextContent(/–|tok\/s|tokens/u);
  });

  it("shows each number whole on its one line, and the total of a short answer before its tokens, from 320 px on", async () => {
    const page = await openTestPage();
    addAnswer(page.app, 0, [step(20)]);
    const screen = await page.show(
      <div data-testid="lane">
        <Answers />
      </div>,
    );
    const line = screen.getByRole("button", { name: /^Timings/u });
    await expect.element(line).toHaveAccessibleName(/tok\/s , 0\.31 s to first token , 20 tokens , /u);
    const lane = screen.getByTestId("lane").element();
    const seenAt = (px: number) => {
      lane.setAttribute("style", `width: ${px}px`);
      const { bottom, height } = line.element().getBoundingClientRect();
      return [...line.element().querySelectorAll("[data-number]")]
        .filter((number) => number.getBoundingClientRect().top < bottom - height / 4)
        .map((number) => number.getAttribute("data-number"));
    };
    expect(seenAt(800)).toEqual(["rate", "first", "tokens", "total"]);
    for (let px = 320; px < 800; px += 10)
      expect(seenAt(px), `${px} px`).toEqual(expect.arrayContaining(["rate", "first", "total"]));
    expect(seenAt(220)).not.toContain("tokens");
  });

  it("begins a narrow lane's line with the tokens where neither a rate nor a first token is known", async () => {
    const page = await openTestPage();
    addAnswer(page.app, 0, [step(8, { firstTokenAt: null, lastTokenAt: null })]);
    const screen = await page.show(
      <div style={{ width: 340 }}>
        <Answers />
      </div>,
    );
    const line = screen.getByRole("button", { name: /^Timings: 8 tokens , /u });
    const seen = [...line.element().querySelectorAll("[data-number]")]
      .map((number) => ({
        left: number.getBoundingClientRect().left,
        name: number.getAttribute("data-number"),
      }))
      .toSorted((one, other) => one.left - other.left);
    expect(seen.map(({ name }) => name)).toEqual(["tokens", "total"]);
  });

  it("marks the best of a row with words too, and nothing that looks the same", async () => {
    const { lineOf } = await show([step(40)], [step(20, { firstTokenAt: 312 })]);
    await expect.element(lineOf(1)).toHaveAccessibleName(/best in this row: \d+ tok\/s , 0\.31 s to first/u);
    await expect.element(lineOf(2)).not.toHaveTextContent("best in this row");
  });
});

describe("the details of a turn", () => {
  it("open and close at a press of the line or of the strip", async () => {
    const { line, screen } = await show([step(40)]);
    const numbers = screen.getByRole("table", { name: "Timings of this answer" });
    await line.click();
    await expect.element(numbers).toBeVisible();
    await expect.element(line).toHaveAttribute("aria-expanded", "true");
    await line.click();
    await expect.element(numbers).not.toBeInTheDocument();
    await screen.getByRole("img", { name: /^Phases/u }).click();
    await expect.element(numbers).toBeVisible();
  });

  it("open with Enter and close with Esc, which leaves the focus on the line", async () => {
    const { line, screen } = await show([step(40)]);
    line.element().focus();
    await userEvent.keyboard("{Enter}");
    const inspect = screen.getByRole("button", { name: "Inspect", exact: true }).last();
    await expect.element(inspect).toBeVisible();
    inspect.element().focus();
    await userEvent.keyboard("{Escape}");
    await expect.element(line).toHaveAttribute("aria-expanded", "false");
    await expect.element(line).toHaveFocus();
  });

  it("of a recording say that its numbers were measured where it was recorded", async () => {
    const { app, line, screen } = await show([step(40)]);
    app.store.setState({ ownership: "recording" });
    await line.click();
    await expect
      .element(screen.getByRole("row", { name: /^To first token/u }))
      .toHaveTextContent("0.31 smeasured where it was recorded: from Send");
    expect(screen.getByText("measured here").elements()).toHaveLength(0);
  });

  it("say in words where each number comes from, and why one is missing", async () => {
    const { line, screen } = await show([step(40)]);
    await line.click();
    const row = (name: RegExp) => screen.getByRole("row", { name });
    await expect.element(row(/^To first token/u)).toHaveTextContent("0.31 smeasured here: from Send");
    await expect.element(row(/^Output 40/u)).toHaveTextContent("40 tokensreported by the server");
    await expect.element(row(/^Reasoning/u)).toHaveTextContent(/≈ 10 tokensestimated|–the server/u);
    await expect.element(row(/^From cache/u)).toHaveTextContent("–the server does not say");
  });

  it("say what an answer and each of its steps cost", async () => {
    const call = buildCall({ status: { state: "answered", args: ARGS, result: TYPED, at: 1500 } });
    const { line, screen } = await show([
      step(20, { parts: [call], costUsd: 0.0012 }),
      step(30, { id: "step-2", startedAt: 1500, sentAt: 1500, endedAt: 2000, costUsd: 0.0024 }),
    ]);
    await line.click();
    await expect
      .element(screen.getByRole("row", { name: /^Cost/u }))
      .toHaveTextContent("Cost$0.0036reported by the server: sum of 2 steps");
    await screen.getByRole("button", { name: /^Step 2 · / }).click();
    await expect
      .element(screen.getByRole("table", { name: "Timings of step 2" }))
      .toHaveTextContent("Cost$0.0024reported by the server: what the provider charged, in US dollars");
  });

  it("have no row for a cost that is not known, and one for an answer that cost nothing", async () => {
    const { line, lineOf, screen } = await show([step(40)], [step(40, { costUsd: 0 })]);
    await line.click();
    await expect.element(screen.getByRole("row", { name: /^Total/u })).toBeVisible();
    await expect.element(screen.getByRole("row", { name: /^Cost/u })).not.toBeInTheDocument();
    await lineOf(2).click();
    await expect.element(screen.getByRole("row", { name: /^Cost \$0/u })).toBeVisible();
  });

  it("have the numbers and the inspector of each step", async () => {
    const { line, screen } = await show([
      step(20, {
        parts: [buildCall({ status: { state: "answered", args: ARGS, result: TYPED, at: 1500 } })],
      }),
      step(30, {
        id: "step-2",
        startedAt: 1500,
        sentAt: 1500,
        firstTokenAt: 1600,
        lastTokenAt: 1900,
        endedAt: 2000,
      }),
    ]);
    await line.click();
    await screen.getByRole("button", { name: /^Step 2 · / }).click();
    await expect
      .element(screen.getByRole("table", { name: "Timings of step 2" }))
      .toHaveTextContent("30 tokens");
    await expect.element(screen.getByRole("button", { name: "Inspect step 1" })).toBeVisible();
    await expect
      .element(screen.getByRole("table", { name: "Phases" }))
      .toHaveTextContent(/waiting for a resultstep 1not counted0\.50 s/u);
  });
});
