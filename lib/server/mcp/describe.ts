/** What an MCP server has, as the page shows it. */
import type { Prompt, Resource, ResourceTemplateType, Tool } from "@modelcontextprotocol/client";

import { jsonObjectSchema } from "@/lib/contract/json-schema";
import type { McpDescription, McpState, McpTool } from "@/lib/contract/mcp";

import type { McpConnection } from "./connection";
import { isSessionLost } from "./connections";
import { definitionHash } from "./definition-hash";
import { type McpFailure, describeFailure } from "./failure";

/** Longer lists of prompts and resources are cut, which is said. */
const MOST_LISTED = 1_000;

/** Lists everything; what cannot be listed is named. Rejects only where the session is lost and `mayRetry`. */
export async function describeServer(
  connection: McpConnection,
  signal: AbortSignal,
  mayRetry: boolean,
): Promise<McpState> {
  const { client, plan } = connection;
  const capabilities = client.getServerCapabilities() ?? {};
  const problems: string[] = [];
  let wantsSignIn: McpFailure | null = null;
  const options = { cacheMode: "refresh", signal, timeout: LIST_MS } as const;
  const list = async <Item>(what: string, isThere: boolean, ask: () => Promise<readonly Item[]>) => {
    if (!isThere) return [];
    try {
      const items = await ask();
      if (items.length > MOST_LISTED)
        problems.push(`Of ${String(items.length)} ${what} the first ${String(MOST_LISTED)} are listed.`);
      return items.slice(0, MOST_LISTED);
    } catch (error) {
      if (mayRetry && isSessionLost(error)) throw error;
      const failure = describeFailure(error, plan);
      if (failure.needsSignIn) wantsSignIn = failure;
      problems.push(`The ${what} could not be listed. ${failure.message}`);
      return [];
    }
  };
  connection.listen();
  const startedAt = performance.now();
  const tools = await list("tools", capabilities.tools !== undefined, async () => [
    ...(await connection.tools("anew")).values(),
  ]);
  const listMs = performance.now() - startedAt;
  const hasResources = capabilities.resources !== undefined;
  const [prompts, resources, templates] = await Promise.all([
    list(
      "prompts",
      capabilities.prompts !== undefined,
      async () => (await client.listPrompts(undefined, options)).prompts,
    ),
    list("resources", hasResources, async () => (await client.listResources(undefined, options)).resources),
    list(
      "resource templates",
      hasResources,
      async () => (await client.listResourceTemplates(undefined, options)).resourceTemplates,
    ),
  ]);
  if (wantsSignIn !== null) return failedState(wantsSignIn);
  const software = client.getServerVersion();
  return {
    state: "ready",
    transport: connection.transport,
    protocol: connection.protocol,
    software: software === undefined ? null : { name: software.name, version: software.version },
    instructions: client.getInstructions() ?? null,
    latencyMs: capabilities.tools === undefined ? connection.connectMs : listMs,
    revision: connection.revision(),
    tools: tools.map(toTool),
    leftOut: [...connection.leftOut()],
    prompts: prompts.map(toPrompt),
    resources: resources.map(toResource),
    templates: templates.map(toTemplate),
    problems,
  };
}

const LIST_MS = 15_000;

/** A failure as a server card shows it. */
export function failedState(failure: McpFailure): McpState {
  if (failure.needsSignIn) return { state: "sign-in", message: failure.message };
  const { code, message, detail } = failure;
  return {
    state: "failed",
    error: { source: "network", code, message, retryable: true, ...(detail === null ? {} : { detail }) },
  };
}

function toTool(tool: Tool): McpTool {
  const { name, title, annotations = {}, inputSchema, outputSchema, description } = tool;
  return {
    name,
    title: title ?? annotations.title ?? null,
    description: description ?? "",
    parameters: jsonObjectSchema.safeParse(inputSchema).data ?? {},
    output: outputSchema === undefined ? null : (jsonObjectSchema.safeParse(outputSchema).data ?? null),
    hints: {
      isReadOnly: annotations.readOnlyHint ?? null,
      isDestructive: annotations.destructiveHint ?? null,
      isIdempotent: annotations.idempotentHint ?? null,
    },
    hash: definitionHash(tool),
  };
}

function toPrompt({
  name,
  title,
  description,
  arguments: args = [],
}: Prompt): McpDescription["prompts"][number] {
  return {
    name,
    title: title ?? null,
    description: description ?? "",
    args: args.map((arg) => ({
      name: arg.name,
      description: arg.description ?? "",
      isRequired: arg.required === true,
    })),
  };
}

function toResource({
  uri,
  name,
  title,
  description,
  mimeType,
  size,
}: Resource): McpDescription["resources"][number] {
  return {
    uri,
    name: title ?? name,
    description: description ?? "",
    mediaType: mimeType ?? null,
    size: size ?? null,
  };
}

function toTemplate({
  uriTemplate,
  name,
  title,
  description,
  mimeType,
}: ResourceTemplateType): McpDescription["resources"][number] {
  return {
    uri: uriTemplate,
    name: title ?? name,
    description: description ?? "",
    mediaType: mimeType ?? null,
    size: null,
  };
}
