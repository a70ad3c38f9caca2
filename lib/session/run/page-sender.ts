import type { StoreApi } from "zustand/vanilla";

import type { Queue, Transport } from "@/lib/run/ports";
import type { PageSender } from "@/lib/session/actions/session-app";
import type { BrowserPlatform } from "@/lib/session/page/browser-platform";
import type { AppState } from "@/lib/session/store/app-state";
import type { Consent } from "@/lib/session/store/consent";
import type { NewIds } from "@/lib/session/store/ids";
import type { Keys } from "@/lib/session/store/keys";
import { endpointsAtHand } from "@/lib/session/store/person";

import { lacksAddressOf } from "./prepare-turn";

/** What of the page sends in the name of a lane. */
export type LanePorts = {
  readonly store: StoreApi<AppState>;
  readonly platform: BrowserPlatform;
  readonly transport: Transport;
  readonly queue: Queue;
  readonly ids: NewIds;
  readonly keys: Keys;
  readonly consent: Consent;
};

/** What sends requests that belong to no turn of the comparison. */
export function pageSender(ports: LanePorts): PageSender {
  const { store, platform, transport, queue, ids, keys, consent } = ports;
  return {
    platform,
    transport,
    queue,
    fetch: platform.fetch,
    newStepId: ids.step,
    servers: () => store.getState().servers.reply,
    keyFor: ({ provider, endpoint }) => keys.get(provider, endpoint),
    lacksAddressOf: (asked) => lacksAddressOf(asked, store.getState(), keys),
    endpointName: ({ endpoint }) => {
      const { person, session } = store.getState();
      const known = endpointsAtHand(person.endpoints, session.endpoints);
      return known.find(({ baseUrl }) => baseUrl === endpoint)?.name ?? null;
    },
    mayAsk: consent.ask,
  };
}
