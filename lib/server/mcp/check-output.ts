/** Whether the structured content of a result matches the schema that its tool declared. */
import { runInNewContext } from "node:vm";

import type { CallToolResult, Tool } from "@modelcontextprotocol/client";

import { jsonObjectSchema, jsonSchema } from "@/lib/contract/json-schema";
import { type ArgumentsCheck, checkArguments } from "@/lib/tools/schema/check-arguments";

/** A pattern of a server's may be one that runs for years. */
const MOST_MS = 500;

/** What is wrong with the structured content, one sentence; null = nothing, or nothing was declared. Never throws. */
export function checkOutput(
  { structuredContent, isError }: CallToolResult,
  tool: Tool | null,
): string | null {
  const schema = jsonObjectSchema.safeParse(tool?.outputSchema).data;
  if (schema === undefined || isError === true) return null;
  if (structuredContent === undefined)
    return "The tool declares structured content, and the result has none.";
  const content = jsonSchema.safeParse(structuredContent).data ?? null;
  const check = withinTime(() => checkArguments(schema, content));
  if (check === null)
    return "The tool's output schema takes too long to check, so the structured content was not checked.";
  if (check.valid) return null;
  const [first] = check.failures;
  const place = first === undefined || first.path === "" ? "" : `${first.path}: `;
  return `The structured content does not match the tool's output schema. ${place}${first?.message ?? ""}`;
}

/** The verdict, or null where it takes too long: also a regular expression that runs is ended. */
function withinTime(work: () => ArgumentsCheck): ArgumentsCheck | null {
  let verdict: ArgumentsCheck | null = null;
  const run = () => {
    verdict = work();
  };
  try {
    runInNewContext("run()", { run }, { timeout: MOST_MS });
  } catch {
    // The one thing that ends it is its time.
  }
  return verdict;
}
