/** The sign-ins of this process, by the plan of their server. */
import { shared } from "@/lib/server/shared";

import type { MemoryProvider } from "./memory-provider";

export type SignIn = {
  readonly memory: MemoryProvider;
  progress:
    | { readonly state: "waiting"; readonly key: string }
    | { readonly state: "done" }
    | { readonly state: "failed"; readonly message: string };
};

/** What must not come back from a server: what its plan holds, and tokens, which change in the middle of a call. */
export function liveSecrets({
  id,
  secrets,
}: {
  readonly id: string;
  readonly secrets: readonly string[];
}): readonly string[] {
  return [...secrets, ...(signInOf(id)?.memory.secrets() ?? [])];
}

const MOST = 100;

const all = () => shared("mcp-sign-ins", () => new Map<string, SignIn>());

/** What is remembered for a server; null = nobody began to sign in. */
export function signInOf(planId: string): SignIn | null {
  return all().get(planId) ?? null;
}

/** Remembers it; the oldest is forgotten where there are too many. */
export function rememberSignIn(planId: string, signIn: SignIn): void {
  const known = all();
  known.delete(planId);
  known.set(planId, signIn);
  const [oldest] = known.keys();
  if (known.size > MOST && oldest !== undefined) known.delete(oldest);
}

/** Forgets its tokens. */
export function forgetSignIn(planId: string): void {
  all().delete(planId);
}

/** The sign-in that waits for this key, with its plan. A key is good once. */
export function takeWaiting(key: string): { readonly planId: string; readonly signIn: SignIn } | null {
  for (const [planId, signIn] of all())
    if (signIn.progress.state === "waiting" && signIn.progress.key === key) {
      signIn.progress = { state: "failed", message: "The sign-in was not finished." };
      return { planId, signIn };
    }
  return null;
}
