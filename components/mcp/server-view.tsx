"use client";

import { useState } from "react";

import { KeyForm } from "@/components/settings/model/key-form";
import { Button } from "@/components/ui/button";
import { CodeText } from "@/components/ui/code/code-text";
import { Disclosure } from "@/components/ui/disclosure";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useKeysHeld } from "@/lib/session/hooks/use-servers";
import { useActions } from "@/lib/session/hooks/use-session";
import { tokenPlace } from "@/lib/session/servers/mcp-token";
import type { ListChange } from "@/lib/session/servers/mcp-tools";
import { serverKey } from "@/lib/session/store/app-state";
import type { McpServer } from "@/lib/session/store/session";
import type { McpServerRef } from "@/lib/tools/tool";

import { McpPrompts } from "./prompt-list";
import { McpResources } from "./resource-list";
import { McpSignIn } from "./sign-in";
import { McpTools } from "./tool-list";
import { useMcpServer } from "./use-mcp-server";

const TRANSPORTS = { stdio: "program", http: "Streamable HTTP", sse: "HTTP with SSE" } as const;

type McpServerViewProps = { server: McpServerRef; onEdit: (server: McpServer) => void };

/** One MCP server: how it is reached, what it has, and what of it is in use. */
export function McpServerView({ server, onEdit }: McpServerViewProps) {
  const connection = useMcpServer(server);
  const { seen, isBusy, change, ask } = connection;
  const [isPasting, setIsPasting] = useState(false);
  const actions = useActions();
  const place = tokenPlace(server);
  const keyHeld = useKeysHeld().has(serverKey(...place));
  const name = showMarks(server.name);
  const state = "ok" in seen && seen.ok ? seen.value : null;
  const ready = state?.state === "ready" ? state : null;
  const problem = "ok" in seen && !seen.ok ? seen.error : state?.state === "failed" ? state.error : null;

  return (
    <>
      <section aria-label="Connection" className="grid gap-2 px-4 py-3">
        <output className="grid gap-0.5">
          <span className="font-medium">
            {ready !== null
              ? "connected"
              : problem !== null
                ? "not connected"
                : isBusy
                  ? "connecting…"
                  : "not connected"}
          </span>
          {ready === null ? null : (
            <span className="text-muted text-[13px] [overflow-wrap:anywhere]">
              MCP {showMarks(ready.protocol)} · {TRANSPORTS[ready.transport]} · {Math.round(ready.latencyMs)}{" "}
              ms, measured here
              {ready.software === null
                ? ""
                : ` · calls itself ${showMarks(ready.software.name)} ${showMarks(ready.software.version)}`}
            </span>
          )}
          {server.from === "person" ? (
            <span className="figures text-muted text-[13px] [overflow-wrap:anywhere]">{server.url}</span>
          ) : null}
        </output>
        {problem === null ? null : (
          <p role="alert" className="text-danger text-[13px] [overflow-wrap:anywhere]">
            {showMarks(problem.message)}
          </p>
        )}
        {problem?.detail === undefined ? null : (
          <Disclosure summary="Details">
            <CodeText label="Details" text={showMarks(problem.detail)} maxRows={12} />
          </Disclosure>
        )}
        {state?.state === "sign-in" || connection.isSignedIn ? (
          <McpSignIn
            server={server}
            connection={connection}
            message={state?.state === "sign-in" ? state.message : null}
          />
        ) : null}
        <div className="flex flex-wrap gap-1.5">
          <Button size="small" disabled={isBusy} onClick={() => ask("reconnect")}>
            Reconnect
          </Button>
          {ready?.transport === "stdio" ? null : (
            <Button size="small" onClick={() => setIsPasting(!isPasting)}>
              {keyHeld ? "Change or forget the token" : "Paste a token"}
            </Button>
          )}
          {server.from === "person" ? (
            <Button size="small" onClick={() => onEdit(server)}>
              Rename or edit
            </Button>
          ) : null}
        </div>
        {isPasting ? (
          <KeyForm
            label={name}
            hint="Sent as a bearer token."
            keyEnv={null}
            keyHeld={keyHeld}
            onCancel={() => setIsPasting(false)}
            onSave={(key) => {
              actions.setKey(...place, key);
              setIsPasting(false);
              ask("reconnect");
            }}
          />
        ) : null}
      </section>
      {change === null ? null : (
        <output className="bg-sunken flex items-start gap-2 px-4 py-2 text-[13px]">
          <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{changeWords(change)}</span>
          <Button size="small" onClick={connection.forgetChange}>
            Close
          </Button>
        </output>
      )}
      {ready === null ? null : (
        <>
          {ready.problems.map((sentence) => (
            <p key={sentence} className="text-danger px-4 py-1 text-[13px]">
              {showMarks(sentence)}
            </p>
          ))}
          {ready.instructions === null ? null : (
            <Disclosure summary="Instructions of the server" className="border-line border-t px-4 py-2">
              <p className="text-[13px] [overflow-wrap:anywhere] whitespace-pre-wrap">
                {showMarks(ready.instructions.slice(0, 20_000))}
              </p>
            </Disclosure>
          )}
          <McpTools server={server} described={ready} />
          <McpPrompts server={server} prompts={ready.prompts} />
          <McpResources server={server} described={ready} />
        </>
      )}
    </>
  );
}

function changeWords({ added, gone, changed }: ListChange): string {
  const sentences = [...named("New", added), ...named("Gone", gone), ...named("Changed", changed)];
  return `The server's list of tools changed. ${sentences.join(" ")}`;
}

function named(label: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const more = names.length > 20 ? " …" : "";
  return [`${label}: ${showMarks(names.slice(0, 20).join(", "))}${more}.`];
}
