import type { StoreApi } from "zustand/vanilla";

import type { Described } from "@/lib/run/describe/describe-tool";
import type { Platform, Queue, Transport } from "@/lib/run/ports";
import { unreachable } from "@/lib/session/servers/api-client";
import type { AppState } from "@/lib/session/store/app-state";
import type { Consent } from "@/lib/session/store/consent";
import type { NewIds } from "@/lib/session/store/ids";
import type { Keys } from "@/lib/session/store/keys";
import { effectiveSetup } from "@/lib/session/store/lanes";
import { endpointsAtHand, toolsAtHand } from "@/lib/session/store/person";
import type { LaneId } from "@/lib/session/store/session";
import type { Turn } from "@/lib/stream/turn/turn";
import type { ToolDefinition } from "@/lib/tools/tool";

import { lacksAddressOf } from "./prepare-turn";

export type DescribeRequest = {
  /** Whose model is asked. */
  readonly lane: LaneId;
  readonly sentence: string;
  /** The tool that changes; null = a new one. */
  readonly current: ToolDefinition | null;
  /** Aborted by Stop. */
  readonly signal: AbortSignal;
  /** Called with what was received so far. */
  readonly onTurn: (turn: Turn) => void;
};

export type LanePorts = {
  readonly store: StoreApi<AppState>;
  readonly platform: Platform;
  readonly transport: Transport;
  readonly queue: Queue;
  readonly ids: NewIds;
  readonly keys: Keys;
  readonly consent: Consent;
};

/** The tool that a lane's model makes of a description. The session keeps nothing of it. Never rejects. */
export async function describeInLane(request: DescribeRequest, ports: LanePorts): Promise<Described> {
  const { store, keys, consent, ids } = ports;
  const { lane, current, signal } = request;
  const { session, person } = store.getState();
  const setup = effectiveSetup(session, lane);
  if (!(await consent.ask(setup, signal))) {
    const why = `Nothing was sent: ${setup.endpoint ?? "the server"} is not one of your servers, and you did not allow it.`;
    return signal.aborted ? { state: "stopped" } : { state: "failed", why };
  }
  const loaded = await import("@/lib/run/describe/describe-tool").catch((cause: unknown) => ({ cause }));
  if ("cause" in loaded) return { state: "failed", why: unreachable(loaded.cause).message };
  const endpoints = endpointsAtHand(person.endpoints, session.endpoints);
  return loaded.describeTool(
    {
      ...request,
      others: toolsAtHand(person.tools, session.tools).filter(({ id }) => id !== current?.id),
      setup,
      endpointName: endpoints.find(({ baseUrl }) => baseUrl === setup.endpoint)?.name ?? null,
    },
    {
      ...ports,
      newStepId: ids.step,
      servers: () => store.getState().servers.reply,
      keyFor: ({ provider, endpoint }) => keys.get(provider, endpoint),
      lacksAddressOf: (asked) => lacksAddressOf(asked, store.getState(), keys),
    },
  );
}
