import type { StoreApi } from "zustand/vanilla";

import { TOOL_CALLS } from "@/lib/contract/tool-run";
import { withImageBytes } from "@/lib/run/image-reference";
import { joinRecords } from "@/lib/run/record";
import type { Images } from "@/lib/session/images/images";
import { referencesIn } from "@/lib/session/images/wire-images";
import { type ApiResult, callApi, unreachable } from "@/lib/session/servers/api-client";
import type { McpClient } from "@/lib/session/servers/mcp-client";
import type { Servers } from "@/lib/session/servers/servers";
import type { SessionDatabase } from "@/lib/session/storage/database";
import { exportFileName } from "@/lib/session/storage/export-session";
import type { Persist } from "@/lib/session/storage/persist";
import { type AppState, serverKey } from "@/lib/session/store/app-state";
import type { Consent } from "@/lib/session/store/consent";
import type { Keys } from "@/lib/session/store/keys";
import type { LiveTurns } from "@/lib/session/store/live-turns";
import { browserErrorText, type Notify } from "@/lib/session/store/notices";
import { endpointsAtHand, toolsAtHand } from "@/lib/session/store/person";
import { rowsOf } from "@/lib/session/store/turn-tree";
import { emptyTurn } from "@/lib/stream/turn/fold";

import type { PageActions } from "./session-app";

/** What a person can do beside the session itself. */
export function pageActions(ports: {
  readonly store: StoreApi<AppState>;
  readonly servers: Servers;
  readonly persist: Persist;
  readonly database: SessionDatabase;
  readonly images: Images;
  readonly live: LiveTurns;
  readonly consent: Consent;
  readonly notify: Notify;
  readonly keys: Keys;
  readonly fetch: typeof fetch;
  readonly describe: PageActions["describeTool"];
}): PageActions {
  const { store, servers, persist, database, images, live, consent, keys } = ports;
  const loadMcpClient = async (): Promise<ApiResult<McpClient>> => {
    try {
      const { createMcpClient } = await import("@/lib/session/servers/mcp-client");
      return { ok: true, value: createMcpClient({ fetch: ports.fetch, keys }) };
    } catch (cause) {
      return { ok: false, error: unreachable(cause) };
    }
  };
  return {
    askMcp: async (ask) => {
      const client = await loadMcpClient();
      return client.ok ? ask(client.value) : client;
    },
    notify: ports.notify,
    dismissNotice: (id) =>
      store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
    answerQuestion: consent.answer,
    refreshServers: servers.refresh,
    loadModels: servers.loadModels,
    installDemo: servers.installDemo,
    secretNames: async () => {
      const { reply } = TOOL_CALLS.secrets;
      const named = await callApi({ fetch: ports.fetch, path: "/api/tools/secrets", body: {}, reply });
      return named.ok ? named.value.names : [];
    },
    recordsOf: async (turn, how) => {
      // By its steps: a clone's and those that a retry kept were recorded under the turn that made them.
      const current = live.current(turn) ?? store.getState().turns.get(turn)?.turn ?? emptyTurn();
      const ids = current.steps.map((step) => step.id);
      // Before the saved ones: what is written while they are read is found here.
      const unsaved = persist.unsavedRecords().filter(({ facts }) => ids.includes(facts.stepId));
      const saved = await database.recordsOfSteps(ids).catch((error: unknown) => {
        if (how !== "quietly")
          ports.notify("error", `The saved raw responses could not be read. ${browserErrorText(error)}`);
        return [];
      });
      const found = joinRecords([...saved, ...unsaved]);
      return ids.flatMap((id) =>
        found.filter(({ stepId }) => stepId === id).toSorted((a, b) => a.attempt - b.attempt),
      );
    },
    sentRequest: async ({ request }) => withImageBytes(request, await images.base64(referencesIn(request))),
    renderPrompt: async (request) => {
      const { renderPrompt } = await import("@/lib/session/servers/render-prompt");
      const key = keys.get(request.provider, request.endpoint);
      return renderPrompt(request, { fetch: ports.fetch, key });
    },
    promptTokens: async (request) => {
      const { promptTokens } = await import("@/lib/session/servers/render-prompt");
      const key = keys.get(request.provider, request.endpoint);
      return promptTokens(request, { fetch: ports.fetch, key });
    },
    priceTools: async (setup, tools, when, signal) => {
      const { priceTools } = await import("@/lib/session/servers/tool-price");
      const llama = store.getState().servers.llama.get(serverKey(setup.provider, setup.endpoint)) ?? null;
      const key = keys.get(setup.provider, setup.endpoint);
      return priceTools({ setup, tools, llama, ...when }, { fetch: ports.fetch, key }, signal);
    },
    describeTool: ports.describe,
    readImage: images.read,
    exportFileName: (id) => {
      const { session, summaries } = store.getState();
      const summary = summaries.find((other) => other.id === id);
      return exportFileName(session.id === id ? session.name : (summary?.name ?? ""));
    },
    shareLink: async (origin) => {
      const { session, turns, person } = store.getState();
      const last = rowsOf(session.lanes, turns).at(-1)?.turns.values().next().value;
      const isDraft = session.draft !== "" || session.draftImages.length > 0;
      const { writeLink } = await import("@/lib/session/link/write-link");
      return writeLink(
        {
          session,
          tools: toolsAtHand(person.tools, session.tools),
          endpoints: endpointsAtHand(person.endpoints, session.endpoints),
          prompt: isDraft ? session.draft : (last?.prompt ?? ""),
          images: isDraft ? session.draftImages.length : (last?.images.length ?? 0),
        },
        origin,
      );
    },
  };
}
