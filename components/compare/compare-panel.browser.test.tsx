import { useState } from "react";
import { describe, expect, it } from "vitest";
import { page } from "vitest/browser";

import { addAnswer, openTestPage, type TestPage } from "@/components/__fixtures__/test-page";
import type { TurnId } from "@/lib/session/store/session";
import {
  buildCall,
  buildReasoning,
  buildStep,
  buildText,
  buildUsage,
} from "@/lib/stream/turn/__fixtures__/build-step";
import type { Part, Step } from "@/lib/stream/turn/turn";

import { ComparePanel } from "./compare-panel";
import type { Compared } from "./compared";

const RESULT = { output: "22 degrees", isError: false, origin: { by: "typed" } } as const;

function answeredCall(input: string): Part {
  return buildCall({
    input,
    status: { state: "answered", args: { valid: true, value: {} }, result: RESULT, at: 900 },
  });
}

function steps(lane: number, city: string, text: string): readonly Step[] {
  return [
    buildStep({
      id: `${String(lane)}-1`,
      parts: [buildReasoning(), answeredCall(`{"location": "${city}"}`)],
    }),
    buildStep({
      id: `${String(lane)}-2`,
      parts: [buildText({ text })],
      usage: buildUsage({ input: 200, cached: 150, output: 10 }),
    }),
  ];
}

function Opened({ one, other }: { one: TurnId; other: TurnId | null }) {
  const [compared, setCompared] = useState<Compared>({ one, other, view: "answer" });
  return <ComparePanel compared={compared} onCompare={setCompared} onClose={() => undefined} />;
}

async function open(
  ...answers: readonly (readonly Step[])[]
): Promise<TestPage & { readonly ids: readonly TurnId[] }> {
  const testPage = await openTestPage();
  for (const _ of answers.slice(1)) testPage.app.actions.addLane();
  const ids = answers.map((each, lane) => addAnswer(testPage.app, lane, each));
  const [one] = ids;
  if (one === undefined) expect.unreachable("there is an answer");
  await testPage.show(<Opened one={one} other={null} />);
  return { ...testPage, ids };
}

const panel = page.getByRole("dialog", { name: "Compare answers" });

describe("the comparison of two answers", () => {
  it("says where they part first, by the path of the argument", async () => {
    await open(steps(1, "Florence", "It is sunny."), steps(2, "Firenze", "It is rainy."));
    await expect
      .element(panel.getByRole("region", { name: "Where they part" }))
      .toHaveTextContent(
        'In step 1 both call weather, with another value of location: lane 1 has "Florence", lane 2 has "Firenze".',
      );
  });

  it("marks the words that only one of them has, in one text and side by side", async () => {
    await page.viewport(1280, 800);
    await open(steps(1, "Florence", "It is sunny."), steps(2, "Florence", "It is rainy."));
    const differences = panel.getByRole("group", { name: "Differences of the answers" });
    await expect.element(differences.getByText("sunny", { exact: true })).toBeVisible();
    await expect.element(differences.getByText("rainy", { exact: true })).toBeVisible();
    expect(differences.element().querySelectorAll("section del, section ins")).toHaveLength(2);
    await differences.getByRole("radio", { name: "Side by side" }).click();
    await expect.element(differences.getByText("It is sunny.")).toBeVisible();
    await expect.element(differences.getByText("It is rainy.")).toBeVisible();
  });

  it("folds long text that both have, and shows it at a press", async () => {
    const long = "Both have this sentence. ".repeat(60);
    await open(
      [buildStep({ id: "a", parts: [buildText({ text: `Sun. ${long}Sun.` })] })],
      [buildStep({ id: "b", parts: [buildText({ text: `Rain. ${long}Rain.` })] })],
    );
    await panel.getByRole("button", { name: /equal characters/u }).click();
    await expect.element(panel.getByRole("button", { name: /equal characters/u })).not.toBeInTheDocument();
  });

  it("says that two answers are the same", async () => {
    await open(steps(1, "Florence", "It is sunny."), steps(2, "Florence", "It is sunny."));
    await expect
      .element(panel.getByRole("region", { name: "Where they part" }))
      .toHaveTextContent(/^Where they part ?Both hold the same/u);
  });

  it("asks again from where they part in a new branch, which keeps the steps before, and says that a step is asked whole", async () => {
    const { app, ids } = await open(
      steps(1, "Florence", "It is sunny."),
      steps(2, "Florence", "It is rainy."),
    );
    const parting = panel.getByRole("region", { name: "Where they part" });
    await expect
      .element(parting)
      .toHaveTextContent("In a new branch. The whole step is asked again, not only what follows this place.");
    await parting.getByRole("button", { name: "Ask lane 2 again from step 2" }).click();
    const leaf = app.leaf(1);
    expect(leaf.id).not.toBe(ids[1]);
    await expect.poll(() => app.steps(1).map(({ id }) => id)[0]).toBe("2-1");
    expect(app.leaf(0).id).toBe(ids[0]);
  });

  it("compares any two answers, and exchanges them", async () => {
    await open(
      steps(1, "Florence", "It is sunny."),
      steps(2, "Florence", "It is rainy."),
      steps(3, "Florence", "It snows."),
    );
    const second = panel.getByRole("combobox", { name: "Second answer" });
    await second.selectOptions("Lane 3 · smollm2-135m");
    await expect
      .element(panel.getByRole("region", { name: "Where they part" }))
      .toHaveTextContent(/lane 3 goes on with “snows\.”/u);
    await panel.getByRole("button", { name: "Exchange the answers" }).click();
    await expect.element(second).toHaveDisplayValue("Lane 1 · smollm2-135m");
  });

  it("shows the cached and the new prompt tokens of each step, and does not guess", async () => {
    await open(steps(1, "Florence", "It is sunny."), steps(2, "Florence", "It is sunny."));
    await panel.getByRole("radio", { name: "Timings" }).click();
    const table = panel.getByRole("table", { name: "Prompt tokens of each step" });
    await expect.element(table.getByRole("row", { name: /^2/u })).toHaveTextContent("22001505020015050");
    await expect.element(table.getByRole("row", { name: /^1/u })).toHaveTextContent("1––––––");
    await expect
      .element(panel.getByRole("table", { name: "Timings of both" }))
      .toHaveTextContent("From cache");
  });

  it("says that a request was not recorded", async () => {
    await open(steps(1, "Florence", "It is sunny."), steps(2, "Florence", "It is rainy."));
    await panel.getByRole("radio", { name: "Request" }).click();
    await expect
      .element(panel)
      .toHaveTextContent("No recording of lane 1 and lane 2: a request was never sent");
  });
});
