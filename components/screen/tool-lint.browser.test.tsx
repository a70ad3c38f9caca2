import { describe, expect, it } from "vitest";

import type { JsonObject } from "@/lib/stream/turn/json";

import { openBookTool } from "./__fixtures__/open-tools";

const OPEN: JsonObject = { type: "object", properties: { guests: { type: "integer" } } };

function upperCaseTool(required: string): string {
  return `{"name": "book", "parameters": {"type": "object", "properties": {"guests": {"type": "INTEGER"}}, "required": ["${required}"]}}`;
}

describe("who enforces a tool's schema", () => {
  it("is told with a count of problems and how near each limit is", async () => {
    const { screen } = await openBookTool(OPEN);
    await screen.getByRole("button", { name: "OpenAI strict rejects this schema: 2 problems" }).click();
    await expect.element(screen.getByText("properties 1 of 5,000")).toBeVisible();
    await expect
      .element(screen.getByText("Gemini enforces all of this schema", { exact: false }))
      .toBeVisible();
  });

  it("is mended by a quick fix, after its diff was seen", async () => {
    const { screen, tools } = await openBookTool(OPEN);
    await screen.getByRole("button", { name: "Make strict" }).click();
    const diff = screen.getByRole("region", { name: /^What “Make strict” changes/u });
    await expect.element(diff).toHaveTextContent('added: "additionalProperties": false');
    expect(tools()[0]?.parameters).toEqual(OPEN);
    await diff.getByRole("button", { name: "Apply" }).click();
    await expect.element(screen.getByRole("button", { name: /^OpenAI strict enforces/u })).toBeVisible();
    expect(tools()[0]?.parameters).toEqual({
      type: "object",
      properties: { guests: { type: ["integer", "null"] } },
      required: ["guests"],
      additionalProperties: false,
    });
    await expect
      .element(screen.getByRole("textbox", { name: "Tool as JSON" }))
      .toHaveTextContent("additionalProperties");
  });

  it("is told of what is typed, also before it can be saved, and a quick fix saves what it mends", async () => {
    const { screen, tools } = await openBookTool(OPEN);
    await screen.getByRole("radio", { name: "JSON", exact: true }).click();
    const editor = screen.getByRole("textbox", { name: "Tool as JSON" });
    await editor.fill(upperCaseTool("guest"));
    await expect.element(screen.getByRole("button", { name: /^Gemini rejects this schema/u })).toBeVisible();
    await screen.getByRole("button", { name: "Fix type names" }).click();
    await screen.getByRole("button", { name: "Apply" }).click();
    // Another problem is left, so nothing is saved yet.
    await expect.element(screen.getByText(/^Not saved: guest is required/u)).toBeVisible();
    expect(tools()[0]?.parameters).toEqual(OPEN);
    await editor.fill(upperCaseTool("guests"));
    await screen.getByRole("button", { name: "Fix type names" }).click();
    await screen.getByRole("button", { name: "Apply" }).click();
    await expect.element(screen.getByText("Saved", { exact: true })).toBeVisible();
    expect(tools()[0]?.parameters).toMatchObject({ properties: { guests: { type: "integer" } } });
    await editor.fill("{");
    await expect
      .element(screen.getByRole("region", { name: "Who enforces the schema" }))
      .not.toBeInTheDocument();
  });

  it("leads from a problem to its place in the text", async () => {
    const { screen } = await openBookTool(OPEN);
    await screen.getByRole("button", { name: /^OpenAI strict rejects/u }).click();
    await screen.getByRole("button", { name: "/parameters/properties/guests" }).click();
    await expect.element(screen.getByRole("textbox", { name: "Tool as JSON" })).toHaveFocus();
    await expect.poll(() => globalThis.getSelection()?.toString()).toBe('"guests"');
  });
});

describe("the JSON view", () => {
  it("lists every problem with its line, goes there at a press, and formats the text", async () => {
    const { screen } = await openBookTool(OPEN);
    const editor = screen.getByRole("textbox", { name: "Tool as JSON" });
    await editor.fill(
      '{"name": "a",\n"parameters": {"type": "object", "properties": {"x": {"type": "strng"}}, "required": ["y"]}}',
    );
    const problems = screen.getByRole("list", { name: "Problems" });
    await expect
      .element(problems.getByRole("button", { name: 'Line 2: y is required but not in "properties".' }))
      .toBeVisible();
    await problems.getByRole("button", { name: /^Line 2: "strng" is not a type/u }).click();
    await expect.element(editor).toHaveFocus();
    await expect.poll(() => globalThis.getSelection()?.toString()).toBe('"strng"');
    await screen.getByRole("button", { name: "Format" }).click();
    await expect
      .element(problems.getByRole("button", { name: /^Line 7: "strng" is not a type/u }))
      .toBeVisible();
  });
});

describe("a tool as it is sent", () => {
  it("is shown for each dialect, with what is left out", async () => {
    const { screen } = await openBookTool({ ...OPEN, additionalProperties: false });
    await screen.getByRole("radio", { name: "As sent" }).click();
    await expect
      .element(screen.getByRole("group", { name: "Tools in Chat completions" }))
      .toHaveTextContent('"function"');
    await screen.getByRole("radio", { name: "Anthropic Messages" }).click();
    await expect
      .element(screen.getByRole("group", { name: "Tools in Anthropic Messages" }))
      .toHaveTextContent("input_schema");
  });
});

describe("what tools cost", () => {
  it("is estimated in one line of the drawer, and told for each tool", async () => {
    const { screen } = await openBookTool(OPEN);
    await screen.getByRole("button", { name: "Back to all tools" }).click();
    await screen.getByRole("button", { name: /^Lane 1: ≈ \d+ tokens for 1 tool$/u }).click();
    await expect
      .element(screen.getByRole("list", { name: "Tokens of each tool" }))
      .toHaveTextContent(/book≈ \d+/u);
  });
});
