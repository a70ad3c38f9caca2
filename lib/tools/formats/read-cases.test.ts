import { readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import type { Json } from "@/lib/stream/turn/json";
import type { ToolDefinition } from "@/lib/tools/tool";

import { readTool } from "./read-tool";
import { readListed } from "./read-value";

const base: ToolDefinition = {
  id: "t1",
  name: "new_tool",
  description: "",
  parameters: { type: "object" },
  strict: null,
  exampleResult: null,
  binding: { kind: "ask" },
  approval: null,
  sharing: "shared",
};

function pasted(name: string): Json {
  const file = path.join(import.meta.dirname, "../../../fixtures/cases", `${name}.tool.json`);
  const value: Json = JSON.parse(readFileSync(file, "utf8"));
  return value;
}

/** A pasted tool's name and the warnings on it, each after its pointer. */
function saved(value: Json): unknown {
  const read = readTool(value, base, []);
  if (!read.ok) return read.problems;
  return [read.tool.name, read.warnings.map(({ pointer, message }) => `${pointer}: ${message}`)];
}

const NO_TYPE = 'OpenAI and Anthropic refuse parameters that do not themselves say "type": "object".';

describe("a tool that some provider takes is saved, with a warning that names who refuses it", () => {
  it("with a dot in its name", () => {
    expect(saved(pasted("tool-name-with-dot-and-slash"))).toEqual([
      "calendar.listEvents",
      ["/name: OpenAI and Anthropic reject this name. They allow 1 to 64 letters, digits, _ and -."],
    ]);
  });

  it("with a slash in its name", () => {
    expect(saved({ name: "calendar/list", parameters: { type: "object" } })).toEqual([
      "calendar/list",
      [
        "/name: OpenAI and Anthropic reject this name. They allow 1 to 64 letters, digits, _ and -.",
        "/name: Gemini rejects this name. It allows up to 64 letters, digits and _ . : -, starting with a letter or _.",
      ],
    ]);
  });

  it("with a reference for its parameters, which is followed", () => {
    expect(saved(pasted("tool-schema-ref-at-root"))).toEqual(["person", [`/parameters: ${NO_TYPE}`]]);
    expect(
      saved({ name: "list", parameters: { $ref: "#/$defs/a", $defs: { a: { type: "array" } } } }),
    ).toEqual([
      {
        pointer: "/parameters/type",
        message: 'Arguments must be an object: set the type to "object".',
        level: "error",
      },
    ]);
  });

  it("with parameters that hold themselves", () => {
    expect(saved(pasted("tool-schema-points-at-itself"))).toEqual(["make_tree", []]);
  });

  it("with references that lead in a circle", () => {
    const circle = "These references form a circle. llama.cpp rejects them, and arguments can't be checked.";
    expect(saved(pasted("tool-schema-ref-loop"))).toEqual([
      "loop",
      [
        `/parameters/properties/a/$ref: ${circle}`,
        `/parameters/$defs/a/$ref: ${circle}`,
        `/parameters/$defs/b/$ref: ${circle}`,
      ],
    ]);
  });

  it("with a bound of draft 4", () => {
    expect(saved(pasted("tool-schema-draft-04-exclusive"))).toEqual([
      "buy",
      [
        "/inputSchema/properties/amount/exclusiveMinimum: exclusiveMinimum can be true or false only in draft 4 of JSON Schema. Anthropic rejects it; since draft 6 it is a number.",
      ],
    ]);
  });

  it("with an empty schema", () => {
    expect(saved(pasted("tool-schema-empty"))).toEqual(["now", [`/function/parameters: ${NO_TYPE}`]]);
  });

  it("without parameters, as a tool without arguments", () => {
    const read = readTool(pasted("tool-without-schema"), base, []);
    expect(read).toEqual({
      ok: true,
      tool: {
        ...base,
        name: "now",
        description: "The time",
        parameters: { type: "object", properties: {} },
      },
      warnings: [
        {
          pointer: "/function",
          message: 'There are no "parameters", so this is saved as a tool without arguments.',
          level: "warning",
        },
      ],
    });
  });
});

const NO_OTHERS = { others: [], readBinding: () => null };

function names(value: Json, others: readonly ToolDefinition[] = []): unknown {
  const list = readListed(value, { others, readBinding: () => null });
  return [list?.found.map(({ tool: { name } }) => name), list?.skipped];
}

describe("a pasted list", () => {
  it("gives all its tools, three or 120", () => {
    expect(names(pasted("tools-array-3"))).toEqual([["list_a", "list_b", "list_c"], []]);
    const many = Array.from({ length: 120 }, (_, index) => `tool_${String(index)}`);
    expect(names(pasted("tools-array-120"))).toEqual([many, []]);
  });

  it("may be the tools of a request", () => {
    expect(names({ model: "m", tools: pasted("tools-array-3") })).toEqual([
      ["list_a", "list_b", "list_c"],
      [],
    ]);
  });

  it("says of each item that cannot be added which it is and why, and gives the others", () => {
    const fine = { name: "fine", parameters: { type: "object" } };
    const wrong = { name: "wrong", parameters: { type: "strng" } };
    expect(names([fine, wrong, 5, fine, { name: "taken" }], [{ ...base, id: "t2", name: "taken" }])).toEqual([
      ["fine"],
      [
        {
          name: "wrong",
          position: 2,
          why: 'Arguments must be an object: set the type to "object". (/parameters/type)',
        },
        { name: null, position: 3, why: "A tool must be an object: { … }." },
        { name: "fine", position: 4, why: "Another tool already has the name fine." },
        { name: "taken", position: 5, why: "Another tool already has the name taken." },
      ],
    ]);
  });

  it("marks problems at their place in the text", () => {
    const list = readListed({ tools: [{ name: "a" }, { name: 1 }] }, NO_OTHERS);
    expect(list?.problems.map(({ pointer, level }) => [pointer, level])).toEqual([
      ["/tools/0", "warning"],
      ["/tools/1/name", "error"],
    ]);
  });

  it("is nothing else: one tool, a text, a number", () => {
    expect([{ name: "a" }, "a", 5, null].map((value) => readListed(value, NO_OTHERS))).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});
