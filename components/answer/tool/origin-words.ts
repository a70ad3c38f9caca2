import { showMarks } from "@/lib/markdown/visible-marks";
import { formatSeconds } from "@/lib/stream/figures/format-number";
import type { ResultOrigin } from "@/lib/stream/turn/event";
import type { ToolCallStatus } from "@/lib/stream/turn/turn";

/** Where a result came from, and how long its tool took: in a person's words. */
export function originWords(status: Extract<ToolCallStatus, { readonly state: "answered" }>): string {
  const { origin } = status.result;
  if ("isReused" in origin && origin.isReused)
    return `${originInWords(origin, "")}, shared with an equal call`;
  // The time of a mock is its own delay and says nothing.
  const took =
    status.ranFrom === undefined || origin.by === "mock"
      ? ""
      : ` in ${timeInWords(status.at - status.ranFrom)}`;
  return originInWords(origin, took);
}

/** "12 ms", "1.20 s" */
export function timeInWords(ms: number): string {
  return ms < 1_000 ? `${Math.max(0, Math.round(ms))} ms` : formatSeconds(ms);
}

/** The same for a result that stands in no call. `took`: words such as " in 12 ms", or none. */
export function originInWords(origin: ResultOrigin, took: string): string {
  switch (origin.by) {
    case "typed":
      return "typed by hand";
    case "example":
      return "example";
    case "failure":
      return "message of the failed tool, sent by hand";
    case "skipped":
      return "skipped by hand";
    case "denied":
      return "denied by hand";
    case "recorded":
      return "from the recorded request";
    case "mock":
      return origin.rule === null ? "mock" : `mock rule ${origin.rule}`;
    case "page":
      return `ran in the page${took}`;
    case "javascript":
      return `JavaScript, ran in the page${took}`;
    case "http":
      return `HTTP ${origin.status}${took}`;
    case "mcp":
      return `MCP ${showMarks(origin.server)}/${showMarks(origin.tool)}${took}`;
  }
}
