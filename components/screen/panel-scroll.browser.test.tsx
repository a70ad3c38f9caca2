import { describe, expect, it, vi } from "vitest";
import { page as browser } from "vitest/browser";

import { openTestPage } from "@/components/__fixtures__/test-page";

import { ToolsPanel } from "./tools-panel";

describe("the tools on a phone", () => {
  it("keep their title in sight: nothing but what is below it scrolls", async () => {
    await browser.viewport(390, 640);
    const page = await openTestPage();
    page.app.actions.addLane();
    const screen = await page.show(<ToolsPanel onMcp={vi.fn()} onClose={vi.fn()} />);
    await screen.getByRole("button", { name: "Edit weather" }).click();
    const sheet = screen.getByRole("dialog", { name: "weather" });
    const last = screen.getByRole("button", { name: "Add a rule" });
    await expect.element(last).toBeInTheDocument();
    last.element().scrollIntoView();
    expect(sheet.element().scrollTop).toBe(0);
    await expect
      .element(screen.getByRole("button", { name: "Back to all tools" }))
      .toBeInViewport({ ratio: 1 });
  });
});
