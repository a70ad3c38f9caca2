import type { ToolDefinition } from "@/lib/providers/provider";
import type { ToolCallPart } from "@/lib/stream/turn";
import { checkArguments } from "@/lib/tools/check-arguments";

import type { Answering } from "./turn-view-props";

/** What a person is told about a call's arguments. */
export type ArgumentsVerdict =
  | { readonly kind: "none" }
  | { readonly kind: "valid" }
  /** No tool of this name is known, so there is no schema to hold them against. */
  | { readonly kind: "unknown-tool" }
  /** `failures` in words, each with the path it is about. */
  | { readonly kind: "invalid"; readonly failures: readonly string[] };

/** Holds a call's complete arguments against the schema of its tool. */
export function judgeArguments(call: ToolCallPart, tool: ToolDefinition | null): ArgumentsVerdict {
  if (call.status.state !== "awaiting-result" && call.status.state !== "answered") return { kind: "none" };
  const { args } = call.status;
  if (!args.valid) return { kind: "invalid", failures: [args.message] };
  if (tool === null) return { kind: "unknown-tool" };
  const verdict = checkArguments(tool.parameters, args.value);
  if (verdict.valid) return { kind: "valid" };
  return {
    kind: "invalid",
    failures: verdict.failures.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)),
  };
}

const WAITING = {
  open: "waiting for a result",
  "passed-over": "skipped",
  closed: "not answered",
} as const satisfies Record<Answering, string>;

/** The call's state in a person's words. */
export function callStateLabel(call: ToolCallPart, answering: Answering): string {
  switch (call.status.state) {
    case "input-streaming":
      return "writing arguments";
    case "awaiting-result":
      return WAITING[answering];
    case "answered":
      return call.status.result.isError ? "answered with an error" : "answered";
    case "unfinished":
      return "incomplete, not sent";
  }
}
