import { describe, expect, it, vi } from "vitest";
import { userEvent } from "vitest/browser";

import { openTestPage } from "@/components/__fixtures__/test-page";
import { effectiveSetup } from "@/lib/session/store/lanes";
import { sampleTools } from "@/lib/tools/samples";

import { ToolsPanel } from "./tools-panel";

async function openLibrary(lanes = 1) {
  const page = await openTestPage();
  for (let lane = 1; lane < lanes; lane += 1) page.app.actions.addLane();
  for (const { id } of page.app.lanes()) page.app.actions.changeSetup(id, { tools: [] });
  const onClose = vi.fn();
  const screen = await page.show(<ToolsPanel onMcp={vi.fn()} onClose={onClose} />);
  const person = () => page.app.store.getState().person;
  /** Names of the tools that each lane has on. */
  const on = () => {
    const { session } = page.app.store.getState();
    return session.lanes.map(({ id }) => {
      const { tools } = effectiveSetup(session, id);
      return person()
        .tools.filter((tool) => tools.includes(tool.id))
        .map(({ name }) => name);
    });
  };
  const { actions } = page.app;
  const makeTrip = () =>
    actions.saveToolSet({ id: "s", name: "Trip", tools: ["sample-weather", "sample-calendar"] });
  return { screen, person, on, onClose, actions, makeTrip };
}

describe("the search of the tools", () => {
  it("narrows the list by name, description and set, and says how many are left", async () => {
    const { screen, makeTrip } = await openLibrary();
    makeTrip();
    const field = screen.getByRole("searchbox", { name: "Find a tool" });
    await field.fill("italian");
    await expect.element(screen.getByText(`1 of ${sampleTools.length} tools`)).toBeVisible();
    await expect.element(screen.getByRole("button", { name: "Edit translate" })).toBeVisible();
    await expect.element(screen.getByRole("button", { name: "Edit weather" })).not.toBeInTheDocument();
    await field.fill("trip");
    await expect.element(screen.getByText(`2 of ${sampleTools.length} tools`)).toBeVisible();
  });

  it("is cleared by Esc before that closes the panel, and by a press where it finds nothing", async () => {
    const { screen, onClose } = await openLibrary();
    const field = screen.getByRole("searchbox", { name: "Find a tool" });
    await field.fill("nothing like this");
    await expect.element(screen.getByText(/^None of \d+ tools has “nothing like this”/u)).toBeVisible();
    await screen.getByRole("button", { name: "Show all tools" }).click();
    await expect.element(field).toHaveFocus();
    await expect.element(screen.getByRole("button", { name: "Edit weather" })).toBeVisible();
    await field.fill("w");
    await userEvent.keyboard("{Escape}");
    await expect.element(field).toHaveValue("");
    expect(onClose).not.toHaveBeenCalled();
    await userEvent.keyboard("{Escape}");
    expect(onClose).toHaveBeenCalled();
  });
});

describe("a set of tools", () => {
  it("is made of what is on, named at once, and saved", async () => {
    const { screen, person } = await openLibrary();
    const make = screen.getByRole("button", { name: "Make a set of what is on" });
    await expect.element(make).toBeDisabled();
    await screen.getByRole("button", { name: "weather on" }).click();
    await screen.getByRole("button", { name: "add on" }).click();
    await make.click();
    const name = screen.getByRole("textbox", { name: "Name" });
    await expect.element(name).toHaveFocus();
    await userEvent.keyboard("Florence");
    expect(person().toolSets).toMatchObject([{ name: "Florence", tools: ["sample-weather", "sample-add"] }]);
    await screen.getByRole("button", { name: "Back to all tools" }).click();
    await expect.element(screen.getByRole("button", { name: "Edit set Florence" })).toHaveFocus();
  });

  it("is made of one lane's tools where the lanes differ", async () => {
    const { screen, person } = await openLibrary(2);
    await screen.getByRole("button", { name: "search in lane 2" }).click();
    await screen.getByRole("button", { name: "Make a set of what is on" }).click();
    await expect
      .element(screen.getByRole("menuitem", { name: "In lane 1: 0 tools" }))
      .toHaveAttribute("aria-disabled", "true");
    await screen.getByRole("menuitem", { name: "In lane 2: 1 tool" }).click();
    await expect.element(screen.getByRole("textbox", { name: "Name" })).toHaveValue("Set 1");
    expect(person().toolSets).toMatchObject([{ name: "Set 1", tools: ["sample-search"] }]);
  });

  it("is switched for one lane or for all with one press, and shows where it is on", async () => {
    const { screen, on, makeTrip } = await openLibrary(2);
    makeTrip();
    await screen.getByRole("button", { name: "Set Trip in lane 2" }).click();
    expect(on()).toEqual([[], ["weather", "calendar"]]);
    const all = screen.getByRole("button", { name: "Set Trip in all lanes" });
    await expect.element(all).toHaveAttribute("aria-pressed", "mixed");
    await all.click();
    expect(on()).toEqual([
      ["weather", "calendar"],
      ["weather", "calendar"],
    ]);
    await screen.getByRole("button", { name: "weather in lane 1" }).click();
    await expect
      .element(screen.getByRole("button", { name: "Set Trip in lane 1" }))
      .toHaveAttribute("aria-pressed", "mixed");
    await all.click();
    await all.click();
    expect(on()).toEqual([[], []]);
  });

  it("takes the place of all that is on at a press of its menu", async () => {
    const { screen, on, makeTrip } = await openLibrary(2);
    makeTrip();
    await screen.getByRole("button", { name: "search in all lanes" }).click();
    await screen.getByRole("button", { name: "More for set Trip" }).click();
    await screen.getByRole("menuitem", { name: "Turn on only this set, in all lanes" }).click();
    expect(on()).toEqual([
      ["weather", "calendar"],
      ["weather", "calendar"],
    ]);
  });

  it("is renamed and gets other tools, which turns nothing on or off", async () => {
    const { screen, person, on, makeTrip, actions } = await openLibrary();
    makeTrip();
    actions.saveToolSet({ id: "other", name: "Sums", tools: [] });
    await screen.getByRole("button", { name: "Edit set Trip" }).click();
    const name = screen.getByRole("textbox", { name: "Name" });
    await name.fill("Sums");
    await expect.element(screen.getByText("Another set has this name.")).toBeVisible();
    expect(person().toolSets[0]?.name).toBe("Trip");
    await name.fill("Florence");
    await screen.getByRole("searchbox", { name: "Find a tool" }).fill("search");
    await screen.getByRole("checkbox", { name: "search" }).click();
    await screen.getByRole("searchbox", { name: "Find a tool" }).fill("");
    await screen.getByRole("checkbox", { name: "calendar" }).click();
    expect(person().toolSets[0]).toEqual({
      id: "s",
      name: "Florence",
      tools: ["sample-weather", "sample-search"],
    });
    expect(on()).toEqual([[]]);
  });

  it("is deleted without its tools, and comes back at Undo", async () => {
    const { screen, person, on, makeTrip } = await openLibrary();
    makeTrip();
    await screen.getByRole("button", { name: "Set Trip on" }).click();
    await screen.getByRole("button", { name: "More for set Trip" }).click();
    await screen.getByRole("menuitem", { name: "Delete, and keep its tools" }).click();
    expect([person().toolSets, person().tools.length, on()]).toEqual([
      [],
      sampleTools.length,
      [["weather", "calendar"]],
    ]);
    await screen.getByRole("button", { name: "Undo" }).click();
    expect(person().toolSets).toMatchObject([{ name: "Trip" }]);
    await expect.element(screen.getByRole("button", { name: "Edit set Trip" })).toHaveFocus();
  });
});

describe("a sample that was deleted", () => {
  it("comes back alone, and no button is left once all are there", async () => {
    const { screen, person, actions } = await openLibrary();
    actions.removeTool("sample-search");
    actions.removeTool("sample-add");
    const button = screen.getByRole("button", { name: "Add a sample" });
    await button.click();
    await screen.getByRole("menuitem", { name: "add", exact: true }).click();
    expect(person().tools.map(({ name }) => name)).not.toContain("search");
    expect(person().tools.map(({ name }) => name)).toContain("add");
    await button.click();
    await screen.getByRole("menuitem", { name: "search" }).click();
    await expect.element(button).not.toBeInTheDocument();
  });
});
