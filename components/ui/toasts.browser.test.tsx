import { afterEach, describe, expect, it, vi } from "vitest";
import { render } from "vitest-browser-react";
import { type Locator, page, userEvent } from "vitest/browser";

import { Panel } from "./panel/panel";
import { type Toast, Toasts } from "./toasts";

afterEach(() => void vi.useRealTimers());

const toast: Toast = { id: "a", message: "Lane closed.", action: { label: "Undo", run: vi.fn() } };

it("a notice goes after 8 seconds, also while what is around it is drawn again", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const dismissed: string[] = [];
  // Anew at each drawing, as by a page in which somebody types.
  const drawn = () => <Toasts toasts={[toast]} onDismiss={(id) => dismissed.push(id)} />;
  const screen = await render(drawn());
  vi.advanceTimersByTime(5_000);
  await screen.rerender(drawn());
  vi.advanceTimersByTime(2_900);
  expect(dismissed).toEqual([]);
  vi.advanceTimersByTime(200);
  expect(dismissed).toEqual(["a"]);
});

it("a notice stays while the pointer or the focus is on it", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const dismissed: string[] = [];
  const screen = await render(<Toasts toasts={[toast]} onDismiss={(id) => dismissed.push(id)} />);
  const undo = screen.getByRole("button", { name: "Undo" });
  await undo.hover();
  vi.advanceTimersByTime(60_000);
  await undo.unhover();
  await userEvent.tab();
  await expect.element(undo).toHaveFocus();
  vi.advanceTimersByTime(60_000);
  expect(dismissed).toEqual([]);
  await userEvent.tab();
  await userEvent.tab();
  vi.advanceTimersByTime(8_000);
  expect(dismissed).toEqual(["a"]);
});

it("a notice's action is done once and takes the notice along", async () => {
  const run = vi.fn();
  const onDismiss = vi.fn();
  const screen = await render(
    <Toasts toasts={[{ ...toast, action: { label: "Undo", run } }]} onDismiss={onDismiss} />,
  );
  await expect.element(screen.getByRole("status")).toHaveTextContent("Lane closed.");
  await screen.getByRole("button", { name: "Undo" }).click();
  expect(run).toHaveBeenCalledOnce();
  expect(onDismiss).toHaveBeenCalledExactlyOnceWith("a");
});

describe.each([
  [1440, 900],
  [1000, 700],
  [390, 844],
  [390, 500],
])("in a window of %i × %i", (width, height) => {
  it.each(["dialog", "side"] as const)(
    "a notice covers neither the title of an open panel (%s) nor its close button",
    async (kind) => {
      await page.viewport(width, height);
      const message = "A notice with so many words that it is as wide as the window lets it be.";
      const screen = await render(
        <>
          <Panel title="Comparisons" kind={kind} onClose={vi.fn()}>
            <div className="h-[200vh]">A long list</div>
          </Panel>
          <Toasts toasts={[{ ...toast, message }]} onDismiss={vi.fn()} />
        </>,
      );
      const notice = [screen.getByText(message), screen.getByRole("button", { name: "Close notice" })].map(
        boxOf,
      );
      for (const name of ["Comparisons", "Close comparisons"]) {
        const role = name === "Comparisons" ? "heading" : "button";
        const box = boxOf(screen.getByRole(role, { name, exact: true }));
        expect(
          notice.map((part) => overlap(part, box)),
          name,
        ).toEqual([false, false]);
      }
    },
  );
});

/** Where something is drawn; what is not drawn at all covers nothing, which proves nothing. */
function boxOf(locator: Locator): DOMRect {
  const box = locator.element().getBoundingClientRect();
  expect(box.width).toBeGreaterThan(0);
  return box;
}

function overlap(one: DOMRect, other: DOMRect): boolean {
  const isBeside = one.right <= other.left || other.right <= one.left;
  return !isBeside && one.top < other.bottom && other.top < one.bottom;
}
