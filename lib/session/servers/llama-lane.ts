/** What only llama.cpp offers a lane. */
import type { ProvidersReply } from "@/lib/contract/servers";
import type { LaneSetup } from "@/lib/providers/provider";

const LLAMA = "llamacpp";

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

/** llama.cpp finds a running answer by the id that only chat completions give it. */
export function canEndThinking({ provider, dialect }: LaneSetup): boolean {
  return provider === LLAMA && (dialect === null || dialect === "chat-completions");
}
