/**
 * `POST /api/mcp/…`: what the page may ask of MCP servers. Names, descriptions and schemas in these replies were written
 * by a server: they are data, and are shown with their hidden characters marked.
 */
import * as z from "zod/mini";

import { runErrorSchema } from "@/lib/stream/turn/run-error-schema";

import { jsonObjectSchema, jsonSchema } from "./json-schema";
import { mcpServerSchema } from "./tool-binding";

const text = z.string();
const textOrNull = z.nullable(z.string());
const server = mcpServerSchema;
const name = z.string().check(z.minLength(1), z.maxLength(2_048));

const mcpToolSchema = z.object({
  name: text,
  title: textOrNull,
  description: text,
  /** JSON Schema of the arguments, as received. */
  parameters: jsonObjectSchema,
  /** JSON Schema of its structured content; null = not declared. */
  output: z.nullable(jsonObjectSchema),
  /** What the server claims of the tool; null = nothing. */
  hints: z.object({
    isReadOnly: z.nullable(z.boolean()),
    isDestructive: z.nullable(z.boolean()),
    isIdempotent: z.nullable(z.boolean()),
  }),
  /** SHA-256 of the definition as received, in hex: another one means that the tool is no longer what a person approved. */
  hash: text,
});

const leftOutSchema = z.object({ name: text, why: text });

const mcpPromptSchema = z.object({
  name: text,
  title: textOrNull,
  description: text,
  args: z.array(z.object({ name: text, description: text, isRequired: z.boolean() })),
});

const mcpResourceSchema = z.object({
  uri: text,
  name: text,
  description: text,
  mediaType: textOrNull,
  /** bytes; null = not reported */
  size: z.nullable(z.number()),
});

const stateSchema = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("ready"),
    /** "stdio", "http" (Streamable HTTP) or "sse" (the old HTTP transport). */
    transport: z.enum(["stdio", "http", "sse"]),
    /** The negotiated protocol version, such as "2026-07-28". */
    protocol: text,
    /** What the server calls itself; null = it does not say. */
    software: z.nullable(z.object({ name: text, version: text })),
    instructions: textOrNull,
    /** ms for a list of its tools, or for connecting where it has none; measured by Vitrine's server. */
    latencyMs: z.number(),
    /** Grows whenever the server reports that a list changed. */
    revision: z.number(),
    /** In the order received. Two servers may have tools of one name: prefixing them is the page's. */
    tools: z.array(mcpToolSchema),
    /** Tools that can't be used, each with the reason in words. */
    leftOut: z.array(leftOutSchema),
    prompts: z.array(mcpPromptSchema),
    resources: z.array(mcpResourceSchema),
    /** Resources whose address has variables (RFC 6570). */
    templates: z.array(mcpResourceSchema),
    /** What of the above could not be listed, one sentence each. */
    problems: z.array(text),
  }),
  /** It wants a person to sign in first: `signIn` begins that. */
  z.object({ state: z.literal("sign-in"), message: text }),
  z.object({ state: z.literal("failed"), error: runErrorSchema }),
]);

const signInSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("open"), url: text }),
  /** Nobody has to sign in. */
  z.object({ state: z.literal("done") }),
  z.object({ state: z.literal("failed"), message: text }),
]);

/** A text, or what stands for something that is no text. */
const blockSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), text }),
  z.object({ kind: z.literal("image"), mediaType: text, base64: text }),
  /** Named in words. */
  z.object({ kind: z.literal("other"), text }),
]);

/** The request and the reply of each call, by the last part of its path. */
export const MCP_CALLS = {
  /** The servers that `vitrine.mcp.json` names. Connects to none. */
  servers: {
    request: z.strictObject({}),
    reply: z.object({
      /** The file that was looked for, without its folder. */
      file: text,
      /** Why the file, or a part of it, cannot be used, one sentence each. */
      problems: z.array(text),
      servers: z.array(
        z.object({
          name: text,
          transport: z.enum(["stdio", "http", "sse"]),
          /** The command's name, or the host. */
          where: text,
        }),
      ),
    }),
  },
  /** Connects where that is not done yet, and lists what the server has. A pasted token travels in the key's header. */
  describe: { request: z.strictObject({ server }), reply: stateSchema },
  /** The same over a new connection; a server that Vitrine started is started again. */
  reconnect: { request: z.strictObject({ server }), reply: stateSchema },
  /** Closes the connection, and ends the process where Vitrine started one. */
  disconnect: { request: z.strictObject({ server }), reply: z.object({ ok: z.boolean() }) },
  /** Cheap enough to ask every few seconds. Connects to nothing; `revision` null = not connected. */
  revision: {
    request: z.strictObject({ server }),
    reply: z.object({
      revision: z.nullable(z.number()),
      signIn: z.discriminatedUnion("state", [
        z.object({ state: z.enum(["none", "waiting", "done"]) }),
        z.object({ state: z.literal("failed"), message: text }),
      ]),
    }),
  },
  /** Begins to sign in. The page named in the reply is opened by a click, and leads back to Vitrine. */
  "sign-in": { request: z.strictObject({ server }), reply: signInSchema },
  /** Forgets the tokens. */
  "sign-out": { request: z.strictObject({ server }), reply: z.object({ ok: z.boolean() }) },
  /** A prompt of the server's, filled in. */
  prompt: {
    request: z.strictObject({ server, name, args: z.record(z.string(), z.string()) }),
    reply: z.object({
      description: text,
      messages: z.array(z.object({ role: z.enum(["user", "assistant"]), block: blockSchema })),
    }),
  },
  /** What a resource holds. */
  resource: {
    request: z.strictObject({ server, uri: name }),
    reply: z.object({
      contents: z.array(z.object({ uri: text, mediaType: textOrNull, block: blockSchema })),
    }),
  },
};

/** What stands in `ToolResult.received` of a tool that an MCP server ran. */
export const mcpReceivedSchema = z.object({
  /** The result's blocks as the protocol writes them; what was too large is named in their place. */
  content: z.array(jsonObjectSchema),
  /** null = none */
  structured: jsonSchema,
  /** What is to be known of the result, one sentence each: a schema it does not match, what was left out. */
  notes: z.array(text),
});

export type McpState = z.infer<typeof stateSchema>;
export type McpSignIn = z.infer<typeof signInSchema>;
export type McpDescription = Extract<McpState, { readonly state: "ready" }>;
export type McpTool = z.infer<typeof mcpToolSchema>;
export type McpBlock = z.infer<typeof blockSchema>;
export type McpReceived = z.infer<typeof mcpReceivedSchema>;
