/** What faults, and reasons why nothing was measured, are called for a person. */
import type { FaultClass, NotMeasured } from "./trial";

/** "invalid JSON": goes on from "failed: ". */
export const FAULT_WORDS: Readonly<Record<FaultClass, string>> = {
  transport: "transport",
  http: "HTTP status",
  wire: "wire format",
  leak: "leaked markup",
  parse: "call not parsed",
  "invalid-json": "invalid JSON",
  "unknown-name": "unknown tool",
  "schema-mismatch": "schema mismatch",
  choice: "tool choice",
  argument: "argument",
  "result-use": "use of the result",
  end: "end of the turn",
  text: "text",
  effort: "effort",
};

/** "output cap": goes on from "not measured: ". */
export const REASON_WORDS: Readonly<Record<NotMeasured, string>> = {
  "not-exercised": "never got that far",
  cap: "output cap",
  context: "context too small",
  "rate-limit": "rate limit",
  outage: "server down",
  "refused-here": "refused by Vitrine",
  "changed-server": "server changed",
  stopped: "stopped",
};
