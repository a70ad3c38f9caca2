/** Reads the tool out of what a model wrote. Pure. */
import { calledName } from "@/lib/stream/turn/called-name";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, isList, parseJson } from "@/lib/stream/turn/json-read";
import { parseArguments } from "@/lib/stream/turn/parse-arguments";
import type { Part } from "@/lib/stream/turn/turn";
import { readTool } from "@/lib/tools/formats/read-tool";
import { freeName, legalName } from "@/lib/tools/free-name";
import { NEW_TOOL_CHOICES, type ToolDefinition } from "@/lib/tools/tool";

import { DEFINE_TOOL } from "./define-tool";
import { schemaOfFlat } from "./flat-arguments";

export type DescribedTool =
  /** `notes`: what is not as it should be, and what was changed. */
  | { readonly ok: true; readonly tool: ToolDefinition; readonly notes: readonly string[] }
  | { readonly ok: false; readonly why: string };

const BLANK: ToolDefinition = {
  id: "",
  name: "",
  description: "",
  parameters: {},
  strict: null,
  ...NEW_TOOL_CHOICES,
};

/** The tool that an answer defines. `current`: the tool that it changes; null = a new one, whose id is empty. */
export function readDescribed(
  parts: readonly Part[],
  current: ToolDefinition | null,
  others: readonly ToolDefinition[],
): DescribedTool {
  const calls = parts.filter((part) => part.type === "tool-call");
  const call = calls.find((each) => calledName(each) === DEFINE_TOOL.name);
  if (call !== undefined) {
    const args = parseArguments(call.input);
    if (!args.valid) return { ok: false, why: `The model's call can't be read. ${args.message}` };
    const more = calls.length - 1;
    const notes = more === 0 ? [] : [`The model made ${more + 1} calls. This is the first.`];
    return readValue(args.value, current, others, notes);
  }
  const [other] = calls;
  if (other !== undefined)
    return { ok: false, why: `The model called “${calledName(other)}”, which it was not given.` };
  const written = toolInText(parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n"));
  if (written !== null)
    return readValue(written, current, others, ["The model wrote the tool as text instead of calling."]);
  return {
    ok: false,
    why: "The model called no tool, so there is no draft. Describe it again, or choose a lane whose model calls tools.",
  };
}

function readValue(
  value: Json,
  current: ToolDefinition | null,
  others: readonly ToolDefinition[],
  notes: readonly string[],
): DescribedTool {
  const { given, flatNotes } = withSchema(asObject(value));
  const wanted = given?.["name"];
  const taken = new Set(others.map(({ name }) => name));
  const name =
    typeof wanted !== "string" || legalName(wanted) === "" ? wanted : freeName(legalName(wanted), taken);
  const read = readTool({ ...given, ...(name === undefined ? {} : { name }) }, current ?? BLANK, others);
  if (!read.ok) {
    const [first] = read.problems;
    const place = first === undefined || first.pointer === "" ? "" : ` (${first.pointer})`;
    return { ok: false, why: `The model's call is not a tool. ${first?.message ?? ""}${place}` };
  }
  return {
    ok: true,
    // What no model was asked for stays.
    tool: { ...read.tool, strict: current?.strict ?? null },
    notes: [
      ...notes,
      ...flatNotes,
      ...(name === wanted || typeof wanted !== "string" ? [] : [`The model named it “${wanted}”.`]),
      ...read.warnings.map(({ message }) => message),
    ],
  };
}

/** A flat list of arguments becomes a schema. */
function withSchema(value: JsonObject | null): {
  readonly given: JsonObject | null;
  readonly flatNotes: readonly string[];
} {
  const list = value?.["arguments"];
  if (value === null || !isList(list) || "parameters" in value) return { given: value, flatNotes: [] };
  const { arguments: _list, ...rest } = value;
  const { schema, notes } = schemaOfFlat(list);
  return { given: { ...rest, parameters: schema }, flatNotes: notes };
}

/** The first object with a name and a schema in a text, between fences or not; null where there is none. */
function toolInText(text: string): Json | null {
  const fenced = /```[\w-]*\n([\s\S]*?)```/u.exec(text)?.[1];
  const bare = text.slice(Math.max(0, text.indexOf("{")), text.lastIndexOf("}") + 1);
  for (const candidate of [fenced, bare]) {
    const value = candidate === undefined ? undefined : parseJson(candidate);
    const fields = asObject(value ?? null);
    const inner = asObject(fields?.["arguments"]) ?? asObject(fields?.["function"]) ?? fields;
    const hasArguments = asObject(inner?.["parameters"] ?? null) !== null || isList(inner?.["arguments"]);
    if (inner !== null && typeof inner["name"] === "string" && hasArguments) return inner;
  }
  return null;
}
