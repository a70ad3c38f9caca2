/** What tools cost in tokens: counted by llama.cpp where a lane uses it, estimated elsewhere. */
import { LLAMA_CALLS } from "@/lib/contract/llama";
import type { LlamaProps } from "@/lib/providers/llama-props";
import { llamaCpp } from "@/lib/providers/presets/llama-cpp";
import type { LaneSetup } from "@/lib/providers/provider";
import { prepareStep } from "@/lib/run/prepare-step";
import { emptyTurn } from "@/lib/stream/turn/fold";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { ToolDefinition } from "@/lib/tools/tool";

import { callApi } from "./api-client";

export type ToolPrices = {
  /** "counted": by the server, with its template. "estimated": from the text that is sent. */
  readonly source: "counted" | "estimated";
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
  const counted = canCount ? await count(input, ports, signal) : null;
  if (signal.aborted) return null;
  return counted ?? estimate(input);
}

async function count(input: PriceInput, ports: PricePorts, signal: AbortSignal): Promise<ToolPrices | null> {
  const { setup, tools, llama } = input;
  const tokensOf = async (sent: readonly ToolDefinition[]): Promise<number | null> => {
    const body = signal.aborted ? null : bodyOf(setup, sent);
    if (body === null) return null;
    const reply = await callApi({
      fetch: (url, init) => ports.fetch(url, { ...init, signal }),
      path: "/api/llama/input-tokens",
      key: ports.key,
      reply: LLAMA_CALLS["input-tokens"].reply,
      body: {
        provider: setup.provider,
        ...(setup.endpoint === null ? {} : { endpoint: setup.endpoint }),
        body,
      },
    }).catch(() => null);
    return reply?.ok === true ? reply.value.tokens : null;
  };
  const [none, all] = [await tokensOf([]), await tokensOf(tools)];
  if (none === null || all === null) return null;
  const each = new Map<string, number>();
  for (const tool of tools.length > MOST_COUNTED ? [] : tools) {
    const without = tools.length === 1 ? none : await tokensOf(tools.filter(({ id }) => id !== tool.id));
    if (without === null) return null;
    each.set(tool.id, all - without);
  }
  return { source: "counted", total: all - none, each, contextLength: llama?.contextLength ?? null };
}

function estimate({ setup, tools, llama }: PriceInput): ToolPrices {
  const lengthOf = (sent: readonly ToolDefinition[]): number =>
    JSON.stringify(bodyOf(setup, sent)?.["tools"] ?? []).length;
  return {
    source: "estimated",
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
