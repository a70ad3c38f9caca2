/** Asks llama.cpp servers what their template reads, for the lanes on screen, before anything is sent. */
import type { StoreApi } from "zustand/vanilla";

import type { LlamaProps } from "@/lib/providers/api";
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import { templateProbe, type TemplateRenders } from "@/lib/providers/template-probe";
import type { JsonObject } from "@/lib/stream/json";

import { callApi } from "./api-client";
import { type AppState, serverKey, type ServersState } from "./app-state";
import { isOwnServer } from "./consent";
import type { Keys } from "./keys";
import { probeKey } from "./lane-verdicts";
import { effectiveSetup } from "./lanes";
import { toolsAtHand } from "./person";
import { llamaPropsSchema, llamaTemplateSchema } from "./server-replies";
import type { Surroundings } from "./surroundings";

const LLAMA = "llamacpp";
/** A person who types a setting is left to finish: ms without a change before a server is asked. */
const QUIET_MS = 400;

export type FactsPorts = {
  readonly store: StoreApi<AppState>;
  readonly world: Surroundings;
  readonly keys: Keys;
};

/** Looks at the lanes whenever they or their servers change, until the returned function is called. */
export function watchTemplates({ store, world, keys }: FactsPorts): () => void {
  const ended = new AbortController();
  // What was asked once is not asked again, answered or not, until the server is another one.
  const asked = new Set<string>();
  let quiet = new AbortController();
  let servedBy = "";

  const post = <T>(
    setup: LaneSetup,
    path: string,
    more: object,
    reply: Parameters<typeof callApi<T>>[0]["reply"],
  ) =>
    callApi({
      fetch: world.fetch,
      path,
      key: keys.get(setup.provider, setup.endpoint),
      reply,
      body: {
        provider: setup.provider,
        ...(setup.endpoint === null ? {} : { endpoint: setup.endpoint }),
        ...more,
      },
    });

  const askProps = async (setup: LaneSetup) => {
    const key = serverKey(setup.provider, setup.endpoint);
    if (asked.has(key)) return;
    asked.add(key);
    const props = await post(setup, "/api/llama/props", {}, llamaPropsSchema);
    if (props.ok) put(store, "llama", key, props.value);
  };

  const askRenders = async (setup: LaneSetup) => {
    const provider = findProvider(setup.provider);
    const probe = provider && templateProbe(provider, setup, toolsOf(store.getState()));
    if (!probe) return;
    const key = probeKey(setup, probe);
    if (asked.has(key)) return;
    asked.add(key);
    const render = (body: JsonObject) =>
      post(setup, "/api/llama/apply-template", { body }, llamaTemplateSchema);
    const [chosen, other] = await Promise.all([render(probe.chosen), render(probe.other)]);
    if (chosen.ok && other.ok) {
      put(store, "renders", key, { chosen: chosen.value.prompt, other: other.value.prompt });
    }
  };

  const look = () => {
    const { session, person, servers } = store.getState();
    const now = whoServes(servers);
    if (now !== servedBy) {
      servedBy = now;
      asked.clear();
      store.setState((state) => ({
        servers: { ...state.servers, llama: new Map(), renders: new Map() },
      }));
    }
    for (const lane of session.lanes) {
      const setup = effectiveSetup(session, lane.id);
      if (setup.provider !== LLAMA || !isReachable(setup, servers)) continue;
      if (!isOwnServer(setup.endpoint, { person, servers })) continue;
      void askProps(setup);
      void askRenders(setup);
    }
  };

  const lookSoon = async () => {
    quiet.abort();
    quiet = new AbortController();
    const signal = AbortSignal.any([quiet.signal, ended.signal]);
    if (await world.wait(QUIET_MS, signal)) look();
  };

  const unsubscribe = store.subscribe((state, before) => {
    const same =
      state.session.lanes === before.session.lanes &&
      state.session.shared === before.session.shared &&
      state.session.tools === before.session.tools &&
      state.person === before.person &&
      state.servers.reply === before.servers.reply;
    if (!same) void lookSoon();
  });
  void lookSoon();
  return () => {
    ended.abort();
    unsubscribe();
  };
}

type Facts = { readonly llama: LlamaProps; readonly renders: TemplateRenders };

function put<K extends keyof Facts>(store: StoreApi<AppState>, kind: K, key: string, value: Facts[K]): void {
  store.setState((state) => ({
    servers: { ...state.servers, [kind]: new Map<string, unknown>(state.servers[kind]).set(key, value) },
  }));
}

function isReachable(setup: LaneSetup, { reply }: ServersState): boolean {
  if (setup.endpoint !== null) return true;
  return reply?.providers.find((report) => report.id === LLAMA)?.reach.state === "ready";
}

/** Changes when another server or another model answers at llama.cpp's address. */
function whoServes({ reply }: ServersState): string {
  const report = reply?.providers.find((other) => other.id === LLAMA);
  if (!report || report.reach.state !== "ready") return "";
  return JSON.stringify([report.baseUrl, report.reach.server, report.reach.models.map((model) => model.id)]);
}

function toolsOf({ person, session }: AppState) {
  return toolsAtHand(person.tools, session.tools);
}
