import type { ResultOrigin } from "@/lib/stream/turn/event";

/** Where a result came from, in a person's words. */
export function originWords(origin: ResultOrigin): string {
  const words = wordsOf(origin);
  return "isReused" in origin && origin.isReused ? `${words}, shared with another lane` : words;
}

function wordsOf(origin: ResultOrigin): string {
  switch (origin.by) {
    case "typed":
      return "typed by hand";
    case "example":
      return "example";
    case "skipped":
      return "skipped by hand";
    case "denied":
      return "denied by hand";
    case "mock":
      return origin.rule === null ? "mock" : `mock rule ${origin.rule}`;
    case "page":
      return "ran in the page";
    case "javascript":
      return "JavaScript, ran in the page";
    case "http":
      return `HTTP ${origin.status}`;
    case "mcp":
      return `MCP ${origin.server}/${origin.tool}`;
  }
}
