/** What only llama.cpp offers a lane. */
import type { ProvidersReply } from "@/lib/contract/servers";
import { llamaCpp } from "@/lib/providers/presets/llama-cpp";
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import { speechOf } from "@/lib/providers/speech-of";

const LLAMA = llamaCpp.id;

/** Whether a lane uses the model that Vitrine brings itself: it runs there, or would once it is installed. */
export function usesDemoModel(
  servers: ProvidersReply | null,
  { provider, endpoint }: Pick<LaneSetup, "provider" | "endpoint">,
): boolean {
  if (servers === null || provider !== LLAMA || endpoint !== null) return false;
  const { demo } = servers;
  const server = servers.providers.find(({ id }) => id === LLAMA);
  if (demo.state !== "ready") return server?.reach.state !== "ready";
  return server !== undefined && new URL(server.baseUrl).origin === new URL(demo.baseUrl).origin;
}

/** Whether a thought of the lane can be ended while it streams. */
export function canEndThinking({ provider, dialect }: LaneSetup): boolean {
  const known = findProvider(provider);
  return known !== null && speechOf(known, dialect).quirks.endsThinking === true;
}
