/** What tools cost in tokens: counted by llama.cpp, or by a provider's own counter at a press, estimated elsewhere. */
import { countReplySchema } from "@/lib/contract/count";
import { LLAMA_CALLS } from "@/lib/contract/llama";
import type { LlamaProps } from "@/lib/providers/llama-props";
import { llamaCpp } from "@/lib/providers/presets/llama-cpp";
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import { speechOf } from "@/lib/providers/speech-of";
import { counterOf } from "@/lib/providers/token-counter";
import { prepareStep } from "@/lib/run/prepare-step";
import { emptyTurn } from "@/lib/stream/turn/fold";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { ToolDefinition } from "@/lib/tools/tool";

import { type ApiCall, callApi } from "./api-client";

export type ToolPrices = {
  /** "counted": by llama.cpp, with its template. "reported": by the provider's counter. "estimated": from the text that is sent. */
  readonly source: "counted" | "reported" | "estimated";
  /** Why the provider's counter gave no number; null where it did, or was not asked. */
  readonly problem: string | null;
  /** Tokens of all tools together. */
  readonly total: number;
  /** Tokens that a prompt has more with the tool than without it, by the tool's id. */
  readonly each: ReadonlyMap<string, number>;
  /** Tokens that the model's context holds; null = not known. */
  readonly contextLength: number | null;
};

export type PriceInput = {
  readonly setup: LaneSetup;
  /** Those that are on in the lane. */
  readonly tools: readonly ToolDefinition[];
  /** What the lane's llama.cpp says of itself; null for any other server. */
  readonly llama: LlamaProps | null;
  /** Whether the server may be asked now: it would queue behind a run. */
  readonly isIdle: boolean;
  /** A person wants the provider's own counter to be asked. */
  readonly asksCounter: boolean;
};

export type PricePorts = { readonly fetch: typeof fetch; readonly key: string | null };

/** Each tool costs one more question to the server; of more tools only the sum is counted. */
const MOST_COUNTED = 12;
/** Characters of a tool's JSON for each token, as an average of many tokenizers. */
const CHARACTERS_PER_TOKEN = 4;

/**
 * The price of a lane's tools. Counts on an idle llama.cpp, otherwise estimates. null once `signal` aborts. Never
 * rejects.
 */
export async function priceTools(
  input: PriceInput,
  ports: PricePorts,
  signal: AbortSignal,
): Promise<ToolPrices | null> {
  const { setup, llama, isIdle } = input;
  const canCount = setup.provider === llamaCpp.id && llama !== null && isIdle;
  const counted = canCount
    ? await count(input, "counted", (body) => askLlama(setup, body, ports, signal))
    : null;
  if (signal.aborted) return null;
  if (counted?.ok === true) return counted.prices;
  if (!input.asksCounter || counterOf(setup) === null) return estimate(input, null);
  const reported = await count(input, "reported", (body) => askCounter(setup, body, ports, signal));
  if (signal.aborted) return null;
  return reported.ok ? reported.prices : estimate(input, reported.why);
}

type Counted = { readonly ok: true; readonly tokens: number } | { readonly ok: false; readonly why: string };

type AskCount = (body: JsonObject) => Promise<Counted>;

async function count(
  { setup, tools, llama }: PriceInput,
  source: "counted" | "reported",
  ask: AskCount,
): Promise<
  { readonly ok: true; readonly prices: ToolPrices } | { readonly ok: false; readonly why: string }
> {
  const tokensOf = (sent: readonly ToolDefinition[]): Promise<Counted> => {
    const body = bodyOf(setup, sent);
    return body === null
      ? Promise.resolve({ ok: false, why: "The request could not be written." })
      : ask(body);
  };
  const none = await tokensOf([]);
  if (!none.ok) return none;
  const all = await tokensOf(tools);
  if (!all.ok) return all;
  const each = new Map<string, number>();
  for (const tool of tools.length > MOST_COUNTED ? [] : tools) {
    const without = tools.length === 1 ? none : await tokensOf(tools.filter(({ id }) => id !== tool.id));
    if (!without.ok) return without;
    each.set(tool.id, all.tokens - without.tokens);
  }
  const contextLength = llama?.contextLength ?? null;
  return {
    ok: true,
    prices: { source, problem: null, total: all.tokens - none.tokens, each, contextLength },
  };
}

async function askLlama(
  { provider, endpoint }: LaneSetup,
  body: JsonObject,
  ports: PricePorts,
  signal: AbortSignal,
): Promise<Counted> {
  return askServer(
    {
      path: "/api/llama/input-tokens",
      reply: LLAMA_CALLS["input-tokens"].reply,
      body: { provider, ...(endpoint === null ? {} : { endpoint }), body },
    },
    ports,
    signal,
  );
}

async function askCounter(
  setup: LaneSetup,
  body: JsonObject,
  ports: PricePorts,
  signal: AbortSignal,
): Promise<Counted> {
  const { provider, model } = setup;
  const known = findProvider(provider);
  if (known === null) return { ok: false, why: "The provider is not known." };
  const { dialect } = speechOf(known, setup.dialect);
  return askServer(
    { path: "/api/count", reply: countReplySchema, body: { provider, dialect, model, body } },
    ports,
    signal,
  );
}

async function askServer(
  call: Pick<ApiCall<{ readonly tokens: number }>, "path" | "reply" | "body">,
  ports: PricePorts,
  signal: AbortSignal,
): Promise<Counted> {
  if (signal.aborted) return { ok: false, why: "Stopped." };
  const reply = await callApi({
    ...call,
    fetch: (url, init) => ports.fetch(url, { ...init, signal }),
    key: ports.key,
  }).catch((error: unknown) => ({ ok: false as const, error: { message: String(error) } }));
  return reply.ok ? { ok: true, tokens: reply.value.tokens } : { ok: false, why: reply.error.message };
}

function estimate({ setup, tools, llama }: PriceInput, problem: string | null): ToolPrices {
  const lengthOf = (sent: readonly ToolDefinition[]): number =>
    JSON.stringify(bodyOf(setup, sent)?.["tools"] ?? []).length;
  return {
    source: "estimated",
    problem,
    total: tools.length === 0 ? 0 : tokensIn(lengthOf(tools)),
    each: new Map(tools.map((tool) => [tool.id, tokensIn(lengthOf([tool]))])),
    contextLength: llama?.contextLength ?? null,
  };
}

function tokensIn(characters: number): number {
  return Math.ceil(characters / CHARACTERS_PER_TOKEN);
}

/** A short request with these tools; what is counted beside them is the same each time. */
function bodyOf(setup: LaneSetup, tools: readonly ToolDefinition[]): JsonObject | null {
  const prepared = prepareStep({
    // The server counts this format only, and whether a call is forced changes no prompt.
    setup: {
      ...setup,
      ...(setup.provider === llamaCpp.id ? { dialect: "chat-completions" as const } : {}),
      tools: tools.map(({ id }) => id),
      toolChoice: { kind: "auto" },
    },
    tools,
    history: [{ prompt: "Hi", turn: emptyTurn() }],
    reply: null,
    keyHeld: true,
  });
  return prepared.ok ? prepared.step.body : null;
}
