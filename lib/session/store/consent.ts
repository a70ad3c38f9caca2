/** Sends nothing to a server that is not the person's own until the person has allowed it once. */
import type { StoreApi } from "zustand/vanilla";

import type { ProvidersReply } from "@/lib/contract/servers";
import type { LaneSetup } from "@/lib/providers/provider";
import type { PersonLists } from "@/lib/session/storage/person-lists";

import type { AppState, OriginQuestion } from "./app-state";
import { endpointsAtHand } from "./person";

export type Consent = {
  /** Asks on screen where it is not known; false when the person says no or `signal` aborts first. */
  readonly ask: (setup: LaneSetup, signal: AbortSignal) => Promise<boolean>;
  /** The person's answer to the question on screen. Yes makes the server the person's own. */
  readonly answer: (isAllowed: boolean) => void;
};

/** Whether an address is a preset's, one of the person's servers, or on the same origin as one of them. */
export function isOwnServer(
  endpoint: string | null,
  {
    person,
    servers,
  }: { readonly person: AppState["person"]; readonly servers: { reply: ProvidersReply | null } },
): boolean {
  if (endpoint === null) return true;
  const origin = originOf(endpoint);
  const known = [
    ...person.endpoints.map(({ baseUrl }) => baseUrl),
    ...(servers.reply?.providers ?? []).map(({ baseUrl }) => baseUrl),
  ];
  return known.some((baseUrl) => originOf(baseUrl) === origin);
}

type Waiting = {
  readonly question: OriginQuestion;
  readonly setup: LaneSetup;
  readonly settle: Set<(isAllowed: boolean) => void>;
};

/** Shows one question at a time: lanes that ask for the same origin share it. */
export function createConsent(store: StoreApi<AppState>, lists: PersonLists): Consent {
  const waiting = new Map<string, Waiting>();
  const show = () => {
    const [first] = waiting.values();
    store.setState({ question: first?.question ?? null });
  };
  const end = (origin: string, isAllowed: boolean) => {
    const asked = waiting.get(origin);
    waiting.delete(origin);
    for (const settle of asked?.settle ?? []) settle(isAllowed);
    show();
  };
  return {
    ask: (setup, signal) => {
      const state = store.getState();
      if (setup.endpoint === null || isOwnServer(setup.endpoint, state)) return Promise.resolve(true);
      if (signal.aborted) return Promise.resolve(false);
      const origin = originOf(setup.endpoint);
      const name = nameOf(setup.endpoint, state);
      const asked = waiting.get(origin) ?? { question: { origin, name }, setup, settle: new Set() };
      waiting.set(origin, asked);
      show();
      return new Promise((resolve) => {
        asked.settle.add(resolve);
        signal.addEventListener(
          "abort",
          () => {
            resolve(false);
            asked.settle.delete(resolve);
            if (asked.settle.size === 0 && waiting.get(origin) === asked) end(origin, false);
          },
          { once: true },
        );
      });
    },
    answer: (isAllowed) => {
      const [asked] = waiting.values();
      if (!asked) return;
      const { endpoint, provider } = asked.setup;
      if (isAllowed && endpoint !== null) {
        const copy = store.getState().session.endpoints.find(({ baseUrl }) => baseUrl === endpoint);
        lists.addEndpoint(copy ?? { name: asked.question.name, baseUrl: endpoint, provider });
      }
      end(asked.question.origin, isAllowed);
    },
  };
}

function nameOf(endpoint: string, { person, session }: AppState): string {
  const known = endpointsAtHand(person.endpoints, session.endpoints);
  return known.find(({ baseUrl }) => baseUrl === endpoint)?.name ?? originOf(endpoint);
}

function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : address;
}
