import { expect, it } from "vitest";
import { render } from "vitest-browser-react";

import type { Frame } from "@/lib/inspect/frame";
import { buildAttempt } from "@/lib/tape/__fixtures__/build-tape";

import { TimingTab } from "./timing-tab";

const FRAMES = [0, 20, 40, 60].map((at): Frame => ({
  at,
  form: "event",
  text: "",
  bytes: 0,
  kinds: ["text"],
  words: [{ part: "p", from: 0, to: 1 }],
  remarks: [],
}));

async function show(clock: "page" | "recording" | "none") {
  const attempt = { record: buildAttempt(), frames: FRAMES };
  return render(<TimingTab attempt={attempt} sentAt={0} clock={clock} onFrame={() => undefined} />);
}

it("gaps are shown where they were measured, and none where a recording has no times", async () => {
  const measured = await show("page");
  await expect.element(measured.getByRole("table", { name: "Gaps" })).toBeVisible();
  await measured.unmount();
  const made = await show("none");
  await expect.element(made.getByText("The recording has no times.")).toBeVisible();
  expect(made.getByText("Measured here").elements()).toHaveLength(0);
});

it("gaps of a recording were not measured here", async () => {
  const here = await show("page");
  await expect.element(here.getByText("Measured here, by the clock of this page")).toBeVisible();
  await here.unmount();
  const recorded = await show("recording");
  await expect.element(recorded.getByText("Measured where it was recorded")).toBeVisible();
  expect(recorded.getByText("here,").elements()).toHaveLength(0);
});
