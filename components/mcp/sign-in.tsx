"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";
import { showMarks } from "@/lib/markdown/visible-marks";
import { usePageActions } from "@/lib/session/hooks/use-page";
import type { McpServerRef } from "@/lib/tools/tool";

import type { McpConnection } from "./use-mcp-server";

type McpSignInProps = {
  server: McpServerRef;
  connection: McpConnection;
  /** Why a person has to sign in; null = they have. */
  message: string | null;
};

/** Begins a sign-in, shows where it leads, and opens nothing by itself. */
export function McpSignIn({ server, connection, message }: McpSignInProps) {
  const { askMcp } = usePageActions();
  const [url, setUrl] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const begin = async () => {
    setProblem(null);
    const reply = await askMcp((client) => client.signIn(server));
    if (!reply.ok) setProblem(reply.error.message);
    else if (reply.value.state === "failed") setProblem(reply.value.message);
    else if (reply.value.state === "done") connection.ask("describe");
    else setUrl(reply.value.url);
  };
  const leave = async () => {
    const reply = await askMcp((client) => client.signOut(server));
    setUrl(null);
    if (!reply.ok) setProblem(reply.error.message);
    connection.ask("describe");
  };
  const shown = problem ?? connection.signInProblem;
  return (
    <div className="grid justify-items-start gap-1.5">
      {message === null ? null : <p className="text-[13px]">{showMarks(message)}</p>}
      {message === null ? (
        <Button size="small" onClick={() => void leave()}>
          Sign out
        </Button>
      ) : url === null ? (
        <Button kind="primary" size="small" onClick={() => void begin()}>
          Sign in
        </Button>
      ) : (
        <>
          <p className="text-muted text-[13px] [overflow-wrap:anywhere]">
            You sign in at <span className="text-text font-medium">{hostOf(url)}</span>. The page leads back
            to Vitrine.
          </p>
          <a
            href={url}
            target="_blank"
            rel="noopener noreferrer"
            className="rounded-inner bg-accent text-accent-text inline-flex h-6 items-center px-2 text-[13px] pointer-coarse:min-h-11"
          >
            Open {hostOf(url)}
          </a>
        </>
      )}
      {shown === null ? null : <p className="text-danger text-[13px]">{showMarks(shown)}</p>}
    </div>
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "";
}
