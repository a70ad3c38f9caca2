import type { Environment } from "@/lib/server/environment";

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);
const WILDCARDS: ReadonlySet<string> = new Set(["0.0.0.0", "::", "[::]"]);

/**
 * Whether a Host header names this server. The port is ignored, since tunnels change it. A page of another
 * name that was rebound to this machine's address still carries its own name here.
 */
export function isAllowedHost(host: string | null, environment: Environment): boolean {
  const name = host === null ? null : hostName(host);
  if (name === null) return false;
  return LOOPBACK_HOSTS.has(name) || ownHosts(environment).includes(name);
}

function ownHosts({ allowedHosts, host }: Environment): readonly string[] {
  const bound = WILDCARDS.has(host) ? [] : [host];
  return [...allowedHosts, ...bound].flatMap((entry) => hostName(bracketed(entry)) ?? []);
}

function bracketed(host: string): string {
  return host.split(":").length > 2 && !host.startsWith("[") ? `[${host}]` : host;
}

function hostName(host: string): string | null {
  const match = /^(\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i.exec(host.trim());
  return match?.[1]?.toLowerCase() ?? null;
}
