"use client";

import { useState } from "react";

import { ViewsPanel } from "@/components/ui/panel/views-panel";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useActions, useMcpServers } from "@/lib/session/hooks/use-session";
import type { McpServer } from "@/lib/session/store/session";
import type { McpServerRef } from "@/lib/tools/tool";

import { McpServerForm } from "./server-form";
import { McpServerList } from "./server-list";
import { McpServerView } from "./server-view";

type View =
  | { readonly at: "list" }
  | { readonly at: "form"; readonly server: McpServer | null }
  | { readonly at: "server"; readonly server: McpServerRef };

const LIST: View = { at: "list" };

/** The MCP servers: those of the configuration and those a person added, and what each has. */
export function McpPanel({ onTools, onClose }: { onTools: () => void; onClose: () => void }) {
  const [view, setView] = useState<View>(LIST);
  const actions = useActions();
  const own = useMcpServers();
  const back = () => setView(LIST);
  return (
    <ViewsPanel
      title={titleOf(view)}
      back={view.at === "list" ? null : { label: "Back to all MCP servers", run: back }}
      onClose={onClose}
    >
      {view.at === "list" ? (
        <McpServerList
          onAdd={() => setView({ at: "form", server: null })}
          onOpen={(server) => setView({ at: "server", server })}
          onTools={onTools}
        />
      ) : view.at === "form" ? (
        <McpServerForm
          server={view.server}
          taken={own.map(({ url }) => url).filter((url) => url !== view.server?.url)}
          onCancel={back}
          onSave={(server, token) => {
            actions.saveMcpServer(server, view.server?.url ?? null);
            if (token !== null) actions.setKey("mcp", server.url, token);
            setView({ at: "server", server });
          }}
        />
      ) : (
        <McpServerView
          key={JSON.stringify(view.server)}
          server={view.server}
          onEdit={(server) => setView({ at: "form", server })}
        />
      )}
    </ViewsPanel>
  );
}

function titleOf(view: View): string {
  if (view.at === "list") return "MCP servers";
  if (view.at === "server") return showMarks(view.server.name);
  return view.server === null ? "Add an MCP server" : "Edit MCP server";
}
