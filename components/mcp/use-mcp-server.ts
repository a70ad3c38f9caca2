"use client";

import { useCallback, useEffect, useRef, useState } from "react";

import type { McpState } from "@/lib/contract/mcp";
import { usePageActions } from "@/lib/session/hooks/use-page";
import type { ApiResult } from "@/lib/session/servers/api-client";
import { changeOfTools, type ListChange } from "@/lib/session/servers/mcp-tools";
import type { McpServerRef } from "@/lib/tools/tool";

/** How often an open card asks whether something changed, ms. */
const ASK_EVERY_MS = 3_000;

export type SeenServer = { readonly state: "asking" } | ApiResult<McpState>;

export type McpConnection = {
  /** What was last seen of it. */
  readonly seen: SeenServer;
  /** It is being asked again; what was seen stays on screen. */
  readonly isBusy: boolean;
  /** What changed in its list while the card was open; null = nothing. */
  readonly change: ListChange | null;
  readonly forgetChange: () => void;
  /** A person has signed in. */
  readonly isSignedIn: boolean;
  /** Why signing in failed; null = it did not. */
  readonly signInProblem: string | null;
  /** Asks again, over a new connection where `call` is "reconnect". */
  readonly ask: (call: "describe" | "reconnect") => void;
};

/** Connects to a server and keeps looking at it as long as its card is open. */
export function useMcpServer(server: McpServerRef): McpConnection {
  const { askMcp } = usePageActions();
  const [seen, setSeen] = useState<SeenServer>({ state: "asking" });
  const [isBusy, setIsBusy] = useState(true);
  const [change, setChange] = useState<ListChange | null>(null);
  const [signIn, setSignIn] = useState<{ readonly done: boolean; readonly problem: string | null }>({
    done: false,
    problem: null,
  });
  const latest = useRef<SeenServer>(seen);
  const isMounted = useRef(true);
  /** Vitrine refused it, as it would each time: nobody asks again until a person does, or it has another address. */
  const isRefused = useRef(false);

  const ask = useCallback(
    (call: "describe" | "reconnect") => {
      const run = async () => {
        setIsBusy(true);
        const reply = await askMcp((client) => client[call](server));
        if (!isMounted.current) return;
        isRefused.current = !reply.ok && !reply.error.retryable;
        const before = readyOf(latest.current);
        const after = readyOf(reply);
        latest.current = reply;
        const found = before && after ? changeOfTools(before.tools, after.tools) : null;
        if (found !== null) setChange(found);
        setSeen(reply);
        setIsBusy(false);
      };
      void run();
    },
    [askMcp, server],
  );

  useEffect(() => {
    isMounted.current = true;
    ask("describe");
    const poll = async () => {
      if (isRefused.current) return;
      const reply = await askMcp((client) => client.revision(server));
      if (!isMounted.current) return;
      if (!reply.ok) {
        isRefused.current = !reply.error.retryable;
        return;
      }
      const { revision, signIn: now } = reply.value;
      setSignIn({ done: now.state === "done", problem: now.state === "failed" ? now.message : null });
      const known = latest.current;
      const ready = readyOf(known);
      const hasChanged = ready !== null && revision !== null && revision !== ready.revision;
      const canConnect = isWaiting(known) && now.state === "done";
      if (hasChanged || canConnect) ask("describe");
    };
    const timer = setInterval(() => void poll(), ASK_EVERY_MS);
    return () => {
      isMounted.current = false;
      clearInterval(timer);
    };
  }, [ask, askMcp, server]);

  return {
    seen,
    isBusy,
    change,
    forgetChange: () => setChange(null),
    isSignedIn: signIn.done,
    signInProblem: signIn.problem,
    ask,
  };
}

function readyOf(seen: SeenServer): Extract<McpState, { readonly state: "ready" }> | null {
  return "ok" in seen && seen.ok && seen.value.state === "ready" ? seen.value : null;
}

function isWaiting(seen: SeenServer): boolean {
  return "ok" in seen && seen.ok && seen.value.state === "sign-in";
}
