import { describe, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";

import { addAnswer, openTestPage } from "@/components/__fixtures__/test-page";
import { promptId } from "@/lib/session/store/ids";
import { buildCall, buildReasoning, buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";

import { TimelinePanel } from "./timeline-panel";

const RESULT = { output: "22 degrees", isError: false, origin: { by: "page" } } as const;
const STATUS = {
  state: "answered",
  args: { valid: true, value: {} },
  result: RESULT,
  at: 1_700,
  ranFrom: 1_000,
} as const;

async function open() {
  const { app, show } = await openTestPage();
  app.actions.addLane();
  addAnswer(app, 0, [
    buildStep({ parts: [buildReasoning(), buildCall({ status: STATUS })] }),
    buildStep({
      id: "step-2",
      startedAt: 1_700,
      sentAt: 1_700,
      endedAt: 2_400,
      parts: [buildText({ startedAt: 2_000, endedAt: 2_400 })],
    }),
  ]);
  addAnswer(app, 1, [buildStep({ parts: [buildText()] })]);
  await show(<TimelinePanel prompt={promptId("first")} onClose={() => undefined} />);
}

const dialog = page.getByRole("dialog", { name: "Timeline" });
const clock = dialog.getByRole("group", { name: "Clock" });
const seen = () =>
  dialog
    .getByRole("img", { name: /^Timeline of 2 lanes/u })
    .element()
    .getAttribute("aria-label") ?? "";

describe("the timeline", () => {
  it("has every lane on one clock, with its phases, tools and a legend", async () => {
    await open();
    await expect
      .element(dialog.getByRole("img", { name: /^Timeline of 2 lanes from 0 ms to 2400 ms/u }))
      .toBeVisible();
    await expect.element(clock).toHaveTextContent(/1 smollm2-135m/u);
    await expect.element(clock).toHaveTextContent(/weather ran for 700 ms/u);
    await expect.element(clock).toHaveTextContent(/running tools/u);
  });

  it("is zoomed and moved by keys, and shown whole again", async () => {
    await open();
    await expect.element(clock).toHaveFocus();
    await userEvent.keyboard("+");
    await expect.poll(seen).toContain("from 400 ms to 2000 ms");
    await userEvent.keyboard("{ArrowLeft}");
    await expect.poll(seen).toContain("from 160 ms to 1760 ms");
    await userEvent.keyboard("{End}");
    await expect.poll(seen).toContain("from 800 ms to 2400 ms");
    await dialog.getByRole("button", { name: "Show all" }).click();
    await expect.poll(seen).toContain("from 0 ms to 2400 ms");
  });

  it("is zoomed by the wheel with Ctrl where the pointer is, and dragged", async () => {
    await open();
    const element = clock.element();
    const { left, top, width } = element.getBoundingClientRect();
    const at = { clientX: left + width - 20, clientY: top + 40, bubbles: true, cancelable: true };
    element.dispatchEvent(new WheelEvent("wheel", { ...at, deltaY: -200, ctrlKey: true }));
    await expect.poll(seen).toMatch(/from 15\d\d ms to 2[34]\d\d ms/u);
    const plain = new WheelEvent("wheel", { ...at, deltaY: 50 });
    element.dispatchEvent(plain);
    expect(plain.defaultPrevented).toBe(false);
    const drag = (type: string, clientX: number) =>
      element.dispatchEvent(
        new PointerEvent(type, { clientX, clientY: top + 40, pointerId: 1, button: 0, bubbles: true }),
      );
    vi.spyOn(element, "setPointerCapture").mockReturnValue(undefined);
    drag("pointerdown", left + 20);
    drag("pointermove", left + 20 + (width - 40));
    drag("pointerup", left + width);
    await expect.poll(seen).toMatch(/from 6\d\d ms/u);
  });

  it("has the same in words for who does not see it", async () => {
    await open();
    await dialog.getByRole("button", { name: "As a table" }).click();
    const table = dialog.getByRole("table", { name: "Timeline in words" });
    await expect
      .element(table.getByRole("row", { name: /tool weather ran/u }))
      .toHaveTextContent("1.00 s700 ms");
    await expect
      .element(table.getByRole("row", { name: /step 2: answer/u }))
      .toHaveTextContent("2.00 s400 ms");
  });

  it("says that a recording without times is drawn at a pace that was made up", async () => {
    const { app, show } = await openTestPage();
    const step = buildStep({ parts: [buildText()] });
    addAnswer(app, 0, [{ ...step, request: { ...step.request, hasMadeTimes: true } }]);
    await show(<TimelinePanel prompt={promptId("first")} onClose={() => undefined} />);
    await expect.element(dialog).toHaveTextContent("The recording has no times");
  });

  it("is copied as SVG with its own colors and font, and as a PNG", async () => {
    const copied: string[] = [];
    vi.spyOn(navigator.clipboard, "writeText").mockImplementation(async (text) => void copied.push(text));
    const pictures: Blob[] = [];
    vi.spyOn(navigator.clipboard, "write").mockImplementation(async (items) => {
      for (const item of items) pictures.push(await item.getType("image/png"));
    });
    await open();
    await dialog.getByRole("button", { name: "Copy SVG" }).click();
    await expect.poll(() => copied.length).toBe(1);
    const [svg = ""] = copied;
    expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"');
    expect(svg).toContain("system-ui");
    expect(svg).not.toMatch(/var\(|class=/u);
    expect(new DOMParser().parseFromString(svg, "image/svg+xml").querySelector("parsererror")).toBe(null);
    await dialog.getByRole("button", { name: "Copy PNG" }).click();
    await expect.poll(() => pictures.length).toBe(1);
    const [picture] = pictures;
    if (picture === undefined) expect.unreachable("a picture was copied");
    const bitmap = await createImageBitmap(picture);
    expect(bitmap.width).toBeGreaterThan(500);
  });
});
