/** Vitrine's own settings from `process.env`, parsed once. A bad value is named in plain words. */
import { z } from "zod";

import type { Provider } from "@/lib/providers/provider";
import type { ProxyVariables } from "@/lib/server/upstream/outbound-proxy";

const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ""),
  );

const origin = z
  .url({ protocol: /^https?$/, error: "must be an http or https address such as http://10.0.0.5:8080" })
  .transform((text) => new URL(text).origin);

/** `NAME=https://api.example.com`: a secret and the one origin that it may be sent to. */
const toolSecret = z
  .string()
  .refine(isToolSecret, {
    error: 'must list names with one origin each, such as "WEATHER_KEY=https://api.example.com"',
  })
  .transform((text) => {
    const [name = "", address = ""] = text.split("=");
    return { name, origin: new URL(address).origin };
  });

function isToolSecret(text: string): boolean {
  const address = /^[A-Za-z_]\w*=(https?:\/\/[^/?#@\\\s=]+)\/?$/i.exec(text)?.[1];
  return address !== undefined && URL.canParse(address);
}

/** `api.example.com`, `10.0.0.5:8080` or `[fd00::1]:8080`, as a URL writes it. */
const toolHost = z
  .string()
  .refine((text) => URL.canParse(`http://${text}`) && !/[/?#@\\]/.test(text), {
    error: 'must list hosts such as "api.example.com" or "10.0.0.5:8080"',
  })
  .transform((text) => new URL(`http://${text}`).host);

const schema = z.object({
  PORT: z.coerce
    .number({ error: "must be a port number" })
    .int({ error: "must be a port number" })
    .min(0, { error: "must be a port number" })
    .max(65_535, { error: "must be a port number" })
    .default(3000),
  HOST: z.string().default("127.0.0.1"),
  VITRINE_TOKEN: z.string().min(8, { error: "must have at least 8 characters" }).optional(),
  VITRINE_LLAMA: z.enum(["on", "off"], { error: 'must be "on" or "off"' }).default("on"),
  VITRINE_MAX_ANSWERS: z.coerce
    .number({ error: "must be a whole number" })
    .int({ error: "must be a whole number" })
    .min(1, { error: "must be at least 1" })
    .default(8),
  ALLOWED_HOSTS: list,
  VITRINE_ORIGINS: list.pipe(z.array(origin)),
  VITRINE_TOOL_HOSTS: list.pipe(z.array(toolHost)),
  VITRINE_TOOL_SECRETS: list.pipe(z.array(toolSecret)),
  VITRINE_PROXY_ALL: z.enum(["0", "1"], { error: 'must be "1" or "0"' }).default("0"),
});

/** A secret that an HTTP tool may name. */
export type ToolSecret = {
  readonly name: string;
  readonly origin: string;
  /** null = its variable is not set. Never leaves the server but for its origin. */
  readonly value: string | null;
};

export type Environment = {
  readonly port: number;
  /** The address the server listens on. */
  readonly host: string;
  /** null = no token is asked for. */
  readonly token: string | null;
  /** Whether Vitrine may bring a model of its own. */
  readonly demoModel: boolean;
  /** Answers that may run at once. */
  readonly maxAnswers: number;
  /** Host names, besides the loopback ones, under which people may open the page. */
  readonly allowedHosts: readonly string[];
  /** Origins that people may use as endpoints while the app is not bound to loopback. */
  readonly endpointOrigins: readonly string[];
  /** The file that names MCP servers, as written; null = the usual one. */
  readonly mcpFile: string | null;
  /** Hosts that tools may call while the app is not bound to loopback, with their port unless it is the scheme's own. */
  readonly toolHosts: readonly string[];
  /** What tools may send, each to its one origin. */
  readonly toolSecrets: readonly ToolSecret[];
  /** The proxy through which hosted providers are called. Read at each call, so that a bad value stops no start. */
  readonly proxies: ProxyVariables;
  /** The server's key of a provider, or null. Never leaves the server. */
  readonly keyOf: (provider: Pick<Provider, "keyEnv">) => string | null;
  /** The base URL set for a provider, as written, or null. */
  readonly baseUrlOf: (provider: Pick<Provider, "baseUrlEnv">) => string | null;
};

type Variables = { readonly [name: string]: string | undefined };

/** Reads variables; throws one `Error` that names every bad one. An empty variable counts as absent. */
export function parseEnvironment(variables: Variables): Environment {
  const valueOf = (name: string) => variables[name]?.trim() || null;
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => {
      const value = valueOf(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const complaints = parsed.error.issues.map(({ path, message }) => `${String(path[0])} ${message}.`);
    throw new Error(complaints.join(" "));
  }
  const { PORT, HOST, VITRINE_TOKEN, VITRINE_LLAMA, ALLOWED_HOSTS, VITRINE_ORIGINS } = parsed.data;
  const { VITRINE_MAX_ANSWERS } = parsed.data;
  return {
    port: PORT,
    host: HOST,
    token: VITRINE_TOKEN ?? null,
    demoModel: VITRINE_LLAMA === "on",
    maxAnswers: VITRINE_MAX_ANSWERS,
    allowedHosts: ALLOWED_HOSTS,
    endpointOrigins: VITRINE_ORIGINS,
    mcpFile: valueOf("VITRINE_MCP"),
    toolHosts: parsed.data.VITRINE_TOOL_HOSTS,
    toolSecrets: parsed.data.VITRINE_TOOL_SECRETS.map((secret) => ({
      ...secret,
      value: valueOf(secret.name),
    })),
    proxies: {
      http: valueOf("http_proxy") ?? valueOf("HTTP_PROXY"),
      https: valueOf("https_proxy") ?? valueOf("HTTPS_PROXY"),
      none: valueOf("no_proxy") ?? valueOf("NO_PROXY"),
      all: parsed.data.VITRINE_PROXY_ALL === "1",
    },
    keyOf: ({ keyEnv }) => (keyEnv === null ? null : valueOf(keyEnv)),
    baseUrlOf: ({ baseUrlEnv }) => valueOf(baseUrlEnv),
  };
}

let environmentOfProcess: Environment | undefined;

/** This process's environment. Throws as `parseEnvironment` does. */
export function environment(): Environment {
  const host = boundHost(process.argv) ?? process.env["HOST"];
  return (environmentOfProcess ??= parseEnvironment({ ...process.env, HOST: host }));
}

/** What `next start` listens on by default: every interface. */
const EVERYWHERE = "0.0.0.0";

/**
 * The address that `next start` listens on, from its own command line; null if the process runs something else. Next
 * ignores HOST, so HOST alone may be wrong. Pure.
 */
export function boundHost(argv: readonly string[]): string | null {
  const [, program = "", command, ...rest] = argv;
  if (!/(?:^|[\\/])next$/.test(program) || command !== "start") return null;
  const at = rest.findIndex((word) => /^(?:-H|--hostname)/.test(word));
  const [, name, value] = /^(-H|--hostname)=?(.*)$/.exec(rest[at] ?? "") ?? [];
  return name === undefined ? EVERYWHERE : value || (rest[at + 1] ?? EVERYWHERE);
}
