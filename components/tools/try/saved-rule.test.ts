import { expect, it } from "vitest";

import { NEW_TOOL_CHOICES, type ToolDefinition } from "@/lib/tools/tool";

import { argumentFields } from "./argument-fields";
import { withMockRule } from "./saved-rule";

const tool: ToolDefinition = {
  id: "t",
  name: "t",
  description: "",
  parameters: {},
  strict: null,
  ...NEW_TOOL_CHOICES,
};
const result = (output: string) => ({ output, isError: false });

it("a saved rule answers before the others, in place of one for the same arguments", () => {
  const once = withMockRule(tool, { city: "Rome" }, result("rain"));
  const twice = withMockRule(withMockRule(once, {}, result("any")), { city: "Rome" }, result("sun"));
  expect(twice.binding).toEqual({
    kind: "mock",
    delayMs: 0,
    mock: {
      by: "arguments",
      rules: [
        { when: { city: "Rome" }, result: result("sun") },
        { when: "*", result: result("any") },
      ],
    },
  });
});

it("a schema's flat properties are fields, and the others are written as JSON", () => {
  const parameters = {
    properties: { a: { type: "string" }, b: { enum: [1, 2] }, c: { type: "array" }, d: { type: "integer" } },
    required: ["a"],
  };
  expect(argumentFields(parameters).map(({ name, kind, isRequired }) => [name, kind, isRequired])).toEqual([
    ["a", "text", true],
    ["b", "choice", false],
    ["c", "json", false],
    ["d", "integer", false],
  ]);
});
