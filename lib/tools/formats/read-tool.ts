import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject } from "@/lib/stream/turn/json-read";
import { checkTool } from "@/lib/tools/schema/check-tool";
import { pointerTo } from "@/lib/tools/schema/json-pointer";
import { warnTool } from "@/lib/tools/schema/warn-tool";
import type { ToolDefinition } from "@/lib/tools/tool";

import type { Problem } from "./problem";

export type ReadTool =
  | { readonly ok: true; readonly tool: ToolDefinition; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads a tool from a JSON value in any of the shapes tools are pasted in: ours, OpenAI's with or without
 * `{"type": "function", "function": …}`, Anthropic's, MCP's and Gemini's. What JSON does not hold (id, example result,
 * binding) comes from `base`. Pointers of problems are into `value` as it was given. Pure.
 */
export function readTool(value: Json, base: ToolDefinition, others: readonly ToolDefinition[]): ReadTool {
  const shape = unwrap(value);
  if (shape === null) return fail([{ pointer: "", message: noTool(value), level: "error" }]);
  const problems = fieldProblems(shape);
  if (problems.length > 0) return fail(problems);
  const tool = build(shape, base);
  const found = checkTool(tool, others).map(({ path, message }) => problem(shape, path, message));
  if (found.length > 0) return fail(found);
  const refusals = warnTool(tool).map(({ path, message }) => problem(shape, path, message, "warning"));
  return { ok: true, tool, warnings: [...unknownFields(shape), ...noParameters(shape), ...refusals] };
}

function noTool(value: Json): string {
  return Array.isArray(value) ? "This is a list of tools, not one tool." : "A tool must be an object: { … }.";
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
  readonly schemaKey: SchemaKey;
};

const OTHER_KEYS = ["input_schema", "inputSchema", "parametersJsonSchema"] as const;
type SchemaKey = "parameters" | (typeof OTHER_KEYS)[number];

function unwrap(value: Json): Shape | null {
  const outer = asObject(value);
  if (outer === null) return null;
  const inner = asObject(outer["function"]);
  const fields = inner ?? outer;
  const schemaKey = OTHER_KEYS.find((key) => key in fields) ?? "parameters";
  return { fields, at: inner === null ? "" : "/function", schemaKey };
}

function fieldProblems(shape: Shape): Problem[] {
  const { name, description = "", strict = null } = shape.fields;
  const found: Problem[] = [];
  if (typeof name !== "string")
    found.push(problem(shape, "/name", '"name" is required and must be a string.'));
  if (typeof description !== "string")
    found.push(problem(shape, "/description", '"description" must be a string.'));
  if (strict !== null && typeof strict !== "boolean") {
    found.push(problem(shape, "/strict", '"strict" must be true or false.'));
  }
  if (hasParameters(shape) && asObject(shape.fields[shape.schemaKey]) === null) {
    found.push(problem(shape, "/parameters", '"parameters" must be a JSON Schema for the arguments: { … }.'));
  }
  return found;
}

/** OpenAI's tools may leave them out, for a tool without arguments. */
function hasParameters({ fields, schemaKey }: Shape): boolean {
  return fields[schemaKey] !== undefined && fields[schemaKey] !== null;
}

function noParameters(shape: Shape): Problem[] {
  if (hasParameters(shape)) return [];
  const message = 'There are no "parameters", so this is saved as a tool without arguments.';
  return [{ pointer: shape.at, message, level: "warning" }];
}

function build(shape: Shape, base: ToolDefinition): ToolDefinition {
  const { fields, schemaKey } = shape;
  const { name, description, strict } = fields;
  return {
    ...base,
    name: typeof name === "string" ? name : "",
    description: typeof description === "string" ? description : "",
    parameters: hasParameters(shape)
      ? (asObject(fields[schemaKey]) ?? {})
      : { type: "object", properties: {} },
    strict: typeof strict === "boolean" ? strict : null,
  };
}

const KNOWN = new Set(["type", "name", "description", "parameters", ...OTHER_KEYS, "strict"]);

function unknownFields(shape: Shape): Problem[] {
  return Object.keys(shape.fields)
    .filter((key) => !KNOWN.has(key))
    .map((key) => {
      return problem(shape, pointerTo("", key), `${key} was not saved: a tool has no such field.`, "warning");
    });
}

function problem(shape: Shape, path: string, message: string, level: Problem["level"] = "error"): Problem {
  const pointer = shape.at + path.replace(/^\/parameters/u, `/${shape.schemaKey}`);
  return { pointer, message, level };
}

function fail(problems: readonly Problem[]): ReadTool {
  return { ok: false, problems };
}
