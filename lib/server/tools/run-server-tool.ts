import type { ServerBinding } from "@/lib/contract/tool-binding";
import { environment } from "@/lib/server/environment";
/** What runs each kind of tool that the server runs. */
import { runMcpTool } from "@/lib/server/mcp/run-mcp-tool";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { ToolRunEvents } from "@/lib/tools/tool-run";

import { runHttpTool } from "./run-http-tool";
import type { HostIo, RunServerTool } from "./tool-io";

/** The one place that knows every kind. */
export const runServerTool: RunServerTool = (binding, args, io) => {
  switch (binding.kind) {
    case "http":
      return runHttpTool(binding, args, io);
    case "mcp":
      return runMcpTool(binding, args, io);
  }
};

/**
 * The same for a host without a page: no HTTP in between. Nothing listens there, so whoever names an address has a
 * shell on this machine already. Throws where the environment is bad.
 */
export function runToolDirectly(binding: ServerBinding, args: JsonObject, io: HostIo): ToolRunEvents {
  return runServerTool(binding, args, {
    ...io,
    key: null,
    variables: { ...environment(), host: "127.0.0.1" },
  });
}
