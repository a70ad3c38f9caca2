import { formatPlural } from "@/lib/stream/figures/format-number";

import type { SourceState } from "./model-source";

/** What was last seen of a server, in a few words, such as "12 models · 40 ms": the same wherever servers are listed. */
export function seenWords(state: SourceState): string {
  switch (state.state) {
    case "ready": {
      if (state.below !== undefined) return `answers below ${state.below}`;
      const models =
        state.models.length === 0 ? "lists no models" : formatPlural(state.models.length, "model");
      return state.latencyMs === undefined ? models : `${models} · ${state.latencyMs} ms`;
    }
    case "loading":
      return "asking …";
    case "not-asked":
      return "not asked yet";
    case "no-key":
      return "needs a key";
    case "absent":
      return "not running";
    case "unsupported":
      return "not supported yet";
    case "error":
      return failureWords(state.code);
  }
}

const FAILURES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refused",
  ENOTFOUND: "host not found",
  EAI_AGAIN: "host not found",
  EHOSTUNREACH: "not reachable",
  ENETUNREACH: "not reachable",
  TimeoutError: "no answer in time",
  ETIMEDOUT: "no answer in time",
  UND_ERR_CONNECT_TIMEOUT: "no answer in time",
};

function failureWords(code: string | null): string {
  const status = /^HTTP_(\d{3})$/u.exec(code ?? "")?.[1];
  if (status !== undefined) return `answers ${status}`;
  return FAILURES[code ?? ""] ?? "cannot list its models";
}
