import { createHash } from "node:crypto";

import type { Tool } from "@modelcontextprotocol/client";

/** SHA-256 in hex of all that a server says of a tool: the same for the same definition, whatever the order of its keys. */
export function definitionHash(tool: Tool): string {
  return createHash("sha256").update(canonical(tool)).digest("hex");
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
