/** The processes that were started as MCP servers, so that none outlives Vitrine. */
import { shared } from "@/lib/server/shared";

const pids = () =>
  shared("mcp-children", () => {
    const running = new Set<number>();
    // Closing one the gentle way takes seconds, which a process that ends does not have.
    process.once("exit", () => running.forEach(kill));
    return running;
  });

/** Ends them by their ids when Vitrine stops. */
export const childPids = {
  /** null = it did not start. */
  add: (pid: number | null): void => {
    if (pid !== null) pids().add(pid);
  },
  delete: (pid: number | null): void => {
    if (pid !== null) pids().delete(pid);
  },
};

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGTERM");
  } catch {
    // It is gone already.
  }
}
