/** What answers a tool's calls, in a few words. Pure. */
import {
  answersByItself,
  BINDING_LABELS,
  isStateful,
  NEW_TOOL_CHOICES,
  type ToolBinding,
  type ToolDefinition,
} from "@/lib/tools/tool";

/** "mock, runs by itself", "HTTP, asks each time", "asks me". */
export function answerWords(tool: Pick<ToolDefinition, "binding" | "approval">): string {
  if (tool.binding.kind === "ask") return "asks me";
  return `${BINDING_LABELS[tool.binding.kind]}, ${answersByItself(tool) ? "runs by itself" : "asks each time"}`;
}

/** Whether lanes can share a result at all: one with state has its own in each lane, and a mock costs nothing. */
export function canShare(binding: ToolBinding): boolean {
  return binding.kind !== "ask" && binding.kind !== "mock" && !isStateful(binding);
}

/** What each kind is at first. */
export function firstBinding(kind: ToolBinding["kind"]): ToolBinding | null {
  switch (kind) {
    case "ask":
      return NEW_TOOL_CHOICES.binding;
    case "mock":
      return { kind, delayMs: 0, mock: { by: "fixed", result: { output: "", isError: false } } };
    case "page":
      return { kind, name: "calculator" };
    case "javascript":
      return { kind, code: FIRST_CODE, timeoutMs: 10_000, isStateful: false };
    case "http":
      return { kind, request: { method: "GET", url: "", headers: [], body: null } };
    case "mcp":
      // It comes with a tool of a server.
      return null;
  }
}

const FIRST_CODE = `export default async (args, ctx) => {
  ctx.log("called with", args);
  return args;
};
`;
