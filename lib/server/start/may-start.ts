import { providers } from "@/lib/providers/registry";
import { environment } from "@/lib/server/environment";

import { refusal } from "./refusal";

/** Why this process must not serve, in one line, or null: a bad variable, or keys open to the network. */
export function mayStart(): string | null {
  try {
    return refusal(environment(), providers);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
