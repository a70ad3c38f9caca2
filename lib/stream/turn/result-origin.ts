import type { ResultOrigin } from "./event";

/** Where a result came from that no person gave. */
export type ToolOrigin = Exclude<
  ResultOrigin,
  { readonly by: "typed" | "example" } | { readonly by: "failure" } | { readonly by: "skipped" | "denied" }
>;

/** Whether a tool gave the result, not a person. */
export function isFromTool(origin: ResultOrigin): origin is ToolOrigin {
  switch (origin.by) {
    case "typed":
    case "example":
    case "failure":
    case "skipped":
    case "denied":
      return false;
    case "mock":
    case "page":
    case "javascript":
    case "http":
    case "mcp":
      return true;
  }
}
