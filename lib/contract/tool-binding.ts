/** What answers a call, as it is saved and sent to the server. */
import * as z from "zod/mini";

import type { HttpHeader, McpServerRef, Mock, ToolApproval, ToolBinding } from "@/lib/tools/tool";

import { jsonObjectSchema } from "./json-schema";

const text = z.string();
const mockResultSchema = z.object({ output: text, isError: z.boolean() });
const headersSchema: z.ZodMiniType<readonly HttpHeader[]> = z.array(z.object({ name: text, value: text }));
const MOST_ROWS = 1_000;

const mockSchema: z.ZodMiniType<Mock> = z.discriminatedUnion("by", [
  z.object({ by: z.literal("fixed"), result: mockResultSchema }),
  z.object({
    by: z.literal("arguments"),
    rules: z
      .array(z.object({ when: z.union([z.literal("*"), jsonObjectSchema]), result: mockResultSchema }))
      .check(z.maxLength(MOST_ROWS)),
  }),
  z.object({
    by: z.literal("sequence"),
    results: z.array(mockResultSchema).check(z.maxLength(MOST_ROWS)),
    after: z.enum(["last", "first", "ask"]),
  }),
  z.object({
    by: z.literal("recorded"),
    from: text,
    calls: z
      .array(z.object({ args: jsonObjectSchema, result: mockResultSchema }))
      .check(z.maxLength(MOST_ROWS)),
  }),
]);

/** An MCP server as the page names it. */
export const mcpServerSchema: z.ZodMiniType<McpServerRef> = z.discriminatedUnion("from", [
  z.object({ from: z.literal("config"), name: text }),
  z.object({ from: z.literal("person"), name: text, url: text, headers: headersSchema }),
]);

const httpBindingSchema = z.object({
  kind: z.literal("http"),
  request: z.object({
    method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]),
    url: text,
    headers: headersSchema,
    body: z.nullable(text),
  }),
});

const mcpBindingSchema = z.object({
  kind: z.literal("mcp"),
  server: mcpServerSchema,
  tool: text,
  gives: z.enum(["text", "structured", "all"]),
  // Absent in what was saved or written before there was one.
  hash: z.prefault(z.nullable(text), null),
});

/** A binding that only the server can run. */
export type ServerBinding = Extract<ToolBinding, { readonly kind: "http" | "mcp" }>;

/** A binding that only the server can run. */
export const serverBindingSchema: z.ZodMiniType<ServerBinding> = z.discriminatedUnion("kind", [
  httpBindingSchema,
  mcpBindingSchema,
]);

/** What answers a call. */
export const bindingSchema: z.ZodMiniType<ToolBinding> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ask") }),
  z.object({ kind: z.literal("mock"), mock: mockSchema, delayMs: z.number().check(z.nonnegative()) }),
  z.object({ kind: z.literal("page"), name: text }),
  z.object({
    kind: z.literal("javascript"),
    code: text,
    timeoutMs: z.number().check(z.positive()),
    isStateful: z.boolean(),
  }),
  httpBindingSchema,
  mcpBindingSchema,
]);

/** Whether a person approves each call, as it is saved. */
export const approvalSchema: z.ZodMiniType<ToolApproval | null> = z.nullable(z.enum(["each", "none"]));
/** Whether lanes share results, as it is saved. */
export const sharingSchema: z.ZodMiniType<"shared" | "each"> = z.enum(["shared", "each"]);

/** A binding as it stands in a file; null where it is not one. */
export function readBinding(value: unknown): ToolBinding | null {
  const read = bindingSchema.safeParse(value);
  return read.success ? read.data : null;
}
