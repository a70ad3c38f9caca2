import { LLAMA_CALLS } from "@/lib/contract/llama";
import { modelsReplySchema } from "@/lib/contract/servers";
import type { LlamaProps } from "@/lib/providers/llama-props";
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import type { Queue } from "@/lib/run/ports";
/** Runs a suite from the page: through Vitrine's server, with the keys and the answers of the comparison's servers. */
import { createQueue } from "@/lib/run/queue";
import { createSemaphore } from "@/lib/run/semaphore";
import type { SessionApp } from "@/lib/session/actions/session-app";
import { PAGE_VERSION } from "@/lib/session/page/version";
import type { PageSender } from "@/lib/session/run/page-sender";
import { callApi } from "@/lib/session/servers/api-client";
import { renderPrompt } from "@/lib/session/servers/render-prompt";
import { writeTape } from "@/lib/tape/write-tape";
import { gradeTrial } from "@/lib/verify/graders/grade-trial";
import { openControl } from "@/lib/verify/runner/control";
import { trialsOf } from "@/lib/verify/runner/plan";
import { runSuite, type SuitePorts } from "@/lib/verify/runner/run-suite";
import { factsOfListed, factsOfProps, isListed } from "@/lib/verify/runner/server-facts";
import type { Trial, TrialKey } from "@/lib/verify/trial";
import type { ServerFacts, VerifyRun } from "@/lib/verify/verify-run";

export type RunOptions = {
  /** Output tokens after which no trial begins; null = no limit. */
  readonly budgetTokens: number | null;
  readonly onBegin: (key: TrialKey) => void;
  readonly onRun: (run: VerifyRun) => void;
  /** Why nothing is sent, for a person. */
  readonly onRefused: (why: string) => void;
  /** A trial has ended, or another one changed what is said of it; then there is no new tape. */
  readonly onTrial: (runId: string, trial: Trial, tape: string | null) => void;
};

/** A run that goes on. */
export type GoingRun = {
  /** The run as it then is: ended, stopped, or out of budget. */
  readonly ended: Promise<VerifyRun>;
  readonly pause: () => void;
  readonly goOn: () => void;
  readonly stop: () => void;
};

export type RunInPage = {
  /** How many trials the run has when it is complete. */
  readonly planned: (run: VerifyRun) => number;
  readonly begin: (run: VerifyRun, options: RunOptions) => GoingRun;
};

/** A browser has five streams for all tabs: one stays free for the person. */
const STREAMS = 4;
/** Trials at once on a service that says nothing of its slots. */
const HOSTED_STREAMS = 2;

/** What runs suites in this page. */
export function runInPage({ sender, store }: Pick<SessionApp, "sender" | "store">): RunInPage {
  const llamaOf = (setup: LaneSetup) => askProps(setup, sender);
  /** Slots of the servers of a run, as they said before it began. */
  const slots = new Map<string, number | null>();
  const ports: SuitePorts = {
    ...sender,
    queue: leavingOne(sender.queue),
    asRecorded: (request) => request,
    writtenBy: PAGE_VERSION,
    grade: gradeTrial,
    factsOf: async (setup) => {
      const props = await llamaOf(setup);
      slots.set(serverName(setup), props?.slots ?? null);
      return props === null ? factsOfList(setup, sender) : factsOfProps(props);
    },
    renderPrompt: async (setup, body) => {
      const { provider, endpoint } = setup;
      if (findProvider(provider)?.controls !== "llama-server") return null;
      const rendered = await renderPrompt(
        { provider, endpoint, body: JSON.stringify(body) },
        { fetch: sender.fetch, key: sender.keyFor(setup) },
      );
      return rendered.ok ? rendered.prompt : null;
    },
    streamsOf: (setup) => {
      const known = slots.get(serverName(setup)) ?? null;
      if (known !== null) return Math.min(STREAMS, Math.max(1, known));
      return findProvider(setup.provider)?.location.kind === "local" ? 1 : HOSTED_STREAMS;
    },
  };
  return {
    planned: (run) => trialsOf(run).length,
    begin: (run, { budgetTokens, onBegin, onRun, onRefused, onTrial }) => {
      const control = openControl();
      const go = async (): Promise<VerifyRun> => {
        for (const { setup, from } of run.lanes) {
          if (from !== "server" || (await sender.mayAsk(setup, control.signal))) continue;
          if (!control.signal.aborted)
            onRefused(
              `Nothing was sent: ${setup.endpoint ?? "the server"} is not one of your servers, and you did not allow it.`,
            );
          return run;
        }
        // Looked for before, so that a lane's server is known when its first request is written.
        if (store.getState().servers.reply === null) await replied(store, control.signal);
        return runSuite({ run, budgetTokens, control }, ports, {
          onBegin,
          onRun,
          onTrial: (trial, tape) => onTrial(run.id, trial, tape === null ? null : writeTape(tape)),
        });
      };
      return { ended: go(), pause: control.pause, goOn: control.goOn, stop: control.stop };
    },
  };
}

/** Resolves once the server has said which providers there are, or when the signal aborts. */
function replied(store: SessionApp["store"], signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (store.getState().servers.reply === null && !signal.aborted) return;
      stop();
      signal.removeEventListener("abort", look);
      resolve();
    };
    const stop = store.subscribe(look);
    signal.addEventListener("abort", look);
    look();
  });
}

/** The page's own queue, of which these requests never take the last stream. */
function leavingOne(queue: Queue): Queue {
  const few = createQueue(createSemaphore(STREAMS), () => false);
  return {
    take: async (server, signal, onWait) => {
      const pass = await few.take(server, signal, onWait);
      if (pass === null) return null;
      const slot = await queue.take(server, signal, onWait);
      if (slot === null) {
        pass();
        return null;
      }
      return () => {
        slot();
        pass();
      };
    },
  };
}

async function askProps(setup: LaneSetup, sender: PageSender): Promise<LlamaProps | null> {
  const { provider, endpoint, model } = setup;
  if (findProvider(provider)?.controls !== "llama-server") return null;
  const asked = await callApi({
    fetch: sender.fetch,
    key: sender.keyFor(setup),
    path: "/api/llama/props",
    reply: LLAMA_CALLS.props.reply,
    body: { provider, ...(endpoint === null ? {} : { endpoint }), model },
  });
  return asked.ok ? asked.value : null;
}

/** What the list of models says of the lane's model; null where the list can't be read or does not have it. */
async function factsOfList(setup: LaneSetup, sender: PageSender): Promise<ServerFacts | null> {
  if (!isListed(setup)) return null;
  const { provider, endpoint, model } = setup;
  const query = new URLSearchParams({ provider, ...(endpoint === null ? {} : { endpoint }) });
  const asked = await callApi({
    fetch: sender.fetch,
    key: sender.keyFor(setup),
    path: `/api/models?${query.toString()}`,
    reply: modelsReplySchema,
  });
  return asked.ok ? factsOfListed(model, asked.value.models) : null;
}

function serverName({ provider, endpoint }: LaneSetup): string {
  return `${provider} ${endpoint ?? ""}`;
}
