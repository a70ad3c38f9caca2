import { environment } from "@/lib/server/environment";
import { markAddresses } from "@/lib/server/guard/client-address";
import { guardServers } from "@/lib/server/guard/front-door";
import { packedFiles } from "@/lib/server/guard/packed-files";

import { projectRoot } from "../project-root.mjs";
import { makeFirstPage } from "./first-page";
import { mayStart } from "./may-start";
import { startUp } from "./start-up";
import { stopAll } from "./stopping";

/** For last words to reach the page. */
const GRACE_MS = 500;

/**
 * Before the first request: ends a process that must not serve, with one line that says why, and lets one
 * that was started by another end with it. Looking for servers is not waited for: the page is up first.
 */
export function beginServing(): void {
  const refusal = mayStart();
  if (refusal !== null) {
    console.error(refusal);
    process.exit(1);
  }
  markAddresses();
  process.once("SIGINT", () => end(130)).once("SIGTERM", () => end(143));
  // A terminal that was closed.
  process.once("SIGHUP", () => end(129));
  // `npm start` keeps a channel open: it closes when that process is gone, however it ended.
  if (process.channel !== undefined) process.once("disconnect", () => end(0));
  // Not while developing: the page there hears of changes through an upgraded connection.
  if (process.env.NODE_ENV === "production") {
    guardServers(environment(), packedFiles(projectRoot()));
    makeFirstPage(environment());
  }
  void startUp();
}

/** Next would wait for every open answer, and then for the browser to let go of its connections. */
function end(exitCode: number): void {
  stopAll();
  setTimeout(() => process.exit(exitCode), GRACE_MS).unref();
}
