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

async function show(isTimed: boolean) {
  const attempt = { record: buildAttempt(), frames: FRAMES };
  return render(<TimingTab attempt={attempt} sentAt={0} isTimed={isTimed} onFrame={() => undefined} />);
}

it("gaps are shown where they were measured, and none where a recording has no times", async () => {
  const measured = await show(true);
  await expect.element(measured.getByRole("table", { name: "Gaps" })).toBeVisible();
  await measured.unmount();
  const made = await show(false);
  await expect.element(made.getByText("The recording has no times.")).toBeVisible();
  expect(made.getByText("Measured here").elements()).toHaveLength(0);
});
