import { afterEach, expect, it, vi } from "vitest";
import { render } from "vitest-browser-react";
import { userEvent } from "vitest/browser";

import { type Toast, Toasts } from "./toasts";

afterEach(() => void vi.useRealTimers());

const toast: Toast = { id: "a", message: "Lane closed.", action: { label: "Undo", run: vi.fn() } };

it("a notice goes after 8 seconds, also while what is around it is drawn again", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const dismissed: string[] = [];
  // Anew at each drawing, as by a page in which somebody types.
  const page = () => <Toasts toasts={[toast]} onDismiss={(id) => dismissed.push(id)} />;
  const screen = await render(page());
  vi.advanceTimersByTime(5_000);
  await screen.rerender(page());
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
