// @ts-check
/** `npm start`: installs and builds what is missing, then serves the production build until it is stopped. */
import { complainAboutNode } from "./start/node-version.mjs";

// Before anything that a too old Node could not even read.
const complaint = complainAboutNode(process.versions.node);
if (complaint !== null) {
  console.error(complaint);
  process.exit(1);
}
const { start } = await import("./start/start.mjs");
process.exitCode = await start(process.cwd());
