import type { StoreApi } from "zustand/vanilla";

import { type AppState, serverKey } from "./app-state";

/** Keys that people pasted, in this tab's memory and nowhere else: the store only knows that there is one. */
export type Keys = {
  readonly get: (provider: string, endpoint: string | null) => string | null;
  /** `null` or blank text forgets it. */
  readonly set: (provider: string, endpoint: string | null, key: string | null) => void;
};

/** A holder that keeps `keysHeld` in step with what it holds. */
export function createKeys(store: StoreApi<AppState>): Keys {
  const held = new Map<string, string>();
  return {
    get: (provider, endpoint) => held.get(serverKey(provider, endpoint)) ?? null,
    set: (provider, endpoint, key) => {
      const text = key?.trim() ?? "";
      if (text === "") held.delete(serverKey(provider, endpoint));
      else held.set(serverKey(provider, endpoint), text);
      store.setState({ keysHeld: new Set(held.keys()) });
    },
  };
}
