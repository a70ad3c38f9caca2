import type { StoreApi } from "zustand/vanilla";

import { type Credential, writeCredential } from "@/lib/contract/access";
import type { AddressSecrets } from "@/lib/providers/base-url";

import { type AppState, serverKey } from "./app-state";

/**
 * Keys that people pasted, and what was cut out of addresses: in this tab's memory and nowhere else. The store only
 * knows whether one exists.
 */
export type Keys = {
  /** What the key's header carries to this server; null = nothing is held. */
  readonly get: (provider: string, endpoint: string | null) => string | null;
  /** `null` or blank text forgets it. */
  readonly set: (provider: string, endpoint: string | null, key: string | null) => void;
  readonly setAddress: (provider: string, endpoint: string, secrets: AddressSecrets) => void;
  /** Whether what was cut out of the address is held. */
  readonly holdsAddress: (provider: string, endpoint: string) => boolean;
  /** Forgets all that is held for a server. Returns what puts it back. */
  readonly forget: (provider: string, endpoint: string) => () => void;
  /** The server has another address or style now. */
  readonly move: (from: Held, to: Held) => void;
};

type Held = { readonly provider: string; readonly baseUrl: string };

const NOTHING: Credential = { key: null, login: null, query: "" };

/** A holder that keeps `keysHeld` in sync with its contents. */
export function createKeys(store: StoreApi<AppState>): Keys {
  const held = new Map<string, Credential>();
  const put = (server: string, next: Credential) => {
    if (next.key === null && next.login === null && next.query === "") held.delete(server);
    else held.set(server, next);
    store.setState({ keysHeld: new Set(held.keys()) });
  };
  const at = (server: string) => held.get(server) ?? NOTHING;
  return {
    get: (provider, endpoint) => writeCredential(at(serverKey(provider, endpoint))),
    set: (provider, endpoint, key) => {
      const server = serverKey(provider, endpoint);
      put(server, { ...at(server), key: key?.trim() || null });
    },
    setAddress: (provider, endpoint, { login, query }) => {
      const server = serverKey(provider, endpoint);
      put(server, { ...at(server), login, query });
    },
    holdsAddress: (provider, endpoint) => {
      const { login, query } = at(serverKey(provider, endpoint));
      return login !== null || query !== "";
    },
    forget: (provider, endpoint) => {
      const server = serverKey(provider, endpoint);
      const before = at(server);
      put(server, NOTHING);
      return () => put(server, before);
    },
    move: (from, to) => {
      const before = at(serverKey(from.provider, from.baseUrl));
      put(serverKey(from.provider, from.baseUrl), NOTHING);
      put(serverKey(to.provider, to.baseUrl), before);
    },
  };
}
