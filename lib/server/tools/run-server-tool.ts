/** What runs each kind of tool that the server runs. */
import { runMcpTool } from "@/lib/server/mcp/run-mcp-tool";
import type { ToolRunEvents } from "@/lib/tools/desk";

import type { RunServerTool } from "./tool-io";

/** The one place that knows every kind. */
export const runServerTool: RunServerTool = (binding, args, io) => {
  switch (binding.kind) {
    case "http":
      return notYet("Vitrine does not run HTTP tools yet.");
    case "mcp":
      return runMcpTool(binding, args, io);
  }
};

async function* notYet(message: string): ToolRunEvents {
  yield { type: "fail", message };
}
