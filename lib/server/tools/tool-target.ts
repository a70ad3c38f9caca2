/** Where a tool's request may go. Checked for every address, also after a redirect. */
import type { Environment } from "@/lib/server/environment";
import { isLoopback } from "@/lib/server/upstream/address";
import { presetTarget } from "@/lib/server/upstream/target";

/**
 * Why a tool's request must not go to `url`, or null. While Vitrine listens only on this machine, tools may call
 * loopback and private addresses too; otherwise only the hosts in `VITRINE_TOOL_HOSTS`. Link-local and metadata
 * addresses are never called. A name is checked again once it is resolved, by the connection itself.
 */
export function targetRefusal(url: string, variables: Environment): string | null {
  const target = presetTarget(url);
  if (!target.ok) return target.message;
  if (target.login !== null) return "The address contains a user name or a password.";
  const { host, hostname, port, protocol } = new URL(url);
  const usedPort = port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
  const isOwnPort = usedPort === variables.port;
  if (isOwnPort && (isLoopback(hostname.replace(/\.$/, "")) || hostname === variables.host))
    return `${host} is Vitrine itself, which no tool may call.`;
  if (isLoopback(variables.host)) return null;
  const isListed = [host, `${hostname}:${usedPort}`].some((name) => variables.toolHosts.includes(name));
  return isListed
    ? null
    : `${host} is not a host that this server allows for tools. Add it to VITRINE_TOOL_HOSTS.`;
}
