// @ts-check
import { isIP } from "node:net";

/**
 * Why starting would be unsafe, in one line, or null. The server checks the same again by itself; this
 * saves a build that would end so.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} keyNames
 * @returns {string | null}
 */
export function refuse(env, keyNames) {
  const host = env["HOST"]?.trim() || "127.0.0.1";
  if (isLoopback(host) || env["VITRINE_TOKEN"]?.trim()) return null;
  const present = keyNames.filter((name) => env[name]?.trim());
  if (present.length === 0) return null;
  return `Refusing to listen on ${host} with ${present.join(", ")} set: anyone on the network could use it. Set VITRINE_TOKEN, or HOST=127.0.0.1.`;
}

/** @param {string} host */
function isLoopback(host) {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
