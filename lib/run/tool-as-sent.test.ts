import { expect, it } from "vitest";

import { NEW_TOOL_CHOICES, type ToolDefinition } from "@/lib/tools/tool";

import { toolAsSent } from "./tool-as-sent";

const TOOL: ToolDefinition = {
  ...NEW_TOOL_CHOICES,
  id: "t",
  name: "book",
  description: "Books.",
  parameters: { type: "object", properties: {} },
  strict: true,
};

it("a tool is shown as each dialect sends it, with what is left out of it", () => {
  const schema = TOOL.parameters;
  expect(toolAsSent(TOOL)).toEqual([
    {
      label: "Chat completions",
      value: [
        {
          type: "function",
          function: { name: "book", description: "Books.", parameters: schema, strict: true },
        },
      ],
      notes: [],
    },
    {
      label: "Responses",
      value: [{ type: "function", name: "book", description: "Books.", parameters: schema, strict: true }],
      notes: [],
    },
    {
      label: "Anthropic Messages",
      value: [{ name: "book", description: "Books.", input_schema: schema, strict: true }],
      notes: [],
    },
    {
      label: "Gemini",
      value: [
        { functionDeclarations: [{ name: "book", description: "Books.", parametersJsonSchema: schema }] },
      ],
      notes: ["strict is not sent: Gemini has no such setting."],
    },
  ]);
});

it("a tool that a dialect does not send is null there, with the reason", () => {
  const sent = toolAsSent({ ...TOOL, name: "list/all" });
  expect(sent.at(-1)).toMatchObject({
    value: null,
    notes: [expect.stringContaining("The tool list/all is not sent")],
  });
});
