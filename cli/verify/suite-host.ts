/** What a verification needs of this process: its connection to the servers, and what those say of themselves. */
import { directTransport, nodePlatform } from "@/cli/node-host";
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import { createQueue } from "@/lib/run/queue";
import { createSemaphore } from "@/lib/run/semaphore";
import { listModels } from "@/lib/server/discovery/models";
import { environment } from "@/lib/server/environment";
import { readLlamaProps } from "@/lib/server/llama/read-props";
import { askUpstream } from "@/lib/server/upstream/ask-upstream";
import { localPath } from "@/lib/server/upstream/base-url";
import { planDestination } from "@/lib/server/upstream/destination";
import { VERSION } from "@/lib/server/version";
import { gradeTrial } from "@/lib/verify/graders/grade-trial";
import type { SuitePorts } from "@/lib/verify/runner/run-suite";
import { factsOfListed, factsOfProps, isListed } from "@/lib/verify/runner/server-facts";
import type { ServerFacts } from "@/lib/verify/verify-run";

/** Trials at once on a hosted server; one on this machine answers one at a time. */
const HOSTED_STREAMS = 3;

/** The ports of a run. `names`: what a person calls the servers of their own, by address. */
export function suitePorts(names: ReadonlyMap<string, string>): SuitePorts {
  return {
    platform: nodePlatform,
    transport: directTransport,
    queue: createQueue(createSemaphore(Math.max(1, environment().maxAnswers - 1)), () => false),
    servers: () => null,
    keyFor: () => null,
    writtenBy: VERSION,
    endpointName: ({ endpoint }) => (endpoint === null ? null : (names.get(endpoint) ?? null)),
    grade: gradeTrial,
    factsOf: async (setup, signal) => {
      const props = readLlamaProps(await askLlama(setup, signal, "/props"));
      return props === null ? factsOfList(setup, signal) : factsOfProps(props);
    },
    renderPrompt: async (setup, body, signal) => {
      const reply = await askLlama(setup, signal, "/apply-template", body);
      return isPrompt(reply) ? reply.prompt : null;
    },
    streamsOf: (setup) => (isHosted(setup) ? HOSTED_STREAMS : 1),
  };
}

function isHosted({ provider, endpoint }: LaneSetup): boolean {
  return endpoint === null && findProvider(provider)?.location.kind === "hosted";
}

/** What the list of models says of the lane's model; null where the list can't be read or does not have it. */
async function factsOfList(setup: LaneSetup, signal: AbortSignal): Promise<ServerFacts | null> {
  if (!isListed(setup)) return null;
  const { destination, question } = asking(setup, signal);
  if (destination === null) return null;
  const listed = await listModels(destination, question.requestId, question.signal);
  return listed.ok ? factsOfListed(setup.model, listed.models) : null;
}

/** What a llama-server answers; null for another server, or where it does not answer. */
async function askLlama(
  setup: LaneSetup,
  signal: AbortSignal,
  path: string,
  body?: unknown,
): Promise<unknown> {
  if (findProvider(setup.provider)?.controls !== "llama-server") return null;
  const { destination, question } = asking(setup, signal);
  if (destination === null) return null;
  const url = localPath(destination.baseUrl, path);
  const asked = await askUpstream(destination, { url, ...(body === undefined ? {} : { body }), ...question });
  return asked.ok ? asked.json : null;
}

/** Where the lane's server is, and with what it is asked; null = it may not be. */
function asking({ provider, endpoint }: LaneSetup, signal: AbortSignal) {
  const question = { requestId: crypto.randomUUID(), signal };
  const named = endpoint === null ? { provider } : { provider, endpoint };
  // Whoever names an address here has a shell on this machine already.
  const plan = planDestination(named, null, { ...environment(), host: "127.0.0.1" }, question.requestId);
  return { destination: plan.ok ? plan.destination : null, question };
}

function isPrompt(reply: unknown): reply is { readonly prompt: string } {
  return typeof reply === "object" && reply !== null && "prompt" in reply && typeof reply.prompt === "string";
}
