import type { Answering } from "@/components/answer/answer-scope";
import type { ToolCallPart } from "@/lib/stream/turn/turn";
import { type ArgumentsCheck, checkArguments } from "@/lib/tools/schema/check-arguments";
import type { LateCheck } from "@/lib/tools/schema/check-queue";
import { hasPattern, isQuick } from "@/lib/tools/schema/is-quick";
import type { ToolDefinition } from "@/lib/tools/tool";

/** Describes a call's arguments to a person. */
export type ArgumentsVerdict =
  | { readonly kind: "none" }
  | { readonly kind: "valid" }
  /** Held against the schema right now, in a worker. */
  | { readonly kind: "checking" }
  /** The schema's pattern, or the schema itself, did not come to an end. */
  | { readonly kind: "pattern-too-slow" | "check-too-slow" }
  /** No worker can run the check here. */
  | { readonly kind: "unchecked" }
  /** There is no tool of this name, so there is no schema to check them against. */
  | { readonly kind: "unknown-tool" }
  /** `failures` in words, each with the path it is about. */
  | { readonly kind: "invalid"; readonly failures: readonly string[] };

/** Tools that the Responses API knows by itself, so no schema of ours describes their input. */
const BUILT_IN: ReadonlySet<string> = new Set(["local_shell", "apply_patch"]);

/**
 * Holds a call's complete arguments against the schema of its tool; "checking" where that may take long, and belongs in
 * a worker (`lateVerdict`).
 */
export function judgeArguments(call: ToolCallPart, tool: ToolDefinition | null): ArgumentsVerdict {
  if (call.status.state === "input-streaming" || call.status.state === "unfinished") return { kind: "none" };
  const { args } = call.status;
  if (!args.valid) return { kind: "invalid", failures: [args.message] };
  // A schema describes JSON; free text has none to keep to.
  if (call.form === "text") return { kind: "none" };
  if (tool === null) return { kind: BUILT_IN.has(call.name) ? "none" : "unknown-tool" };
  if (!isQuick(tool.parameters, (call.edit?.text ?? call.input).length)) return { kind: "checking" };
  return verdictOf(checkArguments(tool.parameters, args.value));
}

/** The result of a check in a worker, in the same words. */
export function lateVerdict(check: LateCheck, tool: ToolDefinition): ArgumentsVerdict {
  if (check === "unavailable") return { kind: "unchecked" };
  if (check === "too-long")
    return { kind: hasPattern(tool.parameters) ? "pattern-too-slow" : "check-too-slow" };
  return verdictOf(check);
}

function verdictOf(check: ArgumentsCheck): ArgumentsVerdict {
  if (check.valid) return { kind: "valid" };
  return {
    kind: "invalid",
    failures: check.failures.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)),
  };
}

const WAITING = {
  open: "waiting for a result",
  "passed-over": "skipped",
  closed: "not answered",
} as const satisfies Record<Answering, string>;

/** There is a result, and a person decides what of it the model gets. */
const HELD = "long result, not sent";

/** The call's state in a person's words. `isLive`: its step still streams, and takes results only after its end. */
export function callStateLabel(call: ToolCallPart, answering: Answering, isLive: boolean): string {
  switch (call.status.state) {
    case "input-streaming":
      return call.form === "text" ? "writing its input" : "writing arguments";
    case "awaiting-result":
      if (isLive) return "complete";
      return answering === "open" && call.status.held !== undefined ? HELD : WAITING[answering];
    case "running":
      return "running";
    case "answered":
      return call.status.result.isError ? "answered with an error" : "answered";
    case "unfinished":
      return "incomplete, not sent";
  }
}
