import type { ProvidersReply } from "@/lib/contract/servers";
import type { LaneSetup } from "@/lib/providers/provider";
import type { Endpoint } from "@/lib/session/store/session";

/** The server a lane asks, as a person reads it. */
export type LaneServer = {
  readonly label: string;
  /** It takes a key, and there is none in the environment nor in this tab. */
  readonly needsKey: boolean;
  /** How it is doing, one sentence or two. */
  readonly status: string;
};

type Known = {
  /** null while the first answer is on its way. */
  readonly reply: ProvidersReply | null;
  readonly endpoints: readonly Endpoint[];
  readonly keyHeld: boolean;
};

/** What is known of a lane's server: a person's own one, or a preset at its own address. Pure. */
export function laneServer({ provider, endpoint }: LaneSetup, known: Known): LaneServer {
  if (endpoint !== null) return ownServer(endpoint, known);
  const report = known.reply?.providers.find(({ id }) => id === provider);
  if (report === undefined) {
    return { label: provider, needsKey: false, status: "Looking for the server …" };
  }
  const { label, hint } = report;
  const isUsable = report.reach.state !== "unsupported";
  const needsKey = isUsable && report.key === "missing" && !known.keyHeld;
  const status = needsKey ? `${label} needs a key. ${hint}` : reachLine(report);
  return { label, needsKey, status };
}

/** A name is anybody's choice, so the host stands beside it. */
function ownServer(baseUrl: string, { endpoints, keyHeld }: Known): LaneServer {
  const endpoint = endpoints.find((other) => other.baseUrl === baseUrl);
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
  const label = endpoint === undefined || endpoint.name === host ? host : `${endpoint.name} · ${host}`;
  if (endpoint === undefined) {
    const status = `${label} is not in your list of servers. This lane still asks it.`;
    return { label, needsKey: false, status };
  }
  const needsKey = endpoint.asks !== undefined && !keyHeld;
  const status = needsKey ? `${label} needs the secret part of its address again.` : `Ready: ${label}`;
  return { label, needsKey, status };
}

function reachLine({ label, baseUrl, hint, reach }: ProvidersReply["providers"][number]): string {
  switch (reach.state) {
    case "ready":
      return `Ready at ${baseUrl}.`;
    case "absent":
      return `${label} was not found at ${baseUrl}. ${hint}`;
    case "error":
      return `${label}: ${reach.message}`;
    case "unprobed":
      return "Ready.";
    case "unsupported":
      return reach.message;
  }
}
