import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, isList, isObject } from "@/lib/stream/turn/json-read";
import { freeName } from "@/lib/tools/free-name";
import { NEW_TOOL_CHOICES, type ToolDefinition } from "@/lib/tools/tool";

import { type FoundTool, nothingFound, type ReadTools, type SkippedTool, type ToolFormat } from "./format";
import type { Item, Taken, TakenItems } from "./item";
import { isOpenApi, readOpenApi } from "./openapi/read-openapi";
import type { Problem } from "./problem";
import { hostedBy, isSchema, type ReadBinding, readItem, readSets, SCHEMA_FIELDS } from "./read-item";
import { readTool } from "./read-tool";
import { newSecretNames } from "./secret-names";

/** More than these are not read from one text. */
const MOST_FOUND = 2_000;

export type ReadContext = {
  /** The session's other tools: a name can be had once. */
  readonly others: readonly ToolDefinition[];
  readonly readBinding: ReadBinding;
  /** "ask": a tool whose name another one of the session has is found, with that one, and a person decides. */
  readonly onTaken?: "ask";
};

/** Something that may be a tool, and where it is in the value. */
export type Candidate = { readonly value: Json; readonly pointer: string };

/**
 * Reads the tools in a JSON value of any known format: a list, a whole request or reply, an OpenAPI document, a plain
 * schema, one tool, or Vitrine's own file. Never throws. Pure.
 */
export function readToolValue(value: Json, context: ReadContext): ReadTools {
  const whole = asObject(value);
  if (whole !== null && isOpenApi(whole)) return takeItems(readOpenApi(whole), context);
  if (whole !== null && typeof whole["swagger"] === "string")
    return nothingFound(
      "This is Swagger 2. Vitrine reads OpenAPI 3; most tools can convert the one to the other.",
      "openapi",
    );
  if (whole !== null && isObject(whole["mcpServers"]))
    return nothingFound(
      "These are MCP servers, not their tools. Add a server by its address under MCP servers, or save this as vitrine.mcp.json.",
    );
  const listed = readListed(value, context);
  if (listed !== null) return listed;
  if (whole === null)
    return nothingFound("A tool is an object, and tools are a list of them. This is neither.");
  const isAny = [...TOOL_FIELDS, ...SCHEMA_FIELDS].some((key) => key in whole) || hostedBy(whole) !== null;
  if (!isAny) return nothingFound(isRequest(whole) ? "This is a request without tools." : NO_TOOL);
  return takeCandidates([{ value, pointer: "" }], context);
}

/** Something that may be a tool has one of these, or is a schema. */
const TOOL_FIELDS = [
  "name",
  "function",
  "parameters",
  "input_schema",
  "inputSchema",
  "toolSpec",
  "json_schema",
];
const NO_TOOL = "There are no tools in it. A tool has a name and a JSON Schema for its arguments.";

function isRequest(whole: JsonObject): boolean {
  return ["messages", "input", "contents"].some((key) => key in whole);
}

/** Reads a value that holds a list of tools; null for one that holds none. Pure. */
export function readListed(value: Json, context: ReadContext): ReadTools | null {
  const candidates = findCandidates(value);
  if (candidates === null) return null;
  if (candidates.length === 0) return nothingFound("The list is empty.");
  const read = takeCandidates(candidates, context);
  const whole = asObject(value);
  return whole?.["format"] === "vitrine-tools"
    ? { ...read, format: "vitrine", sets: readSets(whole["sets"]) }
    : read;
}

/** Where lists of tools stand in requests, replies and files. */
const LIST_KEYS = ["tools", "functions", "functionDeclarations", "function_declarations"];

function findCandidates(value: Json): readonly Candidate[] | null {
  if (isList(value)) return flatten(value, "");
  const whole = asObject(value);
  if (whole === null || isOneTool(whole)) return null;
  // A reply of MCP, as it is on the wire.
  const result = asObject(whole["result"]);
  if (result !== null && isList(result["tools"])) return flatten(result["tools"], "/result/tools");
  const config = asObject(whole["toolConfig"]);
  if (config !== null && isList(config["tools"])) return flatten(config["tools"], "/toolConfig/tools");
  const lists = LIST_KEYS.filter((key) => isList(whole[key]));
  if (lists.length === 0) return null;
  return lists.flatMap((key) => {
    const list = whole[key];
    return isList(list) ? flatten(list, `/${key}`) : [];
  });
}

function isOneTool(whole: JsonObject): boolean {
  return ["function", "input_schema", "inputSchema", "parameters"].some((key) => isObject(whole[key]));
}

/** Gemini's tools hold lists of their own, and so do the namespaces of Responses. */
function flatten(list: readonly Json[], at: string): Candidate[] {
  return list.flatMap((item, index) => {
    const pointer = `${at}/${String(index)}`;
    const inner = asObject(item);
    if (inner?.["type"] === "namespace" && isList(inner["tools"]))
      return flatten(inner["tools"], `${pointer}/tools`);
    const key = inner === null ? undefined : LIST_KEYS.slice(2).find((name) => isList(inner[name]));
    const declared = key === undefined ? undefined : inner?.[key];
    if (key === undefined || !isList(declared)) return [{ value: item, pointer }];
    const others = Object.keys(inner ?? {}).filter((name) => name !== key);
    return [
      ...declared.map((value, place) => ({ value, pointer: `${pointer}/${key}/${String(place)}` })),
      ...others.map((name) => ({ value: { [name]: inner?.[name] ?? null }, pointer })),
    ];
  });
}

function takeCandidates(candidates: readonly Candidate[], context: ReadContext): ReadTools {
  const names = newSecretNames(candidates);
  const items = candidates.map(({ value, pointer }): Taken => {
    const read = readItem(value, context.readBinding, names);
    if ("why" in read) return { why: read.why, name: nameOf(value) };
    return { item: read, pointer, isNamedHere: read.format === "json-schema" };
  });
  return takeItems({ format: null, items, notes: [] }, context);
}

/** Checks items one after the other; each is another tool to those after it. Pure. */
export function takeItems({ format, items, notes }: TakenItems, { others, onTaken }: ReadContext): ReadTools {
  const found: FoundTool[] = [];
  const skipped: SkippedTool[] = [];
  const problems: Problem[] = [];
  const taken = new Map(others.map((tool) => [tool.name, tool]));
  let first: ToolFormat | null = format;
  for (const [index, entry] of items.entries()) {
    const position = index + 1;
    if ("why" in entry) {
      skipped.push({ name: entry.name, position, why: entry.why });
      continue;
    }
    const { item, pointer } = entry;
    first ??= item.format;
    const value = entry.isNamedHere ? numbered(item.value, new Set(taken.keys())) : item.value;
    const name = nameOf(value);
    const other = name === null ? undefined : taken.get(name);
    const asked = onTaken === "ask" && other !== undefined && others.includes(other) ? other : undefined;
    const isFree = other === undefined || asked !== undefined;
    const read = readTool(value, baseOf(item, pointer), isFree ? [] : [other]);
    const toolProblems = read.ok ? read.warnings : read.problems;
    for (const problem of toolProblems) problems.push({ ...problem, pointer: pointer + problem.pointer });
    const why = read.ok ? (found.length < MOST_FOUND ? null : TOO_MANY) : firstOf(read.problems);
    if (!read.ok || why !== null) {
      skipped.push({ name, position, why: why ?? "" });
      continue;
    }
    taken.set(read.tool.name, read.tool);
    found.push({
      tool: read.tool,
      notes: [...item.notes, ...lost(read.warnings)],
      ...(asked === undefined ? {} : { taken: asked }),
    });
  }
  const about = items.length === 0 && notes.length === 0 ? ["There are no tools in it."] : notes;
  return { format: first, found, skipped, notes: about, problems, sets: [] };
}

const TOO_MANY = `More than ${MOST_FOUND.toLocaleString("en-US")} tools are not read at once.`;

function baseOf(item: Item, pointer: string): ToolDefinition {
  return {
    ...NEW_TOOL_CHOICES,
    id: pointer,
    name: "",
    description: "",
    parameters: {},
    strict: null,
    ...item.extra,
  };
}

function firstOf(problems: readonly Problem[]): string {
  const [first] = problems;
  if (first === undefined) return "It can't be read.";
  const place = first.pointer.replace(/^\/(?:function\/)?(?:name)?$/, "");
  return place === "" ? first.message : `${first.message} (${place})`;
}

/** What a tool has no room for is worth a word; who refuses a name is seen beside the tool once it is added. */
function lost(warnings: readonly Problem[]): string[] {
  return warnings.filter(({ message }) => message.includes("saved")).map(({ message }) => message);
}

function numbered(value: Json, taken: ReadonlySet<string>): Json {
  const fields = asObject(value);
  const name = fields?.["name"];
  return fields === null || typeof name !== "string" ? value : { ...fields, name: freeName(name, taken) };
}

function nameOf(value: Json): string | null {
  const outer = asObject(value);
  const fields: JsonObject | null = asObject(outer?.["function"]) ?? asObject(outer?.["toolSpec"]) ?? outer;
  const name = fields?.["name"];
  if (typeof name === "string" && name !== "") return name;
  const [only, ...more] = Object.keys(outer ?? {});
  return only !== undefined &&
    more.length === 0 &&
    outer !== null &&
    !isSchema(outer) &&
    isObject(outer[only])
    ? only
    : null;
}
