import { useState } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { render } from "vitest-browser-react";

import { Tooltip } from "./tooltip";

afterEach(() => void vi.useRealTimers());

/** A card that closes at a click, and below it a button that has a tooltip. */
function CardAboveButton() {
  const [isOpen, setIsOpen] = useState(true);
  return (
    <div style={{ font: "16px sans-serif" }}>
      {isOpen ? (
        <button type="button" style={{ display: "block", height: 60 }} onClick={() => setIsOpen(false)}>
          Close the card
        </button>
      ) : null}
      <Tooltip content="What it does">
        <button type="button" style={{ display: "block", height: 60 }}>
          Below
        </button>
      </Tooltip>
    </div>
  );
}

it("no tooltip opens over what comes up under a pointer that rests, until the pointer moves", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const screen = await render(<CardAboveButton />);
  const card = screen.getByRole("button", { name: "Close the card" });
  await card.click();
  await expect.element(card).not.toBeInTheDocument();
  // What the browser reports of a page that moved under the pointer: it is over the button, and did not move.
  const below = screen.getByRole("button", { name: "Below" });
  below.element().dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }));
  vi.advanceTimersByTime(5_000);
  // Whatever came of it is drawn by then.
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const tooltip = screen.getByText("What it does");
  await expect.element(tooltip).not.toBeInTheDocument();
  await below.hover({ position: { x: 3, y: 3 } });
  vi.advanceTimersByTime(400);
  await expect.element(tooltip).toBeVisible();
});
