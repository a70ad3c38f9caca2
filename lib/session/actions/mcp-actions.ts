import type { StoreApi } from "zustand/vanilla";

import { tokenPlace } from "@/lib/session/servers/mcp-token";
import type { PersonLists } from "@/lib/session/storage/person-lists";
import type { AppState } from "@/lib/session/store/app-state";
import type { Keys } from "@/lib/session/store/keys";
import { withCopies } from "@/lib/session/store/person";
import type { SessionActions } from "@/lib/session/store/session";

import type { Editor } from "./editor";

type McpActions = Pick<SessionActions, "saveMcpServer" | "removeMcpServer">;

/** Actions on the MCP servers that a person added. */
export function mcpActions({
  store,
  keys,
  lists,
  editor,
}: {
  readonly store: StoreApi<AppState>;
  readonly keys: Keys;
  readonly lists: PersonLists;
  readonly editor: Editor;
}): McpActions {
  const serverAt = (url: string) => store.getState().person.mcpServers.find((server) => server.url === url);
  return {
    saveMcpServer: (server, from) => {
      lists.saveMcpServer(server);
      if (from === null) return;
      if (from !== server.url) {
        // What was pasted for one address is not sent to another.
        keys.forget("mcp", from);
        lists.removeMcpServer(from);
      }
      for (const tool of store.getState().person.tools) {
        const { binding } = tool;
        if (binding.kind !== "mcp" || binding.server.from !== "person" || binding.server.url !== from)
          continue;
        lists.saveTool({ ...tool, binding: { ...binding, server } });
      }
      editor.change((session) => withCopies(session, store.getState().person), "quiet");
    },
    removeMcpServer: (url) => {
      const server = serverAt(url);
      if (server === undefined) return () => undefined;
      const putTokenBack = keys.forget(...tokenPlace(server));
      lists.removeMcpServer(url);
      return () => {
        putTokenBack();
        lists.saveMcpServer(server);
      };
    },
  };
}
