import "server-only";
import { mayStart } from "./may-start";
import { startUp } from "./start-up";
import { stopAll } from "./stopping";

/**
 * Before the first request: ends a process that must not serve, with one line that says why, and lets one
 * that was started by another end with it. Looking for servers is not waited for: the page is up first.
 */
export function beginServing(): void {
  const no = mayStart();
  if (no !== null) {
    console.error(no);
    process.exit(1);
  }
  // Next waits for every open answer before it lets the process go.
  process.once("SIGINT", stopAll).once("SIGTERM", stopAll);
  // `npm start` keeps a channel open: it closes when that process is gone, however it ended.
  if (process.channel !== undefined) process.once("disconnect", () => process.exit(0));
  void startUp();
}
