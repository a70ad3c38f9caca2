import type { ReactNode } from "react";
import { expect, it, vi } from "vitest";
import { page as browser } from "vitest/browser";

import { openTestPage } from "@/components/__fixtures__/test-page";

import { LaneTabs } from "./lane-tabs";

it("a tab has no room for a strip before there is one, and all tabs have it once one lane answers", async () => {
  await browser.viewport(390, 800);
  const page = await openTestPage();
  page.app.actions.addLane();
  const [first, second] = page.app.lanes();
  if (first === undefined || second === undefined) expect.unreachable("there are two lanes");
  const heightsWith = async (strip: ReactNode) => {
    const lanes = [
      { id: first.id, model: "tiny", strip },
      { id: second.id, model: "tiny", strip: null },
    ];
    const screen = await page.show(<LaneTabs lanes={lanes} active={null} onActivate={vi.fn()} />);
    const tabs = screen.getByRole("button").elements();
    const heights = tabs.map((tab) => tab.getBoundingClientRect().height);
    await screen.unmount();
    return heights;
  };
  const [before] = await heightsWith(null);
  const [own, other] = await heightsWith(<i>strip</i>);
  expect(own).toBe(other);
  expect(own).toBeGreaterThan(before ?? Infinity);
});
