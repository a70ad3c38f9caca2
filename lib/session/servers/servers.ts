/**
 * Keeps `AppState.servers` up to date: which servers exist, what they offer, and what llama.cpp reports about its
 * template.
 */
import type { StoreApi } from "zustand/vanilla";

import { demoModelSchema, modelsReplySchema, providersReplySchema } from "@/lib/contract/servers";
import type { BrowserPlatform } from "@/lib/session/page/browser-platform";
import { type AppState, type ModelList, type ServersState, serverKey } from "@/lib/session/store/app-state";
import type { Keys } from "@/lib/session/store/keys";

import { callApi } from "./api-client";

export type Servers = {
  /** Polls, starting now, until the returned function is called. */
  readonly start: () => () => void;
  /** Asks now. */
  readonly refresh: () => void;
  readonly loadModels: (provider: string, endpoint: string | null, again?: boolean) => void;
  readonly installDemo: () => void;
};

export type ServersPorts = {
  readonly store: StoreApi<AppState>;
  readonly platform: BrowserPlatform;
  readonly keys: Keys;
  /** A call for servers that was begun before the page's own code ran, once; null where there is none. */
  readonly takeBegun: () => Promise<Response> | null;
};

const SOON_MS = 1_000;
/** No server yet: a person is likely to start one now. */
const WAITING_MS = 4_000;
const LATER_MS = 15_000;

/** Watches the servers of one page. */
export function createServers({ store, platform, keys, takeBegun }: ServersPorts): Servers {
  /** Aborted = ask again without a pause. */
  let pause = new AbortController();
  const refresh = () => pause.abort();

  const patch = (change: Partial<ServersState>) =>
    store.setState((state) => ({ servers: { ...state.servers, ...change } }));

  const ask = async () => {
    const begun = takeBegun();
    const early = begun && (await askForProviders(() => begun));
    const result = early?.ok ? early : await askForProviders(platform.fetch);
    if (!result.ok) {
      patch({ problem: result.error });
      return;
    }
    const before = store.getState().servers;
    if (before.problem === null && JSON.stringify(before.reply) === JSON.stringify(result.value)) return;
    patch({ reply: result.value, problem: null });
  };

  const setModels = (key: string, list: ModelList) => {
    patch({ models: new Map(store.getState().servers.models).set(key, list) });
  };

  const installDemo = async () => {
    const result = await callApi({
      fetch: platform.fetch,
      path: "/api/demo",
      body: { action: "install" },
      reply: demoModelSchema,
    });
    if (!result.ok) patch({ problem: result.error });
    refresh();
  };

  return {
    start: () => {
      const ended = new AbortController();
      const stopReturns = platform.onReturn(refresh);
      const watch = async () => {
        while (!ended.signal.aborted) {
          // Made before it asks: whoever refreshes in the meantime wants a newer reply than this one.
          pause = new AbortController();
          const signal = AbortSignal.any([pause.signal, ended.signal]);
          await ask();
          if (!signal.aborted) await platform.wait(pauseAfter(store.getState().servers), signal);
        }
      };
      void watch();
      return () => {
        ended.abort();
        stopReturns();
      };
    },
    refresh,
    loadModels: (provider, endpoint, again = false) => {
      const key = serverKey(provider, endpoint);
      const known = store.getState().servers.models.get(key);
      if (known?.state === "loading" || (known?.state === "ready" && !again)) return;
      setModels(key, { state: "loading" });
      const query = new URLSearchParams({ provider, ...(endpoint === null ? {} : { endpoint }) });
      const load = async () => {
        const result = await callApi({
          fetch: platform.fetch,
          path: `/api/models?${query.toString()}`,
          key: keys.get(provider, endpoint),
          reply: modelsReplySchema,
        });
        setModels(
          key,
          result.ok ? { state: "ready", ...result.value } : { state: "failed", error: result.error },
        );
      };
      void load();
    },
    installDemo: () => void installDemo(),
  };
}

function askForProviders(how: typeof fetch) {
  return callApi({ fetch: how, path: "/api/providers", reply: providersReplySchema });
}

/** ms until the next poll, which is soon while something is about to change. */
function pauseAfter({ reply, problem }: ServersState): number {
  const demo = reply?.demo.state;
  if (problem !== null || demo === "installing" || demo === "starting") return SOON_MS;
  const isUsable = reply?.providers.some(({ reach, key }) => reach.state === "ready" || key === "present");
  return isUsable ? LATER_MS : WAITING_MS;
}
