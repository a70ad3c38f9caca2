/** A connection to one MCP server, of either era of the protocol. */
import { AsyncLocalStorage } from "node:async_hooks";

import { Client, type ElicitResult, type Tool } from "@modelcontextprotocol/client";

import { VERSION } from "@/lib/server/version";

import { type McpFailure, describeFailure } from "./failure";
import type { ServerPlan } from "./server-plan";
import type { LeftOut } from "./tool-list";
import { type McpTransport, createTransport } from "./transports";
import { type WatchedMessages, watchMessages } from "./watch-messages";

/** What answers a server that asks a person in the middle of a call. */
export type Asker = (question: Elicitation) => Promise<ElicitResult>;

/** A question as the protocol puts it. */
export type Elicitation =
  | { readonly mode: "url"; readonly message: string; readonly url: string }
  | { readonly mode?: "form" | undefined; readonly message: string; readonly requestedSchema: unknown };

export type McpConnection = {
  readonly plan: ServerPlan;
  readonly client: Client;
  readonly transport: McpTransport["kind"];
  /** The negotiated version of the protocol. */
  readonly protocol: string;
  readonly isModern: boolean;
  readonly connectMs: number;
  /** Grows whenever the server reports that a list changed. */
  readonly revision: () => number;
  /** The tools by name, in the order received: as last listed, unless the server reported a change since. */
  readonly tools: (how?: "known" | "anew") => Promise<ReadonlyMap<string, Tool>>;
  readonly leftOut: () => readonly LeftOut[];
  /** A token for the progress of one call, which `onProgress` hears until `end`. */
  readonly progress: WatchedMessages["progress"];
  /** Runs a call during which `asker` answers what the server asks. */
  readonly during: <Result>(asker: Asker, call: () => Promise<Result>) => Promise<Result>;
  /** Asks to be told of changes, where the protocol wants that. Once is enough; it never rejects. */
  readonly listen: () => void;
  readonly isOpen: () => boolean;
  readonly close: () => Promise<void>;
};

export type Connected =
  | { readonly ok: true; readonly connection: McpConnection }
  | { readonly ok: false; readonly failure: McpFailure };

const HTTP_MS = 15_000;
/** A package may be fetched first. */
const STDIO_MS = 60_000;
const STDIO_PROBE_MS = 10_000;

/** Never rejects. A server that speaks only the old HTTP transport is found by trying. */
export async function connectMcp(plan: ServerPlan, signal: AbortSignal): Promise<Connected> {
  const { via } = plan.via;
  const first = await connectOver(plan, via, signal);
  if (first.ok || via !== "http" || !first.failure.mayBeOldServer) return first;
  const second = await connectOver(plan, "sse", signal);
  // What went wrong first says more of a server that speaks neither.
  return second.ok ? second : first;
}

async function connectOver(
  plan: ServerPlan,
  kind: McpTransport["kind"],
  signal: AbortSignal,
): Promise<Connected> {
  const { transport, log } = createTransport(plan, kind);
  const isStdio = kind === "stdio";
  const client = new Client(
    { name: "vitrine", version: VERSION },
    {
      // A form and a page to visit. No sampling and no roots: those would let a server use a model, or read files.
      capabilities: { elicitation: { form: {}, url: {} } },
      versionNegotiation: {
        mode: kind === "sse" ? "legacy" : "auto",
        ...(isStdio ? { probe: { timeoutMs: STDIO_PROBE_MS } } : {}),
      },
      inputRequired: { autoFulfill: false },
    },
  );
  const asking = new AsyncLocalStorage<Asker>();
  const running = new Set<Asker>();
  let changes = 0;
  let isOpen = true;
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- a client is no target of events
  client.onclose = () => (isOpen = false);
  client.setRequestHandler("elicitation/create", ({ params }) => {
    // Over a pipe nothing tells which call a question belongs to: with several of them it is the latest one's.
    const asker = asking.getStore() ?? [...running].at(-1);
    return asker === undefined ? { action: "cancel" } : asker(params);
  });
  for (const list of ["tools", "prompts", "resources"] as const)
    client.setNotificationHandler(`notifications/${list}/list_changed`, () => void (changes += 1));
  const startedAt = performance.now();
  try {
    await client.connect(transport, { timeout: isStdio ? STDIO_MS : HTTP_MS, signal });
  } catch (error) {
    await client.close().catch(() => undefined);
    return { ok: false, failure: describeFailure(error, plan, log()) };
  }
  const isModern = client.getProtocolEra() === "modern";
  const watched = watchMessages(transport, () => isModern && !isStdio);
  const listed = createToolCache(client, () => changes);
  let isListening = false;
  const connection: McpConnection = {
    plan,
    client,
    transport: kind,
    protocol: client.getNegotiatedProtocolVersion() ?? "unknown",
    isModern,
    connectMs: performance.now() - startedAt,
    revision: () => changes,
    tools: listed,
    leftOut: watched.leftOut,
    progress: watched.progress,
    during: async (asker, call) => {
      running.add(asker);
      try {
        return await asking.run(asker, call);
      } finally {
        running.delete(asker);
      }
    },
    listen: () => {
      if (!isModern || isListening) return;
      isListening = true;
      void listenFor(client).finally(() => (isListening = false));
    },
    isOpen: () => isOpen,
    close: async () => {
      isOpen = false;
      await client.close().catch(() => undefined);
    },
  };
  return { ok: true, connection };
}

/** Waits until the subscription has ended. Never rejects: without one the page still asks again when a person does. */
async function listenFor(client: Client): Promise<void> {
  const { tools, prompts, resources } = client.getServerCapabilities() ?? {};
  const filter = {
    ...(tools?.listChanged === true ? { toolsListChanged: true } : {}),
    ...(prompts?.listChanged === true ? { promptsListChanged: true } : {}),
    ...(resources?.listChanged === true ? { resourcesListChanged: true } : {}),
  };
  if (Object.keys(filter).length === 0) return;
  try {
    const subscription = await client.listen(filter, { timeout: HTTP_MS });
    await subscription.closed;
  } catch {
    // A server that does not answer this one has no changes to report.
  }
}

function createToolCache(client: Client, changes: () => number): McpConnection["tools"] {
  type Listed = { readonly at: number; readonly tools: ReadonlyMap<string, Tool> };
  let known: Listed | null = null;
  let listing: Promise<Listed> | null = null;
  const list = async (): Promise<Listed> => {
    const at = changes();
    const { tools } = await client.listTools(undefined, { cacheMode: "refresh", timeout: HTTP_MS });
    return (known = { at, tools: new Map(tools.map((tool) => [tool.name, tool])) });
  };
  return async (how = "known") => {
    if (known?.at === changes() && how === "known") return known.tools;
    // One after another: what is left out belongs to one list.
    if (how === "anew") await listing?.catch(() => null);
    listing ??= list().finally(() => (listing = null));
    return (await listing).tools;
  };
}
