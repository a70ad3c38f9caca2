/** Asks llama.cpp servers which settings their templates use, for the lanes on screen, before anything is sent. */
import type { StoreApi } from "zustand/vanilla";

import { LLAMA_CALLS } from "@/lib/contract/llama";
import type { LlamaProps } from "@/lib/providers/llama-props";
import { llamaCpp } from "@/lib/providers/presets/llama-cpp";
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import { templateProbe, type TemplateRenders } from "@/lib/providers/rules/template-probe";
import type { BrowserPlatform } from "@/lib/session/page/browser-platform";
import { type AppState, serverKey, type ServersState } from "@/lib/session/store/app-state";
import { isOwnServer } from "@/lib/session/store/consent";
import type { Keys } from "@/lib/session/store/keys";
import { probeKey } from "@/lib/session/store/lane-verdicts";
import { effectiveSetup } from "@/lib/session/store/lanes";
import { toolsAtHand } from "@/lib/session/store/person";
import type { JsonObject } from "@/lib/stream/turn/json";

import { callApi } from "./api-client";

const LLAMA = llamaCpp.id;
/** Waits for a person to finish typing a setting: ms without a change before a server is asked. */
const QUIET_MS = 400;
/** Facts older than this, in ms, are fetched again before they are used. */
const STALE_MS = 15_000;

export type FactsPorts = {
  readonly store: StoreApi<AppState>;
  readonly platform: BrowserPlatform;
  readonly keys: Keys;
};

/** How one question stands. `at`: ms on the clock. */
type Asked = {
  readonly server: string;
  readonly at: number;
  readonly state: "open" | "answered" | "failed";
};

/** Answers and failures that are older than this, in ms, are asked for again. */
type Ages = { readonly answered: number; readonly failed: number };

const WHEN_CHANGED: Ages = { answered: Number.POSITIVE_INFINITY, failed: STALE_MS };
const WHEN_USED: Ages = { answered: STALE_MS, failed: 0 };
const WHEN_RETRIED: Ages = { answered: Number.POSITIVE_INFINITY, failed: 0 };

/**
 * Looks at the lanes whenever they or their servers change, when a run begins, when the page is seen again, and a while
 * after a server did not answer, until the returned function is called. What is known of a server that answers as
 * another one is forgotten.
 */
export function watchTemplates({ store, platform, keys }: FactsPorts): () => void {
  const ended = new AbortController();
  const asked = new Map<string, Asked>();
  let quiet = new AbortController();
  let retry: Promise<void> | null = null;
  let servedBy = "";

  const post = <T>(
    setup: LaneSetup,
    path: string,
    more: object,
    reply: Parameters<typeof callApi<T>>[0]["reply"],
  ) =>
    callApi({
      fetch: platform.fetch,
      path,
      key: keys.get(setup.provider, setup.endpoint),
      reply,
      body: {
        provider: setup.provider,
        ...(setup.endpoint === null ? {} : { endpoint: setup.endpoint }),
        ...more,
      },
    });

  const isDue = (key: string, ages: Ages): boolean => {
    const known = asked.get(key);
    if (known === undefined) return true;
    return known.state !== "open" && platform.clock.now() - known.at >= ages[known.state];
  };

  /** Asks once; `onAnswer` receives the answer unless the question was dropped in the meantime. */
  const question = async <T>(
    key: string,
    server: string,
    ask: () => Promise<T | null>,
    onAnswer: (answer: T | null) => void,
  ) => {
    const open: Asked = { server, at: platform.clock.now(), state: "open" };
    asked.set(key, open);
    const answer = await ask();
    if (asked.get(key) !== open) return;
    asked.set(key, { server, at: platform.clock.now(), state: answer === null ? "failed" : "answered" });
    onAnswer(answer);
    if (answer === null) retryLater();
  };

  const forgetRenders = (server: string) => {
    const gone = new Set<string>();
    for (const [key, known] of asked) {
      if (known.server !== server || key === server) continue;
      gone.add(key);
      asked.delete(key);
    }
    store.setState(({ servers }) => ({ servers: { ...servers, renders: without(servers.renders, gone) } }));
  };

  const forget = (server: string) => {
    asked.delete(server);
    forgetRenders(server);
    store.setState(({ servers }) => ({
      servers: { ...servers, llama: without(servers.llama, new Set([server])) },
    }));
  };

  const askProps = (setup: LaneSetup, ages: Ages) => {
    const key = serverKey(setup.provider, setup.endpoint);
    if (!isDue(key, ages)) return;
    const ask = async () => {
      const props = await post(setup, "/api/llama/props", {}, LLAMA_CALLS.props.reply);
      return props.ok ? props.value : null;
    };
    void question(key, key, ask, (props) => {
      const before = store.getState().servers.llama.get(key);
      // A server that does not answer right now is assumed unchanged until it reports otherwise.
      if (props === null || JSON.stringify(before) === JSON.stringify(props)) return;
      if (before) forgetRenders(key);
      put(store, "llama", key, props);
      if (before) look(WHEN_CHANGED);
    });
  };

  const askRenders = (setup: LaneSetup, ages: Ages) => {
    const provider = findProvider(setup.provider);
    const probe = provider && templateProbe(provider, setup, toolsOf(store.getState()));
    if (!probe) return;
    const key = probeKey(setup, probe);
    // While the server describes itself in the same way, its template is the same.
    if (!isDue(key, { ...ages, answered: Number.POSITIVE_INFINITY })) return;
    const render = async (body: JsonObject) =>
      post(setup, "/api/llama/apply-template", { body }, LLAMA_CALLS["apply-template"].reply);
    const ask = async () => {
      const [chosen, other] = await Promise.all([render(probe.chosen), render(probe.other)]);
      return chosen.ok && other.ok ? { chosen: chosen.value.prompt, other: other.value.prompt } : null;
    };
    void question(key, serverKey(setup.provider, setup.endpoint), ask, (renders) => {
      if (renders) put(store, "renders", key, renders);
    });
  };

  const look = (ages: Ages) => {
    const { session, person, servers } = store.getState();
    const now = whoServes(servers);
    if (now !== servedBy) {
      if (servedBy !== "") forget(serverKey(LLAMA, null));
      servedBy = now;
    }
    for (const lane of session.lanes) {
      const setup = effectiveSetup(session, lane.id);
      if (setup.provider !== LLAMA || !isReachable(setup, servers)) continue;
      if (!isOwnServer(setup.endpoint, { person, servers })) continue;
      askProps(setup, ages);
      askRenders(setup, ages);
    }
  };

  const lookSoon = async () => {
    quiet.abort();
    quiet = new AbortController();
    const signal = AbortSignal.any([quiet.signal, ended.signal]);
    if (await platform.wait(QUIET_MS, signal)) look(WHEN_CHANGED);
  };

  const retryLater = () => {
    const wait = async () => {
      const isTime = await platform.wait(STALE_MS, ended.signal);
      retry = null;
      if (isTime) look(WHEN_RETRIED);
    };
    retry ??= wait();
  };

  const unsubscribe = store.subscribe((state, before) => {
    for (const [key, list] of state.servers.models) {
      // A newly fetched list may come from another server.
      if (list.state !== "loading" && list !== before.servers.models.get(key)) asked.delete(key);
    }
    const same =
      state.session.lanes === before.session.lanes &&
      state.session.shared === before.session.shared &&
      state.session.tools === before.session.tools &&
      state.person === before.person &&
      state.servers.models === before.servers.models &&
      state.servers.reply === before.servers.reply;
    if (!same) void lookSoon();
    if (state.live.size > before.live.size) look(WHEN_USED);
  });
  const stopReturns = platform.onReturn(() => look(WHEN_USED));
  void lookSoon();
  return () => {
    ended.abort();
    stopReturns();
    unsubscribe();
  };
}

type Facts = { readonly llama: LlamaProps; readonly renders: TemplateRenders };

function put<K extends keyof Facts>(store: StoreApi<AppState>, kind: K, key: string, value: Facts[K]): void {
  store.setState((state) => ({
    servers: { ...state.servers, [kind]: new Map<string, unknown>(state.servers[kind]).set(key, value) },
  }));
}

function without<T>(map: ReadonlyMap<string, T>, keys: ReadonlySet<string>): ReadonlyMap<string, T> {
  return new Map([...map].filter(([key]) => !keys.has(key)));
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
