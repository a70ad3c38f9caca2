import type { LaneSetup } from "@/lib/providers/provider";
/** What answers the calls of a lane on the command line: results given there, else the tools' own bindings. */
import { offeredTools } from "@/lib/run/offered-tools";
import { waitFor } from "@/lib/run/wait-for";
import { runToolDirectly } from "@/lib/server/tools/run-server-tool";
import type { Turn } from "@/lib/stream/turn/turn";
import { definitionKey } from "@/lib/tools/definition-key";
import { createDesk, type ToolDesk } from "@/lib/tools/desk";
import type { ToolHosts } from "@/lib/tools/run-binding";
import type { ResultShare } from "@/lib/tools/share-results";
import type { ToolDefinition } from "@/lib/tools/tool";
import type { ToolRunEvent } from "@/lib/tools/tool-run";

type CliTools = {
  readonly tools: readonly ToolDefinition[];
  /** Results of every call of a tool, by its name. */
  readonly results: ReadonlyMap<string, string>;
  /** Names of tools that may run code or send requests. */
  readonly allowed: ReadonlySet<string>;
  readonly share: ResultShare;
};

/** The desk of one lane. A tool that asks first in the page runs here only where its name was allowed. */
export function cliDesk(
  { tools, results, allowed, share }: CliTools,
  setup: LaneSetup,
  turn: () => Turn,
): ToolDesk {
  // JavaScript cannot run here: that it says so is no harm, and better than a call that waits for nobody.
  const free = tools.filter(({ name, binding }) => allowed.has(name) || binding.kind === "javascript");
  const keys = new Set(free.map((tool) => definitionKey(tool, tool.binding)));
  const desk = createDesk({
    tools,
    bindings: setup.bindings,
    offered: offeredTools(setup, setup, tools),
    answeredBy: setup.answeredBy,
    turns: () => [turn()],
    hosts,
    isAllowed: (key) => keys.has(key),
    share,
  });
  return {
    answer: (call, signal, again) => {
      const output = results.get(call.name);
      return output === undefined ? desk.answer(call, signal, again) : given(output);
    },
  };
}

const hosts: ToolHosts = {
  wait: waitFor,
  now: Date.now,
  javascript: null,
  server: (binding, args, signal) =>
    runToolDirectly(binding, args, {
      signal,
      // Nobody is here to answer.
      ask: () => Promise.resolve({ action: "cancel", content: null }),
    }),
};

async function* given(output: string): AsyncGenerator<ToolRunEvent, void, undefined> {
  yield { type: "end", result: { output, isError: false, origin: { by: "typed" } } };
}
