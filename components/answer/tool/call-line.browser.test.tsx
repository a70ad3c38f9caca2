import { expect, it } from "vitest";
import { render } from "vitest-browser-react";

import { buildCall } from "@/lib/stream/turn/__fixtures__/build-step";
import type { ToolResult } from "@/lib/stream/turn/event";

import { CallLine } from "./call-line";

const RESULT: ToolResult = { output: "22 degrees and sunny", isError: false, origin: { by: "typed" } };

/** The room that a phone of 390 px leaves for the line of a call. */
const PHONE_PX = 340;

it("on a phone the line of a call shows its only argument whole, in the room of that argument's name", async () => {
  const call = buildCall({ input: '{"location":"Florence"}' });
  const screen = await render(
    <div style={{ width: PHONE_PX, display: "flex" }}>
      <CallLine call={call} name="weather" result={RESULT} />
    </div>,
  );
  await expect.element(screen.getByText("location:")).not.toBeVisible();
  const value = screen.getByText('"Florence"').element();
  const line = value.closest(".truncate");
  expect(line?.scrollWidth).toBe(line?.clientWidth);
});

it("where there is room, the line of a call names its argument", async () => {
  const call = buildCall({ input: '{"location":"Florence"}' });
  const screen = await render(
    <div style={{ width: 590, display: "flex" }}>
      <CallLine call={call} name="weather" result={RESULT} />
    </div>,
  );
  await expect.element(screen.getByText("location:")).toBeVisible();
});
