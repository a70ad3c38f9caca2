import { expect, it, vi } from "vitest";

import { openTestPage } from "@/components/__fixtures__/test-page";
import { NEW_TOOL_CHOICES, type ToolDefinition } from "@/lib/tools/tool";

import { ToolsPanel } from "./tools-panel";

const todo: ToolDefinition = {
  id: "todo",
  name: "todo",
  description: "",
  parameters: {
    type: "object",
    properties: { action: { type: "string" }, text: { type: "string" } },
    required: ["action"],
  },
  strict: null,
  ...NEW_TOOL_CHOICES,
  binding: { kind: "page", name: "todo" },
};

async function openTry(tool: ToolDefinition) {
  const page = await openTestPage();
  for (const { id } of page.app.store.getState().person.tools) page.app.actions.removeTool(id);
  page.app.actions.saveTool(tool);
  const screen = await page.show(<ToolsPanel onMcp={vi.fn()} onClose={vi.fn()} />);
  await screen.getByRole("button", { name: `Edit ${tool.name}` }).click();
  await screen.getByRole("button", { name: "Try it" }).click();
  const part = screen.getByRole("region", { name: "Try it" });
  return { part, saved: () => page.app.store.getState().person.tools.find(({ id }) => id === tool.id) };
}

it("a tool is run without a model, keeps its state until it is reset, and its result becomes a rule or the example", async () => {
  const { part, saved } = await openTry(todo);
  await part.getByLabelText("action").fill("add");
  await part.getByLabelText("text (optional)").fill("milk");
  await part.getByRole("button", { name: "Run the tool" }).click();
  const result = part.getByLabelText("What a model would get");
  await expect.element(result).toHaveValue(expect.stringContaining("milk"));
  await part.getByLabelText("action").fill("list");
  await part.getByRole("button", { name: "Run the tool" }).click();
  await expect.element(part.getByText("state of 2 calls")).toBeVisible();
  await expect.element(result).toHaveValue(expect.stringContaining("milk"));
  await part.getByRole("button", { name: "Use as example" }).click();
  expect(saved()?.exampleResult).toContain("milk");
  await part.getByRole("button", { name: "Start with empty state" }).click();
  await expect.element(part.getByText("state of 2 calls")).not.toBeInTheDocument();
  await part.getByRole("button", { name: "Run the tool" }).click();
  await expect.element(result).not.toHaveValue(expect.stringContaining("milk"));
  await part.getByRole("button", { name: "Save as mock rule" }).click();
  expect(saved()?.binding).toMatchObject({
    mock: { by: "arguments", rules: [{ when: { action: "list", text: "milk" } }] },
  });
});

it("arguments are one value in fields and as JSON, and what is not an object is kept and not run", async () => {
  const { part } = await openTry(todo);
  await part.getByLabelText("action").fill("list");
  await part.getByRole("radio", { name: "JSON" }).click();
  await expect
    .element(part.getByLabelText("Arguments", { exact: true }))
    .toHaveValue(expect.stringContaining("list"));
  await part.getByLabelText("Arguments", { exact: true }).fill("{");
  await expect.element(part.getByRole("button", { name: "Run the tool" })).toBeDisabled();
  await part.getByRole("radio", { name: "Fields" }).click();
  await expect.element(part.getByLabelText("Arguments", { exact: true })).toHaveValue("{");
  await part.getByLabelText("Arguments", { exact: true }).fill('{"action": "add"}');
  await part.getByRole("radio", { name: "Fields" }).click();
  await expect.element(part.getByLabelText("action")).toHaveValue("add");
});
