import type { ToolDefinition } from "@/lib/providers/provider";
import type { Json, JsonObject } from "@/lib/stream/json";
import { checkTool } from "@/lib/tools/check-tool";

import type { Problem } from "./json-problems";
import { asObject } from "./schema-walk";

export type ReadTool =
  | { readonly ok: true; readonly tool: ToolDefinition; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads a tool from a JSON value in any of the shapes tools are pasted in: ours, OpenAI's with or without
 * `{"type": "function", "function": …}`, Anthropic's and MCP's. What JSON does not hold (id, example result,
 * runner) comes from `base`. Pointers of problems are into `value` as it was given. Pure.
 */
export function readTool(value: Json, base: ToolDefinition, others: readonly ToolDefinition[]): ReadTool {
  const shape = unwrap(value);
  if (shape === null) return fail([{ pointer: "", message: "A tool is an object: { … }.", level: "error" }]);
  const problems = fieldProblems(shape);
  if (problems.length > 0) return fail(problems);
  const tool = build(shape, base);
  const found = checkTool(tool, others).map(({ path, message }) => problem(shape, path, message));
  return found.length > 0 ? fail(found) : { ok: true, tool, warnings: unknownFields(shape) };
}

/** The tool as far as its fields are of the right kind, whatever they say; null where they are not. Pure. */
export function looseTool(value: Json, base: ToolDefinition): ToolDefinition | null {
  const shape = unwrap(value);
  return shape !== null && fieldProblems(shape).length === 0 ? build(shape, base) : null;
}

type Shape = {
  readonly fields: JsonObject;
  /** Pointer of `fields` in what was given. */
  readonly at: string;
  /** The field that holds the schema. */
  readonly schemaKey: "parameters" | "input_schema" | "inputSchema";
};

function unwrap(value: Json): Shape | null {
  const outer = asObject(value);
  if (outer === null) return null;
  const inner = asObject(outer["function"]);
  const fields = inner ?? outer;
  const schemaKey = (["input_schema", "inputSchema"] as const).find((key) => key in fields) ?? "parameters";
  return { fields, at: inner === null ? "" : "/function", schemaKey };
}

function fieldProblems(shape: Shape): Problem[] {
  const { name, description = "", strict = null } = shape.fields;
  const found: Problem[] = [];
  if (typeof name !== "string") found.push(problem(shape, "/name", "name is a text, and must be there."));
  if (typeof description !== "string") found.push(problem(shape, "/description", "description is a text."));
  if (strict !== null && typeof strict !== "boolean") {
    found.push(problem(shape, "/strict", "strict is true or false."));
  }
  if (asObject(shape.fields[shape.schemaKey]) === null) {
    const message = "parameters is a JSON Schema of the arguments, and must be there.";
    found.push(problem(shape, "/parameters", message));
  }
  return found;
}

function build({ fields, schemaKey }: Shape, base: ToolDefinition): ToolDefinition {
  const { name, description, strict } = fields;
  return {
    ...base,
    name: typeof name === "string" ? name : "",
    description: typeof description === "string" ? description : "",
    parameters: asObject(fields[schemaKey]) ?? {},
    strict: typeof strict === "boolean" ? strict : null,
  };
}

const KNOWN = new Set(["type", "name", "description", "parameters", "input_schema", "inputSchema", "strict"]);

function unknownFields(shape: Shape): Problem[] {
  return Object.keys(shape.fields)
    .filter((key) => !KNOWN.has(key))
    .map((key) => {
      const path = `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      return problem(shape, path, `${key} is not kept: a tool has no such field.`, "warning");
    });
}

function problem(shape: Shape, path: string, message: string, level: Problem["level"] = "error"): Problem {
  const pointer = shape.at + path.replace(/^\/parameters/u, `/${shape.schemaKey}`);
  return { pointer, message, level };
}

function fail(problems: readonly Problem[]): ReadTool {
  return { ok: false, problems };
}
