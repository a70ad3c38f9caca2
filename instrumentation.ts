/** Runs once when the server starts. Not while building, where nothing is served. */
export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs" || process.env["NEXT_PHASE"] === "phase-production-build")
    return;
  const { beginServing } = await import("./lib/server/start/begin-serving");
  beginServing();
}
