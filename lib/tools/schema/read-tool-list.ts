import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject } from "@/lib/stream/turn/json-read";
import type { ToolDefinition } from "@/lib/tools/tool";

import { type Problem, readTool } from "./read-tool";

/** Most tools that a person may have: what is saved is read again up to here. */
export const MOST_TOOLS = 500;

export type ReadList = {
  readonly read: readonly ToolDefinition[];
  /** Those that cannot be added, by their name or otherwise their position in the list, and why. */
  readonly failed: readonly { readonly what: string; readonly message: string }[];
  /** Of all of them, with pointers into the value as it was given. */
  readonly problems: readonly Problem[];
};

/**
 * Reads a list of tools, each in any of the shapes that one tool may have; null for a value that is no list. What the
 * JSON does not hold comes from `base`. Pure.
 */
export function readToolList(
  value: Json,
  base: ToolDefinition,
  others: readonly ToolDefinition[],
): ReadList | null {
  const list = listIn(value);
  if (list === null) return null;
  const read: ToolDefinition[] = [];
  const failed: { what: string; message: string }[] = [];
  const problems: Problem[] = [];
  for (const [index, item] of list.items.entries()) {
    const itemPointer = `${list.at}/${String(index)}`;
    // An id of its own: each is another tool to those before it.
    const found = readTool(item, { ...base, id: itemPointer }, [...others, ...read]);
    const itemProblems = found.ok ? found.warnings : found.problems;
    for (const { pointer, message, level } of itemProblems) {
      problems.push({ pointer: itemPointer + pointer, message, level });
    }
    const refusal = found.ok ? full(others.length + read.length) : (found.problems[0]?.message ?? "");
    if (found.ok && refusal === null) read.push(found.tool);
    else failed.push({ what: nameOf(item) ?? `Item ${String(index + 1)}`, message: refusal ?? "" });
  }
  return { read, failed, problems };
}

function listIn(value: Json): { readonly items: readonly Json[]; readonly at: string } | null {
  if (Array.isArray(value)) return { items: value, at: "" };
  const tools = asObject(value)?.["tools"];
  return Array.isArray(tools) ? { items: tools, at: "/tools" } : null;
}

function full(count: number): string | null {
  return count < MOST_TOOLS ? null : `There is room for ${String(MOST_TOOLS)} tools.`;
}

function nameOf(item: Json): string | null {
  const outer = asObject(item);
  const fields: JsonObject | null = asObject(outer?.["function"]) ?? outer;
  const name = fields?.["name"];
  return typeof name === "string" && name !== "" ? name : null;
}
