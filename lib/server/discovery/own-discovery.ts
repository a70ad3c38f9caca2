/** This process's discovery: cached for a moment, shared by all routes, and aware of the demo model. */
import { llamaCpp } from "@/lib/providers/presets/llama-cpp";
import type { Provider } from "@/lib/providers/provider";
import { providers } from "@/lib/providers/registry";
import type { DemoMachine } from "@/lib/server/demo/demo-model";
import { ownDemoModel } from "@/lib/server/demo/own-demo-model";
import { environment } from "@/lib/server/environment";
import { shared } from "@/lib/server/shared";
import { setFoundBaseUrl } from "@/lib/server/upstream/base-url";

import { type Found, discover } from "./discovery";

/** The page asks every second while the demo model installs; servers need not hear each of it. */
const KEEP_MS = 2500;

type State = {
  /** Last base URL found, by provider id. Kept while a server is away: a lane never moves on by itself. */
  readonly last: Map<string, string>;
  current: Search | null;
};
type Search = {
  /** When its result is too old, in `performance.now()` ms; while it runs it is the answer, however long it takes. */
  until: number;
  readonly found: Promise<ReadonlyMap<string, Found>>;
};

const state = () => shared<State>("discovery", () => ({ last: new Map(), current: null }));

/** What answers on this machine, at most some seconds old. Takes about a second, up to 4 s where a server whose address was set is slow. Never rejects. */
export function localServers(): Promise<ReadonlyMap<string, Found>> {
  const own = state();
  if (own.current !== null && own.current.until > performance.now()) return own.current.found;
  const next: Search = {
    until: Number.POSITIVE_INFINITY,
    found: search(own, () => (next.until = performance.now() + KEEP_MS)),
  };
  own.current = next;
  return next.found;
}

/** The demo model of this process. Once it is ready its server counts as found. */
export function demoModel(): Promise<DemoMachine> {
  return ownDemoModel(() => {
    const own = state();
    // A server that a person started for it is asked for: one that went away no longer holds the place.
    own.last.delete(llamaCpp.id);
    own.current = null;
    void localServers();
  });
}

async function search({ last }: State, onEnd: () => void): Promise<ReadonlyMap<string, Found>> {
  const found = await discover(providers, { environment: environment(), demo: await demoInUse(last) });
  for (const [id, { baseUrl }] of found) {
    last.set(id, baseUrl);
    setFoundBaseUrl(id, baseUrl);
  }
  onEnd();
  return found;
}

/** The demo model never takes over from a person's own server that is away for a moment. */
async function demoInUse(last: ReadonlyMap<string, string>): Promise<string | null> {
  const demo = (await demoModel()).state();
  if (demo.state !== "ready") return null;
  const used = last.get(llamaCpp.id);
  return used === undefined || used === demo.baseUrl ? demo.baseUrl : null;
}

/** The names of the providers' keys that are set, each once. */
export function presentKeys(all: readonly Provider[] = providers): readonly string[] {
  const { keyOf } = environment();
  const names = all.filter((provider) => keyOf(provider) !== null).flatMap(({ keyEnv }) => keyEnv ?? []);
  return [...new Set(names)];
}
