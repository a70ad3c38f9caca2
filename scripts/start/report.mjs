// @ts-check
import { megabytes } from "./megabytes.mjs";

/**
 * What `npm start` prints once the page is up, from the reply of `/api/providers`. Keys by name only. Pure.
 *
 * @param {string} url
 * @param {import("../../lib/contract/servers.ts").ProvidersReply} reply
 * @returns {string}
 */
export function report(url, { version, providers, demo }) {
  const servers = providers.flatMap(({ label, baseUrl, reach }) => {
    if (reach.state === "ready") return [`${label} at ${baseUrl} (${count(reach.models.length, "model")})`];
    return reach.state === "error" ? [reach.message] : [];
  });
  const keys = new Set(
    providers.flatMap(({ key, keyEnv }) => (key === "present" && keyEnv !== null ? [keyEnv] : [])),
  );
  return [
    `Vitrine ${version}  ${url}`,
    `  servers     ${servers.length === 0 ? "none found" : servers.join("\n              ")}`,
    `  keys        ${keys.size === 0 ? "none set" : [...keys].join(", ")}`,
    `  demo model  ${demoLine(demo)}`,
    "Ctrl+C stops it.",
  ].join("\n");
}

/** @param {import("../../lib/contract/servers.ts").DemoModel} demo */
function demoLine(demo) {
  switch (demo.state) {
    case "off":
      return `off. ${demo.reason}`;
    case "available":
      return demo.downloadBytes === 0
        ? "installed; the page starts it at a click"
        : `the page installs it at a click (${megabytes(demo.downloadBytes)})`;
    case "installing":
      return `installing (${megabytes(demo.totalBytes)}, once); the page shows how far it is`;
    case "starting":
      return "starting";
    case "ready":
      return `ready at ${demo.baseUrl}`;
    case "failed":
      return `${demo.what} ${demo.next}`;
  }
}

/**
 * @param {number} n
 * @param {string} noun
 */
function count(n, noun) {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
