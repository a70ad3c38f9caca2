// @ts-check
import { askProviders } from "./ask.mjs";
import { keyNames } from "./key-names.mjs";
import { pickPort } from "./pick-port.mjs";
import { ensureBuild, ensureModules } from "./prepare.mjs";
import { refuse } from "./refuse.mjs";
import { report } from "./report.mjs";
import { serve } from "./serve.mjs";
import { watchStarter } from "./watch-starter.mjs";
import { withEnvFiles } from "./with-env-files.mjs";

/** Addresses to listen on everywhere, which no browser can open. */
const EVERYWHERE = new Set(["0.0.0.0", "::"]);

/**
 * Everything of `npm start`. Prints a few lines and returns the exit code once the server has ended.
 *
 * @param {string} root the project's folder
 * @returns {Promise<number>}
 */
export async function start(root) {
  const starter = watchStarter();
  const env = withEnvFiles(root, process.env);
  const wanted = Number(env["PORT"]?.trim() || 3000);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535) return no("PORT must be a port number.");
  const refusal = refuse(env, keyNames(root));
  if (refusal !== null) return no(refusal);
  if (!ensureModules(root)) return no("npm ci failed. See above.");
  if (!(await ensureBuild(root))) return no("The build failed. See above.");

  const host = env["HOST"]?.trim() || "127.0.0.1";
  const picked = await pickPort(host, wanted);
  if (!picked.ok) return no(picked.message);
  if (picked.port !== wanted) console.log(`Port ${wanted} is taken. Using ${picked.port} instead.`);

  const { exited, showOutput } = serve(root, { host, port: picked.port, starter });
  const url = `http://${EVERYWHERE.has(host) ? "127.0.0.1" : bracketed(host)}:${picked.port}`;
  const asked = await askProviders(url, exited, env["VITRINE_TOKEN"]?.trim());
  if (asked.kind === "up") console.log(report(url, asked.reply));
  if (asked.kind === "refused") {
    console.error(
      `The server runs, but it refuses this machine: ${asked.message}. Check HOST and ALLOWED_HOSTS.`,
    );
  }
  showOutput();
  return exited;
}

/** @param {string} message */
function no(message) {
  console.error(message);
  return 1;
}

/** @param {string} host */
function bracketed(host) {
  return host.includes(":") ? `[${host}]` : host;
}
