import { beforeEach, describe, expect, it, vi } from "vitest";
import { render } from "vitest-browser-react";
import { page, userEvent } from "vitest/browser";

import { Panel } from "./panel";

beforeEach(() => localStorage.removeItem("vitrine-panel-width"));

async function openPanel(width: number) {
  await page.viewport(width, 800);
  const onClose = vi.fn();
  const screen = await render(
    <>
      <main style={{ paddingRight: "var(--docked)" }}>
        <button type="button">In the page</button>
        <textarea aria-label="Note" />
      </main>
      <Panel title="Tools" kind="side" onClose={onClose}>
        <button type="button">In the panel</button>
      </Panel>
    </>,
  );
  const panel = screen.getByRole("dialog", { name: "Tools" });
  await expect.element(panel).toBeVisible();
  return { screen, onClose, panel, widthOf: () => panel.element().getBoundingClientRect().width };
}

const roomKept = () => document.documentElement.style.getPropertyValue("--docked") !== "";

/** Presses the panel's edge, and moves it to the left by this many px. */
function pull(edge: Element, px: number, button = 0) {
  const { left } = edge.getBoundingClientRect();
  const at = (clientX: number) => ({ clientX, button, pointerId: 1, bubbles: true });
  edge.setPointerCapture = () => undefined;
  edge.dispatchEvent(new PointerEvent("pointerdown", at(left)));
  edge.dispatchEvent(new PointerEvent("pointermove", at(left - px)));
}

describe("a side panel", () => {
  it("stands beside a wide page, which keeps room for it and stays in use", async () => {
    const { screen, onClose } = await openPanel(1440);
    expect(roomKept()).toBe(true);
    await screen.getByRole("button", { name: "In the page" }).click();
    await expect.element(screen.getByRole("button", { name: "In the page" })).toHaveFocus();
    expect(onClose).not.toHaveBeenCalled();
    await screen.unmount();
    expect(roomKept()).toBe(false);
  });

  it("covers a narrower page, and closes at a press beside it", async () => {
    const { onClose } = await openPanel(1024);
    expect(roomKept()).toBe(false);
    await userEvent.click(document.body, { position: { x: 20, y: 400 }, force: true });
    await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  });

  it("is as wide as its edge was moved, also the next time", async () => {
    const { screen, widthOf } = await openPanel(1440);
    expect(widthOf()).toBe(440);
    const edge = screen.getByRole("separator", { name: "Width of the panel" });
    edge.element().focus();
    await userEvent.keyboard("{ArrowLeft}{ArrowLeft}");
    await expect.element(edge).toHaveAttribute("aria-valuenow", "488");
    expect(widthOf()).toBe(488);
    await userEvent.keyboard("{Home}");
    expect(widthOf()).toBe(320);
    await userEvent.keyboard("{End}");
    expect(widthOf()).toBe(720);
    await screen.unmount();
    const again = await openPanel(1440);
    expect(again.widthOf()).toBe(720);
  });

  it("has its width back at Esc while its edge is dragged, and stays open", async () => {
    const { screen, onClose, widthOf } = await openPanel(1440);
    const edge = screen.getByRole("separator", { name: "Width of the panel" }).element();
    pull(edge, 60);
    await expect.poll(widthOf).toBe(500);
    await userEvent.keyboard("{Escape}");
    await expect.poll(widthOf).toBe(440);
    edge.dispatchEvent(new PointerEvent("pointermove", { clientX: 700, pointerId: 1, bubbles: true }));
    edge.dispatchEvent(new PointerEvent("pointerup", { clientX: 700, pointerId: 1, bubbles: true }));
    expect(onClose).not.toHaveBeenCalled();
    expect(widthOf()).toBe(440);
    await userEvent.keyboard("{Escape}");
    await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  });

  it("is not dragged with another button than the first", async () => {
    const { screen, widthOf } = await openPanel(1440);
    const edge = screen.getByRole("separator", { name: "Width of the panel" }).element();
    pull(edge, 60, 2);
    // Two frames, in which a width would be drawn.
    for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(widthOf()).toBe(440);
  });

  it("closes with Esc, but not with an Esc that a field of the page uses", async () => {
    const { screen, onClose } = await openPanel(1440);
    await screen.getByLabelText("Note").click();
    await userEvent.keyboard("{Escape}");
    await screen.getByRole("button", { name: "In the panel" }).click();
    expect(onClose).not.toHaveBeenCalled();
    await userEvent.keyboard("{Escape}");
    await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  });

  it("stays open under a dialog that one Esc closes", async () => {
    await page.viewport(1440, 800);
    const onSide = vi.fn();
    const onDialog = vi.fn();
    const side = (
      <Panel title="Tools" kind="side" onClose={onSide}>
        <button type="button">In the panel</button>
      </Panel>
    );
    const screen = await render(side);
    await screen.rerender(
      <>
        {side}
        <Panel title="Model" kind="dialog" onClose={onDialog}>
          <button type="button">In the dialog</button>
        </Panel>
      </>,
    );
    await screen.getByRole("button", { name: "In the dialog" }).click();
    await userEvent.keyboard("{Escape}");
    await vi.waitFor(() => expect(onDialog).toHaveBeenCalledOnce());
    expect(onSide).not.toHaveBeenCalled();
  });
});
