import type { StoreApi } from "zustand/vanilla";

import type { LaneSetup } from "@/lib/providers/provider";
import type { Queue, Transport } from "@/lib/run/ports";
import type { RunPorts } from "@/lib/run/run-turn";
import type { BrowserPlatform } from "@/lib/session/page/browser-platform";
import type { AppState } from "@/lib/session/store/app-state";
import type { Consent } from "@/lib/session/store/consent";
import type { NewIds } from "@/lib/session/store/ids";
import type { Keys } from "@/lib/session/store/keys";
import { endpointsAtHand } from "@/lib/session/store/person";

import { lacksAddressOf } from "./prepare-turn";

/** What sends to the servers of this page with the keys that were pasted into it. */
export type PageSender = Pick<
  RunPorts,
  "platform" | "transport" | "queue" | "servers" | "keyFor" | "lacksAddressOf" | "newStepId"
> & {
  readonly fetch: typeof fetch;
  /** The name that a person gave the lane's own server; null where it has none. */
  readonly endpointName: (setup: LaneSetup) => string | null;
  /** Asks on screen before anything goes to a server that is not the person's own. */
  readonly mayAsk: (setup: LaneSetup, signal: AbortSignal) => Promise<boolean>;
};

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
