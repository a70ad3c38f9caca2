/** From what an MCP server returns to what the model gets, and what is kept beside it. Pure. */
import type { CallToolResult, ContentBlock } from "@modelcontextprotocol/client";

import { jsonObjectSchema, jsonSchema } from "@/lib/contract/json-schema";
import type { McpReceived } from "@/lib/contract/mcp";
import type { ToolResult } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import type { McpGives } from "@/lib/tools/tool";

/** Characters of what the model may get; more is cut, which the result says. */
const MOST_OUTPUT = 1_000_000;
/** Characters of JSON that are kept beside it. */
const MOST_RECEIVED = 1_000_000;
/** A longer text that is kept beside the output is cut first where all is too large. */
const LONG_TEXT = 20_000;

export type ReadResult = {
  readonly result: CallToolResult;
  readonly server: string;
  readonly tool: string;
  readonly gives: McpGives;
  /** What was seen of the result already, one sentence each. */
  readonly notes: readonly string[];
};

/** The result of a call as the desk wants it. */
export function readResult({ result, server, tool, gives, notes }: ReadResult): ToolResult {
  const content = result.content;
  const structured = jsonSchema.safeParse(result.structuredContent).data ?? null;
  const text = outputOf(content, result.structuredContent === undefined ? undefined : structured, gives);
  const { received, leftOut } = bounded(content, structured);
  return {
    output: text.slice(0, MOST_OUTPUT),
    isError: result.isError === true,
    origin: { by: "mcp", server, tool },
    ...(text.length > MOST_OUTPUT ? { cutFrom: text.length } : {}),
    received: { ...received, notes: [...notes, ...leftOut] } satisfies McpReceived,
  };
}

function outputOf(content: readonly ContentBlock[], structured: Json | undefined, gives: McpGives): string {
  if (gives === "all") {
    const all = {
      content: content.map(withoutData),
      ...(structured === undefined ? {} : { structuredContent: structured }),
    };
    return JSON.stringify(all);
  }
  if (structured !== undefined && (gives === "structured" || content.length === 0))
    return JSON.stringify(structured);
  return content.map(blockText).join("\n");
}

/** A block in words, or its text. */
function blockText(block: ContentBlock): string {
  switch (block.type) {
    case "text":
      return block.text;
    case "image":
    case "audio":
      return `[${block.type}: ${block.mimeType}, ${size(block.data)}]`;
    case "resource_link":
      return isApp(block.uri) ? appText(block.uri) : `[resource ${block.name}: ${block.uri}]`;
    case "resource":
      if (isApp(block.resource.uri)) return appText(block.resource.uri);
      return "text" in block.resource
        ? block.resource.text
        : `[resource ${block.resource.uri}: ${block.resource.mimeType ?? "bytes"}, ${size(block.resource.blob)}]`;
  }
}

function isApp(uri: string): boolean {
  return uri.toLowerCase().startsWith("ui:");
}

function appText(uri: string): string {
  return `[a page of the server's app, which Vitrine does not show: ${uri}]`;
}

/** "3.2 kB": the bytes that base64 stands for. */
function size(base64: string): string {
  const bytes = Math.floor((base64.replace(/=+$/u, "").length * 3) / 4);
  if (bytes < 1_000) return `${String(bytes)} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** A block whose bytes are named instead of held: a model reads no base64. */
function withoutData(block: ContentBlock): JsonObject {
  if (block.type === "image" || block.type === "audio")
    return asObject({ ...block, data: `(${size(block.data)})` });
  if (block.type === "resource" && "blob" in block.resource)
    return asObject({ ...block, resource: { ...block.resource, blob: `(${size(block.resource.blob)})` } });
  return asObject(block);
}

function asObject(value: object): JsonObject {
  return jsonObjectSchema.safeParse(value).data ?? {};
}

type Bounded = {
  readonly received: { content: JsonObject[]; structured: Json };
  readonly leftOut: readonly string[];
};

/** What is kept beside the output: all of it, or, where that is too large, all but the largest of it. */
function bounded(content: readonly ContentBlock[], structured: Json): Bounded {
  const blocks = content.map(asObject);
  if (lengthOf(blocks) + lengthOf(structured) <= MOST_RECEIVED)
    return { received: { content: blocks, structured }, leftOut: [] };
  const leftOut: string[] = [];
  const bare = content.map((block) => {
    if (lengthOf(block) <= LONG_TEXT) return asObject(block);
    leftOut.push(`Too large to be kept beside the result: ${nameOfLarge(block)}.`);
    return cutTexts(withoutData(block));
  });
  const room = MOST_RECEIVED - lengthOf(bare);
  if (lengthOf(structured) <= room) return { received: { content: bare, structured }, leftOut };
  leftOut.push("Too large to be kept beside the result: the structured content.");
  if (room >= 0) return { received: { content: bare, structured: null }, leftOut };
  leftOut.push(`Only the first of ${String(content.length)} blocks are kept beside the result.`);
  let left = MOST_RECEIVED;
  const first = bare.filter((block) => (left -= lengthOf(block)) >= 0);
  return { received: { content: first, structured: null }, leftOut };
}

function nameOfLarge(block: ContentBlock): string {
  if (block.type === "text") return `a text of ${block.text.length.toLocaleString("en-US")} characters`;
  if (block.type === "image" || block.type === "audio")
    return `${block.type} ${block.mimeType}, ${size(block.data)}`;
  return (block.type === "resource" ? block.resource.uri : block.uri).slice(0, 200);
}

function cutTexts(block: JsonObject): JsonObject {
  const cut = (value: Json): Json => {
    if (typeof value === "string") return value.length > LONG_TEXT ? `${value.slice(0, LONG_TEXT)}…` : value;
    if (Array.isArray(value)) return value.slice(0, 100).map(cut);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .slice(0, 100)
        .map(([key, inner]) => [key, cut(inner)]),
    );
  };
  const cutBlock = cut(block);
  return jsonObjectSchema.safeParse(cutBlock).data ?? {};
}

function lengthOf(value: unknown): number {
  return JSON.stringify(value).length;
}
