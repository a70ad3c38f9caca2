import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, isList, isObject, textAt } from "@/lib/stream/turn/json-read";
import { findRunner } from "@/lib/tools/runners/registry";
import { exampleOf } from "@/lib/tools/schema/example-of";
import { NEW_TOOL_CHOICES, type ToolBinding } from "@/lib/tools/tool";

import type { ToolFormat } from "./format";
import { fromGeminiSchema, isGeminiSchema } from "./gemini-schema";
import type { Item } from "./item";
import { schemaTool } from "./schema-tool";
import type { SecretNames } from "./secret-names";
import { takeBindingSecrets } from "./take-secrets";

/** An item, or why nothing of it can be a tool. */
export type ReadItem = Item | { readonly why: string };

/** A binding as it was saved; null where it is not one. */
export type ReadBinding = (value: Json) => ToolBinding | null;

/** Looks at one item of a list of tools. Pure. */
export function readItem(value: Json, readBinding: ReadBinding, names: SecretNames): ReadItem {
  const outer = asObject(value);
  if (outer === null) return plain(null, value);
  const spec = asObject(outer["toolSpec"]);
  if (spec !== null) return readBedrock(spec);
  const answer = asObject(outer["json_schema"]);
  if (answer !== null) return readItem(answer, readBinding, names);
  if (outer["type"] === "custom" && !("input_schema" in outer))
    return {
      why: "A tool of type custom accepts text and no arguments. Vitrine defines tools with arguments only.",
    };
  const hosted = hostedBy(outer);
  if (hosted !== null) return { why: hosted };
  if (isObject(outer["function"])) return plain("openai-chat", value);
  if ("input_schema" in outer) return dropped("anthropic", outer, ["cache_control", "input_examples"]);
  if ("inputSchema" in outer) return readMcp(outer);
  if (isGemini(outer)) return readGemini(outer);
  if ("binding" in outer || "sharing" in outer || "exampleResult" in outer)
    return readOwn(outer, readBinding, names);
  if (isStructuredAnswer(outer)) {
    const { schema, ...rest } = outer;
    return { format: "json-schema", value: { ...rest, parameters: schema ?? {} }, extra: {}, notes: [] };
  }
  if (isSchema(outer)) {
    const tool = schemaTool(outer);
    return { format: "json-schema", value: tool.value, extra: {}, notes: tool.notes };
  }
  return plain(outer["type"] === "function" ? "openai-responses" : null, value);
}

/** One function object as a provider wants it for a structured answer: `{name, schema, strict}`. */
function isStructuredAnswer(outer: JsonObject): boolean {
  return typeof outer["name"] === "string" && isObject(outer["schema"]) && !("parameters" in outer);
}

/** Whether an object is a schema rather than a tool. */
export function isSchema(value: JsonObject): boolean {
  if (typeof value["name"] === "string" || "function" in value) return false;
  return SCHEMA_FIELDS.some((keyword) => keyword in value);
}

/** A schema is known by one of these. */
export const SCHEMA_FIELDS = ["$schema", "properties", "$defs", "definitions", "$ref", "anyOf", "allOf"];

function plain(format: ToolFormat | null, value: Json): Item {
  return { format, value, extra: {}, notes: [] };
}

/** What says no more of a tool than that it has a schema, or is one. */
const OWN_TYPES = new Set([
  "function",
  "json_schema",
  "object",
  "string",
  "number",
  "integer",
  "boolean",
  "array",
  "null",
]);

/** Why nothing here could answer a tool that its provider runs by itself, without a schema; null for any other. */
export function hostedBy(outer: JsonObject): string | null {
  const type = textAt(outer, "type");
  const hasSchema = ["function", "input_schema", "inputSchema", "parameters"].some((key) => key in outer);
  if (type !== null && !OWN_TYPES.has(type) && !hasSchema && !isSchema(outer))
    return `Tools of type ${type} are the provider's own: they have no schema, and nothing here could answer them.`;
  const [only, ...others] = Object.keys(outer);
  const isGeminis =
    only !== undefined && others.length === 0 && isObject(outer[only]) && /^[a-z]+[A-Z_]/.test(only);
  return isGeminis && only !== "functionDeclarations"
    ? `${only} is the provider's own tool: it has no schema, and nothing here could answer it.`
    : null;
}

/** A tool of Bedrock's Converse: its schema stands in `json`. */
function readBedrock({ inputSchema, ...rest }: JsonObject): Item {
  const schema = asObject(inputSchema)?.["json"];
  return {
    format: "bedrock",
    value: schema === undefined ? rest : { ...rest, parameters: schema },
    extra: {},
    notes: [],
  };
}

function readMcp(outer: JsonObject): Item {
  const { title, annotations, outputSchema, icons: _icons, execution: _run, _meta: _own, ...rest } = outer;
  const output = asObject(outputSchema);
  return {
    format: "mcp",
    value: rest,
    extra: output === null ? {} : { exampleResult: JSON.stringify(exampleOf(output), null, 2) },
    notes: [
      ...(output === null ? [] : ["Its outputSchema became the example result."]),
      ...(typeof title === "string" ? [`Its title, ${title}, is not a part of a tool here.`] : []),
      ...hints(asObject(annotations)),
    ],
  };
}

function hints(annotations: JsonObject | null): string[] {
  if (annotations === null) return [];
  const claims = Object.entries(annotations).filter(([, value]) => value === true);
  return claims.length === 0 ? [] : [`Its server says of it: ${claims.map(([name]) => name).join(", ")}.`];
}

function isGemini(outer: JsonObject): boolean {
  const parameters = asObject(outer["parameters"]);
  return (
    "parametersJsonSchema" in outer ||
    "parameters_json_schema" in outer ||
    (parameters !== null && isGeminiSchema(parameters))
  );
}

function readGemini(outer: JsonObject): Item {
  const {
    parameters_json_schema: snake,
    parameters,
    response,
    responseJsonSchema: _r,
    behavior,
    ...rest
  } = outer;
  const schema = rest["parametersJsonSchema"] ?? snake;
  const output = asObject(response);
  return {
    format: "gemini",
    value: {
      ...rest,
      ...(schema === undefined ? {} : { parametersJsonSchema: schema }),
      ...(parameters === undefined || schema !== undefined
        ? {}
        : { parameters: fromGeminiSchema(parameters) }),
    },
    extra:
      output === null
        ? {}
        : { exampleResult: JSON.stringify(exampleOf(asObject(fromGeminiSchema(output)) ?? {}), null, 2) },
    notes: [
      ...(output === null ? [] : ["Its response schema became the example result."]),
      ...(behavior === undefined ? [] : ["Its behavior is not a part of a tool here."]),
    ],
  };
}

function dropped(format: ToolFormat, outer: JsonObject, keys: readonly string[]): Item {
  const rest = Object.fromEntries(Object.entries(outer).filter(([key]) => !keys.includes(key)));
  const gone = keys.filter((key) => key in outer);
  return {
    format,
    // Its only type is "custom".
    value: rest,
    extra: {},
    notes: gone.map((key) => `Its ${key} is not a part of a tool here.`),
  };
}

function readOwn(outer: JsonObject, readBinding: ReadBinding, names: SecretNames): ReadItem {
  // Ids are given anew, and a person's approval belongs to that person and browser.
  const { binding, exampleResult, sharing, approval: _asked, id: _id, ...rest } = outer;
  const read = binding === undefined ? NEW_TOOL_CHOICES.binding : readBinding(binding);
  if (read === null) return { why: "What answers its calls can't be read." };
  const known = read.kind !== "page" || findRunner(read.name) !== null;
  const { binding: kept, notes } = takeBindingSecrets(known ? read : NEW_TOOL_CHOICES.binding, names);
  return {
    format: "vitrine",
    value: rest,
    extra: {
      binding: kept,
      exampleResult: typeof exampleResult === "string" ? exampleResult : null,
      sharing: sharing === "each" ? "each" : "shared",
    },
    notes: [
      ...notes,
      ...(known || read.kind !== "page"
        ? []
        : [`There is no built-in named ${read.name} here, so a person answers.`]),
      ...(kept.kind === "javascript" ? ["It runs JavaScript, and asks before each call."] : []),
      ...(kept.kind === "http" || kept.kind === "mcp"
        ? ["It sends requests, and asks before each call."]
        : []),
    ],
  };
}

/** Names of sets and of the tools in them, as far as they can be read. */
export function readSets(value: Json | undefined): { name: string; tools: readonly string[] }[] {
  if (!isList(value)) return [];
  return value.flatMap((entry) => {
    const set = asObject(entry);
    const name = set === null ? null : textAt(set, "name");
    const tools = set?.["tools"];
    if (name === null || !isList(tools)) return [];
    return [{ name, tools: tools.filter((tool) => typeof tool === "string") }];
  });
}
