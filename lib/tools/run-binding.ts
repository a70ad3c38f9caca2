/** Runs what answers a call, through what its host can do. */
import type { JsonObject, Json } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";

import type { EarlierCall } from "./earlier-calls";
import { chooseMock } from "./mocks/choose-mock";
import { findRunner } from "./runners/registry";
import type { ToolBinding } from "./tool";
import type { ToolRunEvent, ToolRunEvents } from "./tool-run";

/** What a binding needs from where it runs. */
export type ToolHosts = {
  /** True after `ms`; false as soon as the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<boolean>;
  /** epoch ms */
  readonly now: () => number;
  /** Runs a person's code in a sandbox; null where there is none. */
  readonly javascript: ((run: JavaScriptRun) => ToolRunEvents) | null;
  /** Runs HTTP and MCP tools; null where there is no server. */
  readonly server: ((binding: ServerBound, args: JsonObject, signal: AbortSignal) => ToolRunEvents) | null;
};

export type ServerBound = Extract<ToolBinding, { readonly kind: "http" | "mcp" }>;

export type JavaScriptRun = {
  readonly code: string;
  readonly args: JsonObject;
  /** Arguments of the branch's earlier calls, oldest first, from which the state is built; empty where it keeps none. */
  readonly earlier: readonly JsonObject[];
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

export type BoundCall = {
  readonly binding: Exclude<ToolBinding, { readonly kind: "ask" }>;
  readonly args: Json;
  readonly before: readonly EarlierCall[];
};

/** Runs one call. Never rejects; stops with the signal. */
export async function* runBinding(
  call: BoundCall,
  hosts: ToolHosts,
  signal: AbortSignal,
): AsyncGenerator<ToolRunEvent, void, undefined> {
  if (signal.aborted) {
    yield { type: "fail", message: "Stopped." };
    return;
  }
  try {
    yield* start(call, hosts, signal);
  } catch (error) {
    yield { type: "fail", message: error instanceof Error ? error.message : String(error) };
  }
}

function start(call: BoundCall, hosts: ToolHosts, signal: AbortSignal): ToolRunEvents {
  const { binding, before } = call;
  const args = isObject(call.args) ? call.args : {};
  switch (binding.kind) {
    case "mock":
      return runMock(call, binding, hosts, signal);
    case "page":
      return runBuiltIn(binding.name, call, hosts, signal);
    case "javascript":
      if (hosts.javascript === null)
        return failing("This tool is JavaScript, which runs only in the page. Give it another answer here.");
      return runJavaScript(hosts.javascript, { ...binding, args, before, signal });
    case "http":
    case "mcp":
      if (hosts.server === null) return failing("No server is here to run this tool.");
      return hosts.server(binding, args, signal);
  }
}

/** What a call without an answer did to the state is gone with it, which its message says. */
async function* runJavaScript(
  run: NonNullable<ToolHosts["javascript"]>,
  call: Extract<ToolBinding, { readonly kind: "javascript" }> & {
    readonly args: JsonObject;
    readonly before: readonly EarlierCall[];
    readonly signal: AbortSignal;
  },
): AsyncGenerator<ToolRunEvent, void, undefined> {
  const { code, args, before, timeoutMs, isStateful, signal } = call;
  const earlier = isStateful ? argumentsThatRan(before) : [];
  for await (const event of run({ code, args, earlier, timeoutMs, signal })) {
    if (event.type === "fail" && isStateful)
      yield { ...event, message: `${event.message} The state is as it was before this call.` };
    else yield event;
  }
}

async function* failing(message: string): AsyncGenerator<ToolRunEvent, void, undefined> {
  yield await Promise.resolve({ type: "fail" as const, message });
}

async function* runMock(
  { args, before }: BoundCall,
  { mock, delayMs }: Extract<ToolBinding, { readonly kind: "mock" }>,
  hosts: ToolHosts,
  signal: AbortSignal,
): AsyncGenerator<ToolRunEvent, void, undefined> {
  const chosen = chooseMock(
    mock,
    args,
    before.map((each) => each.args),
  );
  if (chosen === null) yield { type: "fail", message: "The mock has no result for these arguments." };
  else if (delayMs > 0 && !(await hosts.wait(delayMs, signal))) yield { type: "fail", message: "Stopped." };
  else yield { type: "end", result: { ...chosen.result, origin: { by: "mock", rule: chosen.rule } } };
}

async function* runBuiltIn(
  name: string,
  { args, before }: BoundCall,
  hosts: ToolHosts,
  signal: AbortSignal,
): AsyncGenerator<ToolRunEvent, void, undefined> {
  const runner = findRunner(name);
  if (runner === null) {
    yield { type: "fail", message: `Vitrine has no built-in tool "${name}". Choose what answers its calls.` };
    return;
  }
  const earlier = before.flatMap((each) => (each.ran ? [each.args] : []));
  const result = await runner.run(args, { signal, earlier, now: hosts.now });
  if (signal.aborted) yield { type: "fail", message: "Stopped." };
  else {
    const output = result.ok ? result.output : result.message;
    yield { type: "end", result: { output, isError: !result.ok, origin: { by: "page" } } };
  }
}

function argumentsThatRan(before: readonly EarlierCall[]): readonly JsonObject[] {
  return before.flatMap(({ args, ran }) => (ran && isObject(args) ? [args] : []));
}
