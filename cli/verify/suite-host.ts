/** What a verification needs of this process: its connection to the servers, and what those say of themselves. */
import { directTransport, nodePlatform } from "@/cli/node-host";
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import { createQueue } from "@/lib/run/queue";
import { createSemaphore } from "@/lib/run/semaphore";
import { environment } from "@/lib/server/environment";
import { readLlamaProps } from "@/lib/server/llama/read-props";
import { askUpstream } from "@/lib/server/upstream/ask-upstream";
import { localPath } from "@/lib/server/upstream/base-url";
import { planDestination } from "@/lib/server/upstream/destination";
import { VERSION } from "@/lib/server/version";
import { gradeTrial } from "@/lib/verify/graders/grade-trial";
import type { SuitePorts } from "@/lib/verify/runner/run-suite";

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
    factsOf: async (setup) => {
      const props = readLlamaProps(await askLlama(setup, "/props"));
      return props === null
        ? null
        : {
            model: props.model,
            quantization: props.quantization,
            templateHash: props.templateHash,
            build: props.build,
            contextTokens: props.contextLength,
          };
    },
    renderPrompt: async (setup, body) => {
      const reply = await askLlama(setup, "/apply-template", body);
      return isPrompt(reply) ? reply.prompt : null;
    },
    streamsOf: (setup) => (isHosted(setup) ? HOSTED_STREAMS : 1),
  };
}

function isHosted({ provider, endpoint }: LaneSetup): boolean {
  return endpoint === null && findProvider(provider)?.location.kind === "hosted";
}

/** What a llama-server answers; null for another server, or where it does not answer. */
async function askLlama({ provider, endpoint }: LaneSetup, path: string, body?: unknown): Promise<unknown> {
  if (findProvider(provider)?.controls !== "llama-server") return null;
  const requestId = crypto.randomUUID();
  const named = endpoint === null ? { provider } : { provider, endpoint };
  // Whoever names an address here has a shell on this machine already.
  const plan = planDestination(named, null, { ...environment(), host: "127.0.0.1" }, requestId);
  if (!plan.ok) return null;
  const { destination } = plan;
  const asked = await askUpstream(destination, {
    url: localPath(destination.baseUrl, path),
    ...(body === undefined ? {} : { body }),
    requestId,
    signal: new AbortController().signal,
  });
  return asked.ok ? asked.json : null;
}

function isPrompt(reply: unknown): reply is { readonly prompt: string } {
  return typeof reply === "object" && reply !== null && "prompt" in reply && typeof reply.prompt === "string";
}
