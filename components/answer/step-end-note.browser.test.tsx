import { expect, it, vi } from "vitest";
import { render } from "vitest-browser-react";
import { userEvent } from "vitest/browser";

import { buildStep } from "@/lib/stream/turn/__fixtures__/build-step";

import { StepWarnings } from "./step-end-note";

async function showWarnings(...messages: readonly string[]) {
  const onInspect = vi.fn();
  const step = buildStep({ id: "step-7", warnings: messages.map((message) => ({ code: "odd", message })) });
  const screen = await render(<StepWarnings step={step} onInspect={onInspect} />);
  const shown = () => screen.container.innerText.split("\n").filter((line) => line !== "");
  return { screen, shown, onInspect };
}

it("a step without warnings has no list of them", async () => {
  const { screen } = await showWarnings();
  expect(screen.container.innerHTML).toBe("");
});

it("one or two warnings are read whole where they stand, with invisible characters named", async () => {
  expect((await showWarnings("First.")).shown()).toEqual(["First."]);
  expect((await showWarnings("First.", "Second\u202E.")).shown()).toEqual(["First.", "SecondU+202E."]);
});

it("more warnings than two are counted, and the count leads to the inspector of their step", async () => {
  expect((await showWarnings("First.", "Second.", "Third.")).shown()).toEqual([
    "First.",
    "Second.",
    "1 more warning",
  ]);
  const { screen, shown, onInspect } = await showWarnings("First.", "Second.", "Third.", "Fourth.");
  expect(shown()).toEqual(["First.", "Second.", "2 more warnings"]);
  await screen.getByRole("button", { name: "2 more warnings" }).click();
  expect(onInspect).toHaveBeenCalledExactlyOnceWith("step-7");
});

it("warnings that say the same are listed and counted once", async () => {
  expect((await showWarnings("Again.", "Again.", "Other.", "Again.")).shown()).toEqual(["Again.", "Other."]);
});

it("the count of more warnings is reached and pressed with the keyboard alone", async () => {
  const { screen, onInspect } = await showWarnings("First.", "Second.", "Third.");
  await userEvent.tab();
  await expect.element(screen.getByRole("button", { name: "1 more warning" })).toHaveFocus();
  await userEvent.keyboard("{Enter}");
  expect(onInspect).toHaveBeenCalledExactlyOnceWith("step-7");
});
