import type { Described } from "@/lib/run/describe/describe-tool";
import { unreachable } from "@/lib/session/servers/api-client";
import { effectiveSetup } from "@/lib/session/store/lanes";
import { toolsAtHand } from "@/lib/session/store/person";
import type { LaneId } from "@/lib/session/store/session";
import type { Turn } from "@/lib/stream/turn/turn";
import type { ToolDefinition } from "@/lib/tools/tool";

import { type LanePorts, pageSender } from "./page-sender";

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

/** The tool that a lane's model makes of a description. The session keeps nothing of it. Never rejects. */
export async function describeInLane(request: DescribeRequest, ports: LanePorts): Promise<Described> {
  const { store } = ports;
  const { lane, current, signal } = request;
  const { session, person } = store.getState();
  const sender = pageSender(ports);
  const setup = effectiveSetup(session, lane);
  if (!(await sender.mayAsk(setup, signal))) {
    const why = `Nothing was sent: ${setup.endpoint ?? "the server"} is not one of your servers, and you did not allow it.`;
    return signal.aborted ? { state: "stopped" } : { state: "failed", why };
  }
  const loaded = await import("@/lib/run/describe/describe-tool").catch((cause: unknown) => ({ cause }));
  if ("cause" in loaded) return { state: "failed", why: unreachable(loaded.cause).message };
  return loaded.describeTool(
    {
      ...request,
      others: toolsAtHand(person.tools, session.tools).filter(({ id }) => id !== current?.id),
      setup,
      endpointName: sender.endpointName(setup),
    },
    sender,
  );
}
