/** `vitrine.mcp.json`: the MCP servers that whoever starts Vitrine names, in the usual `mcpServers` form. */
import { readFile } from "node:fs/promises";
import path from "node:path";

import { z } from "zod";

import { providers } from "@/lib/providers/registry";
import type { Environment } from "@/lib/server/environment";
import { complaint } from "@/lib/server/guard/guard";
import { safeJson } from "@/lib/server/guard/safe-json";

import type { KnownClient } from "./sign-in/memory-provider";

/** A server as the file describes it, with its variables filled in. */
export type ConfiguredServer =
  | {
      readonly via: "stdio";
      readonly command: string;
      readonly args: readonly string[];
      readonly env: Readonly<Record<string, string>>;
      readonly cwd: string;
    }
  | {
      readonly via: "http" | "sse";
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
      /** What its authorization server knows Vitrine as; null = Vitrine registers itself. */
      readonly client: KnownClient | null;
    };

export type McpConfig = {
  /** Without its folder. */
  readonly file: string;
  readonly servers: ReadonlyMap<string, ConfiguredServer>;
  /** Why the file or a server in it cannot be used, one sentence each. */
  readonly problems: readonly string[];
};

const DEFAULT_FILE = "vitrine.mcp.json";

const texts = z.record(z.string(), z.string()).default({});
const shared = { disabled: z.boolean().default(false) };
const stdioSchema = z.object({
  ...shared,
  type: z.literal("stdio").optional(),
  command: z.string().min(1),
  args: z.array(z.string()).default([]),
  env: texts,
  cwd: z.string().optional(),
});
const httpSchema = z.object({
  ...shared,
  type: z.enum(["http", "streamable-http", "streamableHttp", "sse"]).optional(),
  url: z.string().min(1),
  headers: texts,
  oauth: z
    .object({ clientId: z.string().min(1), clientSecret: z.string().optional(), issuer: z.url() })
    .optional(),
});
const fileSchema = z.object({ mcpServers: z.record(z.string(), z.unknown()) });

/** Reads the file anew, so that an edit needs no restart. Never rejects; without a file there are no servers. */
export async function readMcpConfig(environment: Environment): Promise<McpConfig> {
  const file = path.resolve(/* turbopackIgnore: true */ environment.mcpFile ?? DEFAULT_FILE);
  const none = (...problems: readonly string[]): McpConfig => ({
    file: path.basename(file),
    servers: new Map(),
    problems,
  });
  const content = await readFile(/* turbopackIgnore: true */ file, "utf8").catch((error: unknown) => error);
  if (typeof content !== "string")
    return isAbsent(content) && environment.mcpFile === null ? none() : none(unreadable(file, content));
  const json = safeJson(content);
  if (!json.ok) return none(`${path.basename(file)} is not usable JSON: ${json.message}.`);
  const parsed = fileSchema.safeParse(json.value);
  if (!parsed.success)
    return none(`${path.basename(file)} needs an object "mcpServers" that names the servers.`);
  const servers = new Map<string, ConfiguredServer>();
  const problems: string[] = [];
  for (const [name, value] of Object.entries(parsed.data.mcpServers)) {
    const read = readServer(value, path.dirname(file), environment);
    if (read.ok === "off") continue;
    if (read.ok) servers.set(name, read.server);
    else problems.push(`${path.basename(file)}: the server "${name}" is not used, because ${read.why}.`);
  }
  return { file: path.basename(file), servers, problems };
}

type ReadServer =
  | { readonly ok: true; readonly server: ConfiguredServer }
  | { readonly ok: "off" }
  | { readonly ok: false; readonly why: string };

function readServer(value: unknown, folder: string, environment: Environment): ReadServer {
  const isCommand = typeof value === "object" && value !== null && "command" in value;
  const parsed = isCommand ? stdioSchema.safeParse(value) : httpSchema.safeParse(value);
  if (!parsed.success) return { ok: false, why: complaint(parsed.error) };
  if (parsed.data.disabled) return { ok: "off" };
  const fill = createFill(environment);
  const server: ConfiguredServer =
    "command" in parsed.data
      ? {
          via: "stdio",
          command: fill.text(parsed.data.command),
          args: parsed.data.args.map(fill.text),
          env: fill.record(parsed.data.env),
          cwd: path.resolve(folder, parsed.data.cwd ?? "."),
        }
      : {
          via: parsed.data.type === "sse" ? "sse" : "http",
          url: fill.text(parsed.data.url),
          headers: fill.record(parsed.data.headers),
          client: clientOf(parsed.data.oauth, fill.text),
        };
  const why = fill.problem();
  return why === null ? { ok: true, server } : { ok: false, why };
}

function clientOf(
  oauth: z.infer<typeof httpSchema>["oauth"],
  fill: (text: string) => string,
): KnownClient | null {
  if (oauth === undefined) return null;
  const { clientId, clientSecret, issuer } = oauth;
  return {
    clientId: fill(clientId),
    clientSecret: clientSecret === undefined ? null : fill(clientSecret),
    issuer,
  };
}

/** `${NAME}` and `${NAME:-otherwise}` stand for Vitrine's own variables, but never for a key of a model provider. */
function createFill(environment: Environment): {
  readonly text: (text: string) => string;
  readonly record: (record: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
  readonly problem: () => string | null;
} {
  let problem: string | null = null;
  const own = ownSecrets(environment);
  const text = (written: string): string => {
    const filled = written.replaceAll(
      /\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}/gu,
      (_whole, name: string, otherwise: string | undefined) => {
        if (own.names.has(name))
          problem ??= `${name} is a secret of Vitrine's own and is passed to no MCP server`;
        const value = process.env[name] || otherwise;
        if (value === undefined) problem ??= `the variable ${name} is not set`;
        return value ?? "";
      },
    );
    const held = own.values.find(([, value]) => filled.includes(value));
    if (held !== undefined) problem ??= `it holds the value of ${held[0]}, which is passed to no MCP server`;
    return filled;
  };
  return {
    text,
    record: (record) => Object.fromEntries(Object.entries(record).map(([key, value]) => [key, text(value)])),
    problem: () => problem,
  };
}

/** Names of variables that hold Vitrine's own secrets, and their values where these are long enough to be one. */
function ownSecrets(environment: Environment): {
  readonly names: ReadonlySet<string>;
  readonly values: readonly (readonly [string, string])[];
} {
  const keys = providers.flatMap((provider) =>
    provider.keyEnv === null ? [] : [[provider.keyEnv, environment.keyOf(provider)] as const],
  );
  const all = [...keys, ["VITRINE_TOKEN", environment.token] as const];
  return {
    names: new Set(all.map(([name]) => name)),
    values: all.flatMap(([name, value]) =>
      value !== null && value.length >= 8 ? [[name, value] as const] : [],
    ),
  };
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function unreadable(file: string, error: unknown): string {
  if (isAbsent(error)) return `There is no file ${path.basename(file)} where VITRINE_MCP says it is.`;
  return `${path.basename(file)} can't be read: ${error instanceof Error ? error.message : String(error)}.`;
}
