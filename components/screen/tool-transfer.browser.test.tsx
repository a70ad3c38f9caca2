import { describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";

import { exportTools } from "@/lib/tools/formats/write/export-tools";
import { sampleTools } from "@/lib/tools/samples";
import { NEW_TOOL_CHOICES } from "@/lib/tools/tool";

import { openTools } from "./__fixtures__/open-tools";

async function openNamed() {
  const { screen, tools, app } = await openTools();
  return { screen, tools, app, names: () => tools().map(({ name }) => name) };
}

const LIST = JSON.stringify([
  { name: "list_a", description: "First.", input_schema: { type: "object" } },
  { name: "list_b", input_schema: { type: "object" } },
  { name: "list_c", input_schema: { type: "object" } },
  { type: "web_search_20250305", name: "web_search" },
]);

/** Pastes beside any field of the drawer. */
function paste(text: string): void {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const button = [...document.querySelectorAll("button")].find((each) =>
    each.textContent.includes("New tool"),
  );
  button?.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
}

describe("tools that are pasted into the drawer", () => {
  it("are reviewed with a check box each, and only the chosen ones are added", async () => {
    const { screen, names } = await openNamed();
    paste(LIST);
    const found = screen.getByRole("region", { name: "Tools found" });
    await expect.element(found).toHaveTextContent("Anthropic Messages: 3 tools found, 1 skipped");
    await expect
      .element(screen.getByRole("list", { name: "Skipped" }))
      .toHaveTextContent("web_search skipped: Tools of type");
    expect(names()).toEqual([]);
    await screen.getByRole("checkbox", { name: "list_b" }).click();
    await screen.getByRole("button", { name: "Add 2 tools" }).click();
    await expect.element(screen.getByRole("button", { name: "Edit list_a" })).toBeVisible();
    expect(names()).toEqual(["list_a", "list_c"]);
  });

  it("leave nothing behind when the import is canceled", async () => {
    const { screen, names } = await openNamed();
    paste(LIST);
    await screen.getByRole("button", { name: "Cancel" }).click();
    await expect.element(screen.getByRole("button", { name: "New tool" })).toBeVisible();
    expect(names()).toEqual([]);
  });

  it("are added beside the tool that has their name, or in its place, as a person says for each", async () => {
    const { screen, tools, app, names } = await openNamed();
    const mock = {
      kind: "mock",
      delayMs: 0,
      mock: { by: "fixed", result: { output: "1", isError: false } },
    } as const;
    for (const name of ["list_a", "list_b"])
      app.actions.saveTool({
        ...NEW_TOOL_CHOICES,
        id: name,
        name,
        description: "Mine.",
        parameters: {},
        strict: null,
        binding: mock,
      });
    paste(LIST);
    await expect
      .element(screen.getByRole("region", { name: "Tools found" }))
      .toHaveTextContent("Anthropic Messages: 3 tools found, 1 skipped");
    await expect.element(screen.getByRole("checkbox", { name: "list_a" })).not.toBeChecked();
    await userEvent.selectOptions(
      screen.getByRole("combobox", { name: "What becomes of list_a" }),
      "Replace yours",
    );
    await screen.getByRole("checkbox", { name: "list_b" }).click();
    await expect
      .element(screen.getByRole("combobox", { name: "What becomes of list_b" }))
      .toHaveTextContent("Add as list_b_2");
    await screen.getByRole("button", { name: "Add 2 tools, replace 1 tool" }).click();
    await expect.element(screen.getByRole("button", { name: "Edit list_b_2" })).toBeVisible();
    expect(names()).toEqual(["list_a", "list_b", "list_b_2", "list_c"]);
    expect(tools().map(({ description, binding }) => [description, binding.kind])).toEqual([
      ["First.", "mock"],
      ["Mine.", "mock"],
      ["", "ask"],
      ["", "ask"],
    ]);
  });

  it("say why where there are none", async () => {
    const { screen } = await openNamed();
    paste("hello there");
    await expect
      .element(screen.getByRole("region", { name: "Tools found" }))
      .toHaveTextContent("0 tools foundThis is neither JSON, YAML nor a curl command that holds a tool.");
  });

  it("are named as Zod code before it runs, and not as something that can't be read", async () => {
    const { screen } = await openNamed();
    paste('import { z } from "zod";\nexport const trip = z.object({ city: z.string() });');
    await expect.element(screen.getByText(/^This is Zod code\./u)).toBeVisible();
    await expect
      .element(screen.getByRole("button", { name: "Run this Zod code in the sandbox" }))
      .toBeVisible();
    await expect.element(screen.getByText(/neither JSON/u)).not.toBeInTheDocument();
  });

  it("are taken from a file that is opened, and send requests where they are operations", async () => {
    const { screen, tools } = await openNamed();
    await screen.getByRole("button", { name: "Import…" }).click();
    await expect.element(screen.getByRole("textbox", { name: "Tools to import" })).toHaveFocus();
    const yaml =
      "openapi: 3.1.0\nservers: [{url: https://a.example}]\npaths:\n  /pets: {get: {operationId: pets}}\n";
    await userEvent.upload(
      screen.getByLabelText("File of tools").element(),
      new File([yaml], "pets.yaml", { type: "text/yaml" }),
    );
    await expect.element(screen.getByText("HTTP: GET https://a.example/pets")).toBeVisible();
    await screen.getByRole("button", { name: "Add 1 tool" }).click();
    await expect.element(screen.getByRole("button", { name: "Edit pets" })).toBeVisible();
    expect(tools()).toMatchObject([{ name: "pets", binding: { kind: "http" }, approval: null }]);
  });

  it("are dropped as a file just as well", async () => {
    const { screen } = await openNamed();
    const data = new DataTransfer();
    data.items.add(new File([LIST], "tools.json"));
    const button = screen.getByRole("button", { name: "New tool" }).element();
    button.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    await expect.element(screen.getByRole("button", { name: "Add 3 tools" })).toBeVisible();
  });
});

describe("tools that are exported", () => {
  it("are written in the chosen format, which says what it can't hold", async () => {
    const { screen } = await openNamed();
    await screen.getByRole("button", { name: "Add a sample" }).click();
    await screen.getByRole("menuitem", { name: /^All \d+ samples$/u }).click();
    await screen.getByRole("button", { name: "Export…" }).click();
    const text = screen.getByLabelText("Exported tools");
    await expect.element(text).toHaveTextContent('"format": "vitrine-tools"');
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Format" }), "Gemini");
    await expect.element(text).toHaveTextContent('"functionDeclarations"');
    await expect
      .element(screen.getByRole("list", { name: "Not in this format" }))
      .toHaveTextContent("The example result is not in this format");
  });

  it("are those that are chosen, with the sets that hold them, and come back with their sets", async () => {
    const { screen, names, app } = await openNamed();
    const sets = () => app.store.getState().person.toolSets;
    for (const tool of sampleTools.slice(0, 3)) app.actions.saveTool(tool);
    app.actions.saveToolSet({ id: "s", name: "Trip", tools: ["sample-weather", "sample-search"] });
    await screen.getByRole("button", { name: "Export…" }).click();
    const exported = () => JSON.parse(screen.getByLabelText("Exported tools").element().textContent);
    expect(exported().tools).toHaveLength(3);
    await screen.getByRole("button", { name: "Tools: 3 of 3" }).click();
    await screen.getByRole("checkbox", { name: "search" }).click();
    expect(exported()).toMatchObject({
      sets: [{ name: "Trip", tools: ["weather"] }],
      tools: [{ name: "weather" }, { name: "calculator" }],
    });
    await screen.getByRole("button", { name: "Only set Trip" }).click();
    await expect.element(screen.getByRole("button", { name: "Tools: 2 of 3" })).toBeVisible();
    const file = screen.getByLabelText("Exported tools").element().textContent;
    expect(JSON.parse(file)).toMatchObject({ sets: [{ name: "Trip", tools: ["weather", "search"] }] });

    await screen.getByRole("button", { name: "Back to all tools" }).click();
    for (const { id } of app.store.getState().person.tools) app.actions.removeTool(id);
    app.actions.removeToolSet("s");
    paste(file);
    await screen.getByRole("button", { name: "Add 2 tools and 1 set" }).click();
    await expect.element(screen.getByRole("button", { name: "Edit set Trip" })).toBeVisible();
    expect(names()).toEqual(["weather", "search"]);
    expect(sets()).toMatchObject([
      { name: "Trip", tools: app.store.getState().person.tools.map(({ id }) => id) },
    ]);
  });

  it("bring a set back also where its tools are there already", async () => {
    const { screen, app } = await openNamed();
    for (const tool of sampleTools.slice(0, 2)) app.actions.saveTool(tool);
    const text = exportTools(sampleTools.slice(0, 2), "vitrine", [{ name: "Trip", tools: ["search"] }]).text;
    paste(text);
    await screen.getByRole("button", { name: "Add 1 set" }).click();
    await expect.element(screen.getByRole("button", { name: "Edit set Trip" })).toBeVisible();
    expect(app.store.getState().person.toolSets).toMatchObject([{ name: "Trip", tools: ["sample-search"] }]);
  });
});
