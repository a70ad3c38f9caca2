import { expect, it } from "vitest";

import { replacedTool } from "./replaced-tool";
import { NEW_TOOL_CHOICES, type ToolDefinition } from "./tool";

const old: ToolDefinition = {
  ...NEW_TOOL_CHOICES,
  id: "mine",
  name: "weather",
  description: "Mine.",
  parameters: {},
  strict: null,
  exampleResult: "sun",
  binding: { kind: "page", name: "add" },
  approval: "none",
  sharing: "each",
};
const like: ToolDefinition = {
  ...NEW_TOOL_CHOICES,
  id: "/0",
  name: "weather",
  description: "Theirs.",
  parameters: { type: "object" },
  strict: true,
};

it("a tool that replaces another keeps its id and, where it says nothing of them, what answers its calls", () => {
  expect(replacedTool(old, like)).toEqual({
    ...like,
    id: "mine",
    exampleResult: "sun",
    binding: old.binding,
    approval: "none",
    sharing: "each",
  });
});

it("a tool that brings its own answer asks again before it runs", () => {
  const binding = {
    kind: "http",
    request: { method: "GET", url: "https://a.example/", headers: [], body: null },
  } as const;
  const theirs: ToolDefinition = { ...like, binding, exampleResult: "rain" };
  expect(replacedTool(old, theirs)).toEqual({ ...theirs, id: "mine", approval: null });
});
