import { expect, it, vi } from "vitest";

import { openTestPage, type Replies } from "@/components/__fixtures__/test-page";
import { ONE_PIXEL_PNG } from "@/lib/stream/turn/__fixtures__/build-step";
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

const booking: ToolDefinition = {
  id: "booking",
  name: "book",
  description: "",
  parameters: { type: "object", properties: {} },
  strict: null,
  ...NEW_TOOL_CHOICES,
  binding: {
    kind: "mcp",
    server: { from: "config", name: "hotel" },
    tool: "book",
    gives: "text",
    hash: null,
  },
};

function reply(run: string, event: object, isDone: boolean) {
  return { run, events: [event], next: 1, isDone };
}

function booked(answer: unknown) {
  const content = [{ type: "image", mimeType: "image/png", data: ONE_PIXEL_PNG }];
  return {
    output: `Booked for ${JSON.stringify(answer)}`,
    isError: false,
    origin: { by: "mcp", server: "hotel", tool: "book" },
    received: { content, structured: null, notes: [] },
  };
}

/** A server whose tool asks for a name, and books once it has an answer. */
function hotel(): Replies {
  const form = {
    kind: "fields",
    schema: { properties: { name: { type: "string", title: "Your name" } }, required: ["name"] },
  };
  const answered = new EventTarget();
  return ({ path, body }) => {
    const { run = "" } = Object(body);
    if (path === "/api/tools/start") {
      const question = { id: `${run}/1`, from: "hotel", message: "Who is coming?", form };
      return reply(run, { type: "ask", question }, false);
    }
    if (path === "/api/tools/answer") {
      answered.dispatchEvent(new CustomEvent("answer", { detail: Object(body).content }));
      return { ok: true };
    }
    if (path !== "/api/tools/events") return undefined;
    return new Promise((resolve) =>
      answered.addEventListener("answer", (event) => {
        const answer = event instanceof CustomEvent ? event.detail : null;
        resolve(reply(run, { type: "end", result: booked(answer) }, true));
      }),
    );
  };
}

async function openTry(tool: ToolDefinition, replies?: Replies) {
  const page = await openTestPage(replies);
  for (const { id } of page.app.store.getState().person.tools) page.app.actions.removeTool(id);
  page.app.actions.saveTool(tool);
  const screen = await page.show(<ToolsPanel onMcp={vi.fn()} onClose={vi.fn()} />);
  await screen.getByRole("button", { name: `Edit ${tool.name}` }).click();
  await screen.getByRole("button", { name: "Try it" }).click();
  const part = screen.getByRole("region", { name: "Try it" });
  return {
    screen,
    part,
    saved: () => page.app.store.getState().person.tools.find(({ id }) => id === tool.id),
  };
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

it("what answered before a result became a mock rule comes back at a press, and stays in its editor", async () => {
  const { part, saved, screen } = await openTry(todo);
  await part.getByRole("button", { name: "Run the tool" }).click();
  await part.getByRole("button", { name: "Save as mock rule" }).click();
  await expect.element(part.getByText("A mock answers now, instead of built-in.")).toBeVisible();
  expect(saved()?.binding.kind).toBe("mock");
  await part.getByRole("button", { name: "Undo" }).click();
  expect(saved()?.binding).toEqual(todo.binding);
  await part.getByRole("button", { name: "Save as mock rule" }).click();
  await screen.getByRole("radio", { name: "Built-in", exact: true }).click();
  expect(saved()?.binding).toEqual(todo.binding);
  await expect.element(part.getByText(/^A mock answers now/u)).not.toBeInTheDocument();
});

it("a tool that asks gets its answer from a form, and what it gives beside the text is shown", async () => {
  const { part } = await openTry(booking, hotel());
  await part.getByRole("button", { name: "Run the tool" }).click();
  await part.getByLabelText("Your name (required)").fill("Ada");
  await part.getByRole("button", { name: "Send answer" }).click();
  await expect
    .element(part.getByLabelText("What a model would get"))
    .toHaveValue('Booked for {"name":"Ada"}');
  await expect.element(part.getByRole("img")).toBeVisible();
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
