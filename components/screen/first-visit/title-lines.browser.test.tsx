import { expect, it } from "vitest";
import { page as browser } from "vitest/browser";

import { openTestPage } from "@/components/__fixtures__/test-page";
import { Playground } from "@/components/screen/playground";

import { STARTERS } from "./starters";

it.each([1440, 1920])("the title of each starter stands in one line at %i px", async (width) => {
  await browser.viewport(width, 900);
  const page = await openTestPage();
  const [lane] = page.app.lanes();
  if (lane === undefined) expect.unreachable("there is a lane");
  page.app.actions.changeSetup(lane.id, { model: "tiny" });
  const screen = await page.show(<Playground theme="system" isKnown={false} keepsThoughts={false} />);
  for (const { title } of STARTERS) {
    const range = document.createRange();
    range.selectNodeContents(screen.getByText(title, { exact: true }).element());
    expect(range.getClientRects()).toHaveLength(1);
  }
});
