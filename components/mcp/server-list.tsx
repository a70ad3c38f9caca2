"use client";

import { Plus, Trash2 } from "lucide-react";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";

import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { EmptyRow, ListGroup } from "@/components/ui/list-group";
import { UndoRow } from "@/components/ui/undo-row";
import { showMarks } from "@/lib/markdown/visible-marks";
import { usePageActions } from "@/lib/session/hooks/use-page";
import { useActions, useMcpServers, useTools } from "@/lib/session/hooks/use-session";
import type { McpClient } from "@/lib/session/servers/mcp-client";
import { toolsOfServer } from "@/lib/session/servers/mcp-tools";
import { formatPlural } from "@/lib/stream/figures/format-number";
import type { McpServerRef } from "@/lib/tools/tool";

type Configured = Awaited<ReturnType<McpClient["servers"]>>;

type Removed = { readonly name: string; readonly url: string; readonly undo: () => void };

type McpServerListProps = {
  onAdd: () => void;
  onOpen: (server: McpServerRef) => void;
  onTools: () => void;
};

/** Every MCP server. Opening one connects to it; the list itself connects to none. */
export function McpServerList({ onAdd, onOpen, onTools }: McpServerListProps) {
  const own = useMcpServers();
  const actions = useActions();
  const { configured, askAgain } = useConfigured();
  const [removed, setRemoved] = useState<Removed | null>(null);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 px-4 py-3">
        <Button kind="primary" data-initial-focus="" onClick={onAdd}>
          <Plus size={14} aria-hidden />
          Add an MCP server
        </Button>
        <Button onClick={onTools}>Tools</Button>
      </div>
      {removed === null ? null : (
        <UndoRow
          key={removed.url}
          onUndo={() => {
            removed.undo();
            setRemoved(null);
          }}
        >{`Removed ${showMarks(removed.name)}. Its tools stay.`}</UndoRow>
      )}
      <ListGroup title="Your MCP servers">
        {own.map((server) => (
          <Row
            key={server.url}
            server={server}
            where={server.url.replace(/^https?:\/\//u, "")}
            onOpen={() => onOpen(server)}
          >
            <IconButton
              label={`Remove ${showMarks(server.name)}`}
              onClick={() =>
                setRemoved({ name: server.name, url: server.url, undo: actions.removeMcpServer(server.url) })
              }
            >
              <Trash2 size={14} aria-hidden />
            </IconButton>
          </Row>
        ))}
        {own.length > 0 ? null : <EmptyRow>None added yet.</EmptyRow>}
      </ListGroup>
      <ListGroup title="Named in the configuration">
        {configured === null ? (
          <EmptyRow>Reading the configuration…</EmptyRow>
        ) : !configured.ok ? (
          <li role="alert" className="flex items-start gap-2 px-4 py-2 text-[13px]">
            <span className="text-danger min-w-0 flex-1 [overflow-wrap:anywhere]">
              {showMarks(configured.error.message)}
            </span>
            <Button size="small" onClick={askAgain}>
              Try again
            </Button>
          </li>
        ) : (
          <>
            {configured.value.servers.map(({ name, transport, where }) => (
              <Row
                key={name}
                server={{ from: "config", name }}
                where={transport === "stdio" ? `runs ${where}` : where}
                onOpen={() => onOpen({ from: "config", name })}
              />
            ))}
            {configured.value.problems.map((problem) => (
              <li key={problem} className="text-danger px-4 py-1 text-[13px]">
                {showMarks(problem)}
              </li>
            ))}
            {configured.value.servers.length > 0 ? null : (
              <EmptyRow>
                {configured.value.file} names none. It can also name programs on this machine: docs/mcp.md
                says how.
              </EmptyRow>
            )}
          </>
        )}
      </ListGroup>
    </>
  );
}

/** What the configuration names; null while it is read. */
function useConfigured(): { readonly configured: Configured | null; readonly askAgain: () => void } {
  const { askMcp } = usePageActions();
  const [configured, setConfigured] = useState<Configured | null>(null);
  const isMounted = useRef(true);
  const ask = useCallback(async () => {
    const reply = await askMcp((client) => client.servers());
    if (isMounted.current) setConfigured(reply);
  }, [askMcp]);
  useEffect(() => {
    isMounted.current = true;
    void ask();
    return () => {
      isMounted.current = false;
    };
  }, [ask]);
  const askAgain = () => {
    setConfigured(null);
    void ask();
  };
  return { configured, askAgain };
}

type RowProps = { server: McpServerRef; where: string; onOpen: () => void; children?: ReactNode };

function Row({ server, where, onOpen, children }: RowProps) {
  const count = toolsOfServer(useTools(), server).size;
  const name = showMarks(server.name);
  return (
    <li className="flex items-center gap-1 px-4 py-2">
      <button
        type="button"
        aria-label={`Open ${name}`}
        onClick={onOpen}
        className="rounded-inner hover:text-accent grid min-w-0 flex-1 text-left"
      >
        <span className="flex min-w-0 items-baseline gap-2">
          <span dir="auto" className="min-w-0 truncate font-medium">
            {name}
          </span>
          {count === 0 ? null : (
            <span className="text-muted ml-auto shrink-0 text-[13px]">
              {formatPlural(count, "tool")} in use
            </span>
          )}
        </span>
        <span className="figures text-muted truncate text-[13px]">{showMarks(where)}</span>
      </button>
      {children}
    </li>
  );
}
