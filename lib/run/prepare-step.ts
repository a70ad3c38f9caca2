import type { ChatRequest } from "@/lib/contract/chat";
import type { ProvidersReply } from "@/lib/contract/servers";
import { belowBaseUrl } from "@/lib/providers/base-url";
import type { DialectId } from "@/lib/providers/dialect-id";
import { bindDialect } from "@/lib/providers/dialects/bind-dialect";
import type { LaneSetup, PastTurn, Provider, Speech, ThinkTagMode } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import { speechOf } from "@/lib/providers/speech-of";
import type { RunError } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import type { DialectReader } from "@/lib/stream/wire/wire-body";
import type { ToolDefinition } from "@/lib/tools/tool";

import { withSentArguments } from "./sent-arguments";

export type StepInput = {
  readonly setup: LaneSetup;
  readonly tools: readonly ToolDefinition[];
  /** Earlier turns of the branch, oldest first, then the one that continues. */
  readonly history: readonly PastTurn[];
  readonly reply: ProvidersReply | null;
  /** Whether this tab holds a pasted key for the server. */
  readonly keyHeld: boolean;
  /** The server whose address lacks its user, password or query values, as a person reads it; null = none does. */
  readonly lacksAddressOf?: string | null;
  readonly shape?: RequestShape;
};

/** How a request differs from what a lane sends. What it leaves out is as usual. */
export type RequestShape = {
  /** Ask for a stream, or for the whole answer at once. */
  readonly stream?: boolean;
  /** "dropped": no earlier thought goes back, whatever the dialect would do. */
  readonly thoughts?: "kept" | "dropped";
  /** Laid over the written body, field by field and level by level; null takes a field out (RFC 7396). */
  readonly patch?: JsonObject;
};

export type PreparedStep = {
  readonly dialect: DialectId;
  readonly speech: Speech;
  /** Whether a stream is asked for, or the whole answer at once. */
  readonly isStreamed: boolean;
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
  if (provider.addedOnly === true && setup.endpoint === null)
    return refuse("NO_PROVIDER", "This lane's server no longer exists. Choose a model.");
  if (provider.unsupported !== undefined) return refuse("NOT_SUPPORTED", provider.unsupported);
  if (setup.model === "") return refuse("NO_MODEL", whyNoModel(input.reply));
  if (input.lacksAddressOf != null) return refuse("NO_KEY", whyNoAddress(input.lacksAddressOf));
  if (lacksKey(input)) return refuse("NO_KEY", whyNoKey(provider));
  const speech = speechOf(provider, setup.dialect);
  const dialect = bindDialect(speech);
  const { stream = true, thoughts = "kept", patch } = input.shape ?? {};
  const read = history.map(withSentArguments);
  const sent = thoughts === "kept" ? read : read.map(withoutThoughts);
  const { body: written, notes } = dialect.write({ provider, setup, tools, history: sent, stream });
  const body = patch === undefined ? written : mergePatch(written, patch);
  const call = { model: setup.model, stream };
  const chat: ChatRequest = {
    provider: provider.id,
    ...(setup.endpoint === null ? {} : { endpoint: setup.endpoint }),
    dialect: dialect.id,
    ...call,
    body,
  };
  return {
    ok: true,
    step: {
      chat,
      body,
      dialect: dialect.id,
      speech,
      isStreamed: call.stream,
      url: belowBaseUrl(baseUrlOf(provider, input), dialect.path(call)),
      notes,
      openReader: () => dialect.open(thinkTagMode(setup)),
    },
  };
}

function withoutThoughts(past: PastTurn): PastTurn {
  const steps = past.turn.steps.map((step) => ({
    ...step,
    parts: step.parts.filter(({ type }) => type !== "reasoning"),
  }));
  return { ...past, turn: { steps } };
}

function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged = new Map(Object.entries(target));
  for (const [name, value] of Object.entries(patch)) {
    const before = merged.get(name);
    if (value === null) merged.delete(name);
    else merged.set(name, isObject(value) ? mergePatch(isObject(before) ? before : {}, value) : value);
  }
  return Object.fromEntries(merged);
}

/** How a lane reads think tags in the text. */
export function thinkTagMode({ thinkTags }: LaneSetup): ThinkTagMode {
  if (thinkTags === null) return "auto";
  return thinkTags ? "on" : "off";
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
  const orSetIt = provider.keyEnv === null ? "" : ` or set ${provider.keyEnv} where Vitrine runs`;
  return `${provider.label} needs a key. Paste one in the lane's model menu${orSetIt}, then retry.`;
}

function whyNoAddress(name: string): string {
  return `${name} needs the secret part of its address again: it was kept in this tab's memory only. Enter it in the lane's model menu, then retry.`;
}

function whyNoModel(reply: ProvidersReply | null): string {
  const demo = reply?.demo.state;
  if (demo === "installing" || demo === "starting") {
    return "The demo model is not ready yet. Retry once it is, or choose another model.";
  }
  return "No model is chosen. Choose one in the lane's header, then retry.";
}

function refuse(code: string, message: string): Preparation {
  return { ok: false, error: { source: "app", code, message, retryable: false } };
}
