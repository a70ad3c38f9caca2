import type { ChatRequest, ProvidersReply } from "@/lib/providers/api";
import { findDialect } from "@/lib/providers/dialects/find-dialect";
import type { DialectReader, LaneSetup, Provider, ToolDefinition } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import type { RunError } from "@/lib/stream/event";
import type { JsonObject } from "@/lib/stream/json";
import type { Turn } from "@/lib/stream/turn";

export type StepInput = {
  readonly setup: LaneSetup;
  readonly tools: readonly ToolDefinition[];
  /** Earlier turns of the branch, oldest first, then the one that continues. */
  readonly history: readonly { readonly prompt: string; readonly turn: Turn }[];
  readonly reply: ProvidersReply | null;
  /** Whether this tab holds a pasted key for the server. */
  readonly keyHeld: boolean;
};

export type PreparedStep = {
  readonly chat: ChatRequest;
  /** `chat.body`, as the dialect wrote it. */
  readonly body: JsonObject;
  readonly url: string;
  readonly notes: readonly string[];
  readonly openReader: () => DialectReader;
};

export type Preparation =
  | { readonly ok: true; readonly step: PreparedStep }
  | { readonly ok: false; readonly error: RunError };

/** The next request of a turn, or why the lane cannot send and what to do about it. Pure. */
export function prepareStep(input: StepInput): Preparation {
  const { setup, tools, history } = input;
  const provider = findProvider(setup.provider);
  if (!provider)
    return refuse("NO_PROVIDER", `Vitrine knows no provider "${setup.provider}". Choose another.`);
  if (setup.model === "") return refuse("NO_MODEL", whyNoModel(input.reply));
  if (lacksKey(input)) return refuse("NO_KEY", whyNoKey(provider));
  const dialect = findDialect(provider.dialect);
  const { body, notes } = dialect.write({ provider, setup, tools, history });
  const chat: ChatRequest = {
    provider: provider.id,
    ...(setup.endpoint === null ? {} : { endpoint: setup.endpoint }),
    body: { ...body, model: setup.model },
  };
  const thinkTags = setup.thinkTags ?? provider.quirks.thinkTags;
  return {
    ok: true,
    step: {
      chat,
      body,
      url: baseUrlOf(provider, input) + dialect.path,
      notes,
      openReader: () => dialect.open({ quirks: provider.quirks, thinkTags }),
    },
  };
}

function baseUrlOf(provider: Provider, { setup, reply }: StepInput): string {
  const report = reply?.providers.find((other) => other.id === provider.id);
  return setup.endpoint ?? report?.baseUrl ?? provider.baseUrl;
}

function lacksKey({ setup, reply, keyHeld }: StepInput): boolean {
  if (keyHeld || setup.endpoint !== null) return false;
  return reply?.providers.find((report) => report.id === setup.provider)?.key === "missing";
}

function whyNoKey(provider: Provider): string {
  const place = provider.keyEnv === null ? "" : ` or set ${provider.keyEnv} where Vitrine runs`;
  return `${provider.label} needs a key. Paste one in the lane's model menu${place}, then press Retry.`;
}

function whyNoModel(reply: ProvidersReply | null): string {
  const demo = reply?.demo.state;
  if (demo === "installing" || demo === "starting") {
    return "The demo model is not ready yet. Press Retry once it is, or choose another model.";
  }
  return "No model is chosen. Choose one in the lane's header, then press Retry.";
}

function refuse(code: string, message: string): Preparation {
  return { ok: false, error: { source: "app", code, message, retryable: false } };
}
