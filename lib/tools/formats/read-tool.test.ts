import { expect, it } from "vitest";

import type { ToolDefinition } from "@/lib/tools/tool";

import { readTool } from "./read-tool";

const base: ToolDefinition = {
  id: "t1",
  name: "old",
  description: "",
  parameters: { type: "object" },
  strict: null,
  exampleResult: null,
  binding: { kind: "ask" },
  approval: null,
  sharing: "shared",
};

it("the reader of tools points into the text as it was pasted, also inside a wrapper and another vendor's field", () => {
  const wrong = { type: "object", properties: { city: { type: "strng" } } };
  const pointers = [
    { type: "function", function: { name: "f", parameters: wrong } },
    { name: "f", input_schema: wrong },
  ].map((value) => {
    const read = readTool(value, base, []);
    return read.ok ? [] : read.problems.map(({ pointer }) => pointer);
  });
  expect(pointers).toEqual([
    ["/function/parameters/properties/city/type"],
    ["/input_schema/properties/city/type"],
  ]);
});

it("the reader of tools asks for every field of the right kind at once", () => {
  const read = readTool({ name: 1, description: [], strict: "yes", parameters: [] }, base, []);
  expect(read).toEqual({
    ok: false,
    problems: [
      { pointer: "/name", message: '"name" is required and must be a string.', level: "error" },
      { pointer: "/description", message: '"description" must be a string.', level: "error" },
      { pointer: "/strict", message: '"strict" must be true or false.', level: "error" },
      {
        pointer: "/parameters",
        message: '"parameters" must be a JSON Schema for the arguments: { … }.',
        level: "error",
      },
    ],
  });
});

it("the reader of tools warns of a field that a tool does not have", () => {
  const read = readTool({ name: "f", parameters: { type: "object" }, "x/y": 1 }, base, []);
  expect(read).toEqual({
    ok: true,
    tool: { ...base, name: "f" },
    warnings: [
      { pointer: "/x~1y", message: "x/y was not saved: a tool has no such field.", level: "warning" },
    ],
  });
});

it("the reader of tools refuses what is no object, and a name another tool has", () => {
  const taken = readTool({ name: "f", parameters: { type: "object" } }, base, [
    { ...base, id: "t2", name: "f" },
  ]);
  expect([readTool([], base, []).ok, taken.ok]).toEqual([false, false]);
});
