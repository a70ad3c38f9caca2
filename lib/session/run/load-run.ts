import type { runCall } from "@/lib/run/answer-calls";
import type { runTurn } from "@/lib/run/run-turn";
import { unreachable } from "@/lib/session/servers/api-client";
import type { RunError } from "@/lib/stream/turn/event";
import type { createDesk } from "@/lib/tools/desk";

/** What runs a turn and its tools. */
type RunCode = {
  readonly runTurn: typeof runTurn;
  readonly runCall: typeof runCall;
  readonly createDesk: typeof createDesk;
};

export type LoadedRun = ({ readonly ok: true } & RunCode) | { readonly ok: false; readonly error: RunError };

/** Fetches what runs a turn, with all dialects and tools: nobody needs it before a first prompt. Never rejects. */
export async function loadRun(): Promise<LoadedRun> {
  try {
    const [{ runTurn }, { runCall }, { createDesk }] = await Promise.all([
      import("@/lib/run/run-turn"),
      import("@/lib/run/answer-calls"),
      import("@/lib/tools/desk"),
    ]);
    return { ok: true, runTurn, runCall, createDesk };
  } catch (cause) {
    return { ok: false, error: unreachable(cause) };
  }
}
