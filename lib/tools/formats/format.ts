/** The formats that tools are read from and written in. */
import type { ToolDefinition } from "@/lib/tools/tool";

import type { Problem } from "./problem";

export type ToolFormat =
  | "vitrine"
  | "openai-chat"
  | "openai-responses"
  | "anthropic"
  | "gemini"
  | "mcp"
  | "bedrock"
  | "openapi"
  | "json-schema"
  | "curl";

/** What a person calls each format. */
export const FORMAT_LABELS: Readonly<Record<ToolFormat, string>> = {
  vitrine: "Vitrine tools",
  "openai-chat": "OpenAI chat completions",
  "openai-responses": "OpenAI Responses",
  anthropic: "Anthropic Messages",
  gemini: "Gemini",
  mcp: "MCP tools/list",
  bedrock: "Bedrock Converse",
  openapi: "OpenAPI 3",
  "json-schema": "JSON Schema",
  curl: "curl",
};

/** A tool that was read and can be added as it is. Its id is the pointer of its place, and means nothing else. */
export type FoundTool = {
  readonly tool: ToolDefinition;
  /** What was changed, or could not be kept. */
  readonly notes: readonly string[];
  /** The tool that has its name already, where a person is asked what becomes of it. */
  readonly taken?: ToolDefinition;
};

/** Something that stood where a tool could be and cannot be added. */
export type SkippedTool = {
  /** Its name, where it has one. */
  readonly name: string | null;
  /** Its place among all that were read, from 1. */
  readonly position: number;
  readonly why: string;
};

/** A set of tools as a file holds it: by their names. */
export type WrittenSet = { readonly name: string; readonly tools: readonly string[] };

/** What a text or a value holds. Nothing is added to a session by reading. */
export type ReadTools = {
  /** null: tools of no vendor's format, or nothing that is known. */
  readonly format: ToolFormat | null;
  readonly found: readonly FoundTool[];
  readonly skipped: readonly SkippedTool[];
  /** About the whole. Where nothing was found, why. */
  readonly notes: readonly string[];
  /** Of all tools, with pointers into the value that was read. */
  readonly problems: readonly Problem[];
  readonly sets: readonly WrittenSet[];
};

/** Most tools that a session may have: what is saved is read again up to here. */
export const MOST_TOOLS = 500;

/** Nothing was found, and why. */
export function nothingFound(why: string, format: ToolFormat | null = null): ReadTools {
  return { format, found: [], skipped: [], notes: [why], problems: [], sets: [] };
}
