import type { runTurn } from "@/lib/run/run-turn";
import { unreachable } from "@/lib/session/servers/api-client";
import type { RunError } from "@/lib/stream/turn/event";

export type LoadedRun =
  | { readonly ok: true; readonly runTurn: typeof runTurn }
  | { readonly ok: false; readonly error: RunError };

/** Fetches what runs a turn, with all dialects: nobody needs it before a first prompt. Never rejects. */
export async function loadRun(): Promise<LoadedRun> {
  try {
    const loaded = await import("@/lib/run/run-turn");
    return { ok: true, runTurn: loaded.runTurn };
  } catch (cause) {
    return { ok: false, error: unreachable(cause) };
  }
}
