// @ts-check
import { createServer } from "node:net";

const TRIES = 20;

/**
 * The first free port from `wanted` on; 0 stays 0 (the system picks). A failure names why nothing can listen.
 *
 * @param {string} host
 * @param {number} wanted
 * @returns {Promise<{ readonly ok: true, readonly port: number } | { readonly ok: false, readonly message: string }>}
 */
export async function pickPort(host, wanted) {
  for (let port = wanted; port < wanted + TRIES && port <= 65_535; port += 1) {
    const code = await tryPort(host, port);
    if (code === null) return { ok: true, port };
    if (code !== "EADDRINUSE") return { ok: false, message: noWay(host, port, code) };
  }
  return {
    ok: false,
    message: `Ports ${wanted} to ${wanted + TRIES - 1} are all taken. Set PORT to a free one.`,
  };
}

/**
 * @param {string} host
 * @param {number} port
 * @param {string} code
 */
function noWay(host, port, code) {
  const next =
    code === "EACCES"
      ? "Set PORT to 1024 or higher."
      : "Set HOST to an address of this machine, such as 127.0.0.1.";
  return `Cannot listen on ${host}:${port} (${code}). ${next}`;
}

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<string | null>} the error's code; null when the port is free
 */
function tryPort(host, port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve("code" in error ? String(error.code) : error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}
