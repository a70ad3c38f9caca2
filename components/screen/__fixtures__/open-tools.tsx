/** The tools panel for component tests. */
import { vi } from "vitest";

import { openTestPage } from "@/components/__fixtures__/test-page";
import { ToolsPanel } from "@/components/screen/tools-panel";
import { toolsAtHand } from "@/lib/session/store/person";
import type { JsonObject } from "@/lib/stream/turn/json";

/** The panel without any tool, over this many lanes. */
export async function openTools(lanes = 1) {
  const page = await openTestPage();
  for (let lane = 1; lane < lanes; lane += 1) page.app.actions.addLane();
  const tools = () => {
    const { person, session } = page.app.store.getState();
    return toolsAtHand(person.tools, session.tools);
  };
  for (const { id } of tools()) page.app.actions.removeTool(id);
  const screen = await page.show(<ToolsPanel onMcp={vi.fn()} onClose={vi.fn()} />);
  return { ...page, screen, tools };
}

/** The panel at the JSON of a new tool `book` with these parameters. */
export async function openBookTool(parameters: JsonObject) {
  const page = await openTools();
  await page.screen.getByRole("button", { name: "New tool" }).click();
  await page.screen.getByRole("radio", { name: "JSON" }).click();
  await page.screen
    .getByRole("textbox", { name: "Tool as JSON" })
    .fill(JSON.stringify({ name: "book", parameters }, null, 2));
  return page;
}
