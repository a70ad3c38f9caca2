/** From what a request names to an MCP server that may be called: over which transport, with which headers. */
import { createHash } from "node:crypto";

import { KEY_HEADER, readCredential } from "@/lib/contract/access";
import { readBaseUrl } from "@/lib/providers/base-url";
import { keyProblem } from "@/lib/providers/key-problem";
import type { Environment } from "@/lib/server/environment";
import { type ProxyRoute, chooseProxy } from "@/lib/server/upstream/outbound-proxy";
import { endpointTarget, presetTarget } from "@/lib/server/upstream/target";
import type { McpServerRef } from "@/lib/tools/tool";

import { type ConfiguredServer, readMcpConfig } from "./config-file";
import { fillHeaders } from "./fill-headers";
import type { KnownClient } from "./sign-in/memory-provider";

export type ServerPlan = {
  /** Equal for two plans that may share a connection. Holds no secret that can be read. */
  readonly id: string;
  /** As a person knows it. */
  readonly name: string;
  readonly via:
    | Extract<ConfiguredServer, { readonly via: "stdio" }>
    | {
        readonly via: "http" | "sse";
        readonly url: string;
        /** null = called directly. */
        readonly proxy: ProxyRoute | null;
        readonly headers: Readonly<Record<string, string>>;
        /** What its authorization server knows Vitrine as; null = Vitrine registers itself. */
        readonly client: KnownClient | null;
      };
  /** Never shown in anything that comes back; with those of a sign-in: `liveSecrets`. */
  readonly secrets: readonly string[];
};

export type Planned =
  | { readonly ok: true; readonly plan: ServerPlan }
  | { readonly ok: false; readonly message: string };

/** `key`: the value of `KEY_HEADER`; null = none. Never rejects. */
export async function planServer(
  ref: McpServerRef,
  key: string | null,
  environment: Environment,
): Promise<Planned> {
  const given = readCredential(key);
  if (given === null) return refuse(`The header ${KEY_HEADER} cannot be read.`);
  const token = given.key?.trim() || null;
  const problem = token === null ? null : keyProblem(token);
  if (problem !== null) return refuse(problem);
  if (ref.from === "person") return planAdded(ref, token, environment);
  const config = await readMcpConfig(environment);
  const server = config.servers.get(ref.name);
  if (server !== undefined) return planConfigured(ref.name, server, token, environment);
  const named = config.problems.find((sentence) => sentence.includes(`"${ref.name}"`)) ?? config.problems[0];
  return refuse(
    named ?? `${config.file} names no server "${ref.name}". Add it there, or choose another one.`,
  );
}

/** A server that a person added follows the rules of a person's endpoint. */
function planAdded(
  ref: Extract<McpServerRef, { readonly from: "person" }>,
  token: string | null,
  environment: Environment,
): Planned {
  const target = endpointTarget(ref.url, environment);
  if (!target.ok) return refuse(target.message);
  const filled = fillHeaders(ref.headers, ref.url, environment);
  if (!filled.ok) return refuse(filled.message);
  const isConfigured = environment.endpointOrigins.includes(target.origin);
  const headers = withToken(filled.headers, token);
  const typed = ref.headers.flatMap(({ name, value }) =>
    SECRET_NAME.test(name) ? [value, value.replace(/^\w+ /u, "")] : [],
  );
  return planHttp({
    ref,
    name: ref.name,
    url: ref.url,
    headers,
    via: "http",
    isAdded: !isConfigured,
    environment,
    secrets: [...filled.secrets, ...typed, ...(token === null ? [] : [token])],
  });
}

function planConfigured(
  name: string,
  server: ConfiguredServer,
  token: string | null,
  environment: Environment,
): Planned {
  const ref: McpServerRef = { from: "config", name };
  if (server.via === "stdio") {
    const secrets = Object.entries(server.env).flatMap(([variable, value]) =>
      SECRET_NAME.test(variable) ? [value] : [],
    );
    return { ok: true, plan: { id: idOf([ref, server]), name, via: server, secrets } };
  }
  const target = presetTarget(server.url);
  if (!target.ok) return refuse(`${name}: ${target.message}`);
  const read = readBaseUrl(server.url);
  if (read.ok && read.secrets.login !== null)
    return refuse(`${name}: its address contains a user name or a password. Use a header instead.`);
  const written = Object.entries(server.headers).map(([header, value]) => ({ name: header, value }));
  const filled = fillHeaders(written, server.url, environment);
  if (!filled.ok) return refuse(filled.message);
  const query = read.ok ? [...new URLSearchParams(read.secrets.query).values()] : [];
  const values = Object.values(server.headers).flatMap((value) => [value, value.replace(/^\w+ /u, "")]);
  const secrets = [...filled.secrets, ...values, ...query, ...(token === null ? [] : [token])];
  return planHttp({
    ref,
    name,
    url: server.url,
    headers: withToken(filled.headers, token),
    via: server.via,
    client: server.client,
    isAdded: false,
    environment,
    secrets,
  });
}

const SECRET_NAME = /KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL|AUTH/iu;

function planHttp({
  ref,
  name,
  url,
  via,
  headers,
  client = null,
  isAdded,
  environment,
  secrets,
}: {
  readonly ref: McpServerRef;
  readonly name: string;
  readonly url: string;
  readonly via: "http" | "sse";
  readonly headers: Readonly<Record<string, string>>;
  readonly client?: KnownClient | null;
  readonly isAdded: boolean;
  readonly environment: Environment;
  readonly secrets: readonly string[];
}): Planned {
  const proxy = chooseProxy(url, isAdded, environment.proxies);
  if (!proxy.ok) return refuse(proxy.message);
  const all = [...secrets, ...(proxy.route?.secrets ?? [])].filter((secret) => secret !== "");
  const plan: ServerPlan = {
    id: idOf([ref, url, headers]),
    name,
    via: { via, url, proxy: proxy.route, headers, client },
    secrets: all,
  };
  return { ok: true, plan };
}

function withToken(
  headers: Readonly<Record<string, string>>,
  token: string | null,
): Readonly<Record<string, string>> {
  if (token === null) return headers;
  const others = Object.entries(headers).filter(([name]) => name.toLowerCase() !== "authorization");
  return { ...Object.fromEntries(others), authorization: `Bearer ${token}` };
}

function idOf(parts: unknown): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

function refuse(message: string): Planned {
  return { ok: false, message };
}
