import { describe, expect, it } from "vitest";

import { effectiveSetup } from "@/lib/session/store/lanes";

import { openTools } from "./__fixtures__/open-tools";

async function openPanel(lanes = 1) {
  const page = await openTools(lanes);
  /** Names of the tools that each lane has on. */
  const on = () => {
    const { session } = page.app.store.getState();
    return session.lanes.map(({ id }) =>
      page
        .tools()
        .filter((tool) => effectiveSetup(session, id).tools.includes(tool.id))
        .map(({ name }) => name),
    );
  };
  return { ...page, on };
}

describe("the tools", () => {
  it("get a new one, which is on in every lane and saved as it is typed", async () => {
    const { screen, tools, on } = await openPanel(2);
    await screen.getByRole("button", { name: "New tool" }).click();
    await screen.getByRole("textbox", { name: "Name", exact: true }).fill("weather");
    await screen.getByRole("textbox", { name: /^Description/u }).fill("Tells the weather.");
    await expect.element(screen.getByText("Saved", { exact: true })).toBeVisible();
    expect(tools()).toMatchObject([{ name: "weather", description: "Tells the weather." }]);
    expect(on()).toEqual([["weather"], ["weather"]]);
  });

  it("keep what cannot be saved as a draft, say why, and leave the saved tool as it was", async () => {
    const { screen, tools } = await openPanel();
    await screen.getByRole("button", { name: "New tool" }).click();
    await screen.getByRole("textbox", { name: "Name", exact: true }).fill("");
    await expect.element(screen.getByText(/^Not saved: /u)).toBeVisible();
    expect(tools()).toMatchObject([{ name: "new_tool" }]);
    await screen.getByRole("button", { name: "Back to all tools" }).click();
    await screen.getByRole("button", { name: "Edit new_tool" }).click();
    await expect.element(screen.getByText(/^Not saved: /u)).toBeVisible();
    await expect.element(screen.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("");
  });

  it("show the same tool as JSON, and take it from there", async () => {
    const { screen, tools } = await openPanel();
    await screen.getByRole("button", { name: "New tool" }).click();
    await screen.getByRole("radio", { name: "JSON" }).click();
    const editor = screen.getByRole("textbox", { name: "Tool as JSON" });
    await expect.element(editor).toHaveTextContent('"new_tool"');
    await editor.fill('{"name": "time", "description": "", "parameters": {"type": "object"}}');
    await expect.element(screen.getByText("Saved", { exact: true })).toBeVisible();
    expect(tools()).toMatchObject([{ name: "time", parameters: { type: "object" } }]);
  });

  it("bring a deleted one back where it was on", async () => {
    const { screen, tools, on } = await openPanel(2);
    await screen.getByRole("button", { name: "New tool" }).click();
    await screen.getByRole("button", { name: "Back to all tools" }).click();
    await screen.getByRole("button", { name: "Delete new_tool" }).click();
    expect([tools(), on()]).toEqual([[], [[], []]]);
    await screen.getByRole("button", { name: "Undo" }).click();
    expect(on()).toEqual([["new_tool"], ["new_tool"]]);
  });

  it("are switched for one lane alone, or for all", async () => {
    const { screen, on } = await openPanel(2);
    await screen.getByRole("button", { name: "New tool" }).click();
    await screen.getByRole("button", { name: "Back to all tools" }).click();
    await screen.getByRole("button", { name: "new_tool in lane 2" }).click();
    expect(on()).toEqual([["new_tool"], []]);
    await screen.getByRole("button", { name: "new_tool in all lanes" }).click();
    expect(on()).toEqual([["new_tool"], ["new_tool"]]);
  });

  it("give a copy a name of its own, and the focus to its editor's way back", async () => {
    const { screen, tools } = await openPanel();
    await screen.getByRole("button", { name: "New tool" }).click();
    await screen.getByRole("button", { name: "Back to all tools" }).click();
    await screen.getByRole("button", { name: "Duplicate new_tool" }).click();
    expect(tools().map(({ name }) => name)).toEqual(["new_tool", "new_tool_2"]);
    await expect.element(screen.getByRole("button", { name: "Back to all tools" })).toHaveFocus();
  });
});
