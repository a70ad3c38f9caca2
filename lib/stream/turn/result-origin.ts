import type { ResultOrigin } from "./event";

/** Where a result came from that no person gave. */
export type ToolOrigin = Exclude<
  ResultOrigin,
  { readonly by: "typed" | "example" | "recorded" } | { readonly by: "failure" | "skipped" | "denied" }
>;

/** Whether a tool gave the result, not a person. */
export function isFromTool(origin: ResultOrigin): origin is ToolOrigin {
  switch (origin.by) {
    case "typed":
    case "example":
    case "failure":
    case "skipped":
    case "denied":
    case "recorded":
      return false;
    case "mock":
    case "page":
    case "javascript":
    case "http":
    case "mcp":
      return true;
  }
}
