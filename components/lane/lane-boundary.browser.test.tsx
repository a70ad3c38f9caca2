import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";

import { addAnswer, openTestPage } from "@/components/__fixtures__/test-page";
import { useRows } from "@/lib/session/hooks/use-session";
import type { LaneId } from "@/lib/session/store/session";
import { buildReasoning, buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";

import { LaneBoundary } from "./lane-boundary";

afterEach(() => void vi.restoreAllMocks());

type LanesProps = { ids: readonly LaneId[]; Drawn: (props: { laneNumber: number }) => ReactNode };

function Lanes({ ids, Drawn }: LanesProps) {
  const rows = useRows();
  return ids.map((id, index) => (
    <LaneBoundary key={id} laneId={id} laneNumber={index + 1} rows={rows} isActive>
      <Drawn laneNumber={index + 1} />
    </LaneBoundary>
  ));
}

/** Two lanes with an answer each. The first cannot be drawn while `fault.isOn`. */
async function openLanes() {
  // React reports what a boundary caught.
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const page = await openTestPage();
  page.app.actions.addLane();
  addAnswer(page.app, 0, [buildStep({ parts: [buildReasoning(), buildText()] })]);
  addAnswer(page.app, 1, [buildStep({ parts: [buildText({ text: "It rains." })] })]);
  const fault = { isOn: true };
  const Drawn = ({ laneNumber }: { laneNumber: number }) => {
    if (laneNumber === 1 && fault.isOn) throw new Error("The row has no height.");
    return <p>Lane {laneNumber} is drawn.</p>;
  };
  const screen = await page.show(<Lanes ids={page.app.lanes().map(({ id }) => id)} Drawn={Drawn} />);
  return { screen, fault, lane: screen.getByRole("region", { name: "Lane 1: not drawn" }) };
}

it("a lane that cannot be drawn says so in its place, and the lane beside it is drawn", async () => {
  const { screen, lane } = await openLanes();
  await expect
    .element(lane.getByRole("alert"))
    .toHaveTextContent("Lane 1 could not be displayed. Nothing was lost. (The row has no height.)");
  await expect.element(screen.getByText("Lane 2 is drawn.")).toBeVisible();
  expect(screen.getByRole("alert").elements()).toHaveLength(1);
});

it("a lane that cannot be drawn shows its own prompts and answers as plain text", async () => {
  const { lane } = await openLanes();
  const text = lane.getByRole("textbox", { name: "Lane 1 as plain text" });
  await expect.element(text).not.toBeInTheDocument();
  await lane.getByRole("button", { name: "Show as plain text" }).click();
  await expect
    .element(text)
    .toHaveValue(
      "You: What is the weather?\n\nThought:\nI need to look up Florence.\n\nIt is 22 degrees and sunny.",
    );
  await expect.element(lane.getByRole("button", { name: "Show as plain text" })).not.toBeInTheDocument();
});

it("a lane that could not be drawn is drawn once it can be, when a person tries again", async () => {
  const { screen, lane, fault } = await openLanes();
  await lane.getByRole("button", { name: "Try again" }).click();
  await expect.element(lane.getByRole("alert")).toBeVisible();
  fault.isOn = false;
  await lane.getByRole("button", { name: "Try again" }).click();
  await expect.element(screen.getByText("Lane 1 is drawn.")).toBeVisible();
  await expect.element(lane).not.toBeInTheDocument();
});
