import { describe, expect, it } from "vitest";

import { NEW_TOOL_CHOICES, type ToolDefinition } from "./tool";
import {
  joinSets,
  newSetName,
  setNameProblem,
  setState,
  type ToolSet,
  toolsOf,
  writtenSets,
} from "./tool-set";

const tool = (id: string): ToolDefinition => ({
  id,
  name: `name_${id}`,
  description: "",
  parameters: {},
  strict: null,
  ...NEW_TOOL_CHOICES,
});
const [a, b, c] = [tool("a"), tool("b"), tool("c")];
const set = (name: string, ...tools: readonly string[]): ToolSet => ({ id: `id ${name}`, name, tools });

describe("a set", () => {
  it("has its tools in the order of the list, without those that are gone", () => {
    expect(toolsOf(set("Trip", "c", "gone", "a"), [a, b, c])).toEqual([a, c]);
  });

  it("is on where all its tools are, partly where some are, and off without tools", () => {
    expect([
      setState([a, b], ["a", "b", "c"]),
      setState([a, b], ["b"]),
      setState([a, b], ["c"]),
      setState([], ["a"]),
    ]).toEqual(["on", "partly", "off", "off"]);
  });

  it("gets a name that no other has, and says why a name cannot be", () => {
    expect(newSetName([set("Set 1"), set("Set 3")])).toBe("Set 2");
    expect(setNameProblem(" Trip ", [set("Shop")])).toBeNull();
    expect(setNameProblem(" Shop ", [set("Shop")])).toBe("Another set has this name.");
    expect(setNameProblem("  ", [])).toBe("A set needs a name.");
    expect(setNameProblem("x".repeat(101), [])).toBe("A name has at most 100 characters.");
  });

  it("is written by the names of the tools that are written with it", () => {
    expect(writtenSets([set("Trip", "a", "b"), set("Shop", "b"), set("Empty")], [a, c])).toEqual([
      { name: "Trip", tools: ["name_a"] },
    ]);
  });

  it("of a file joins the one of its name, and a new one finds its tools by their names", () => {
    const own = [set("Trip", "a")];
    const written = [
      { name: "Trip", tools: ["name_b", "name_a"] },
      { name: " Shop ", tools: ["name_c", "unknown"] },
      { name: "Shop", tools: ["name_a"] },
      { name: "Nothing", tools: ["unknown"] },
    ];
    expect(joinSets(own, written, [a, b, c], () => "new")).toEqual([
      { id: "id Trip", name: "Trip", tools: ["a", "b"] },
      { id: "new", name: "Shop", tools: ["c", "a"] },
    ]);
  });
});
