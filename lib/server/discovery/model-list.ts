import { z } from "zod";

import { DEMO_MODEL_NOTE, type ModelInfo } from "@/lib/contract/servers";
import { DEMO_MODEL_ID } from "@/lib/server/demo/demo-model";
import { LARGEST_AMOUNT } from "@/lib/stream/turn/bounds";

/** More than any catalog holds today. What comes after is left out: the first ones still are a list. */
export const MAX_MODELS = 20_000;

/** Anthropic's levels of effort, from low to high. */
const LEVELS = ["low", "medium", "high", "xhigh", "max"] as const;
const support = z.object({ supported: z.boolean() }).nullish().catch(null);
const effortSupport = z.object({
  supported: z.boolean(),
  low: support,
  medium: support,
  high: support,
  xhigh: support,
  max: support,
});

const count = z.number().int().positive().max(LARGEST_AMOUNT).nullish().catch(null);
const word = z.string().nullish().catch(null);
/** A server that numbers its models reads the number as text. */
const name = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null);

/** Only what we use of the many shapes; a field of another type counts as absent. */
const entry = z.object({
  id: name,
  name: word,
  model: word,
  key: word,
  display_name: word,
  displayName: word,
  object: word,
  type: word,
  owned_by: word,
  state: word,
  context_length: count,
  context_window: count,
  max_model_len: count,
  max_context_length: count,
  loaded_context_length: count,
  inputTokenLimit: count,
  supportedGenerationMethods: z.array(z.string()).nullish().catch(null),
  meta: z.object({ n_ctx: count, n_ctx_train: count }).nullish().catch(null),
  status: z.object({ value: word }).nullish().catch(null),
  capabilities: z
    .object({ effort: effortSupport.nullish().catch(null) })
    .nullish()
    .catch(null),
});
type Entry = z.infer<typeof entry>;

export type UpstreamModels = {
  readonly models: readonly ModelInfo[];
  /** The owner of the first model as reported by the server, which distinguishes servers. */
  readonly owner: string | null;
};

/**
 * Reads a model list of any known shape: under `data`, `models`, `result` or `items`, or bare; an array of objects or
 * of ids, or a map from id to model. Each id counts once. null when it is none. Pure.
 */
export function readModelList(body: unknown): UpstreamModels | null {
  const list = entriesOf(body);
  if (list === null) return null;
  const known = list.slice(0, MAX_MODELS).flatMap((item) => {
    const parsed = entry.safeParse(typeof item === "string" ? { id: item } : item);
    return parsed.success ? [parsed.data] : [];
  });
  const models = new Map(
    known.filter(canChat).flatMap((item) => toModelInfo(item).map((one) => [one.id, one])),
  );
  // Items of another kind: some other API's list.
  if (list.length > 0 && known.every((item) => toModelInfo(item).length === 0)) return null;
  return { models: [...models.values()], owner: known[0]?.owned_by ?? null };
}

const LIST_FIELDS = ["data", "models", "result", "items"] as const;

function entriesOf(body: unknown): readonly unknown[] | null {
  if (Array.isArray(body)) return body;
  if (!isRecord(body)) return null;
  for (const field of LIST_FIELDS) {
    const value = body[field];
    if (Array.isArray(value)) return value;
    if (value === null && field === "data") return [];
    if (isRecord(value)) return entriesOf(value) ?? mapEntries(value);
  }
  return null;
}

/** Models by their ids. If anything in it is not a model, this is not such a map. */
function mapEntries(map: Record<string, unknown>): readonly unknown[] | null {
  const pairs = Object.entries(map);
  return pairs.every(([, value]) => isRecord(value))
    ? pairs.map(([id, value]) => Object.assign({ id }, value))
    : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function toModelInfo(item: Entry): readonly ModelInfo[] {
  // Gemini names its models by their path.
  const id = item.id || item.name?.replace(/^models\//, "") || item.model || item.key;
  if (id === null || id === undefined || id === "") return [];
  const efforts = effortsOf(item);
  return [
    {
      id,
      contextLength: contextLength(item),
      note: noteOf(id, item),
      ...(efforts === null ? {} : { efforts }),
    },
  ];
}

/** What Anthropic's list says of each level; null where a list says nothing of effort. */
function effortsOf({ capabilities }: Entry): readonly string[] | null {
  const effort = capabilities?.effort ?? null;
  if (effort === null) return null;
  return effort.supported ? LEVELS.filter((level) => effort[level]?.supported === true) : [];
}

/** What the server has loaded counts before what the model could do. */
function contextLength(item: Entry): number | null {
  return (
    item.meta?.n_ctx ??
    item.loaded_context_length ??
    item.max_model_len ??
    item.context_length ??
    item.context_window ??
    item.max_context_length ??
    item.inputTokenLimit ??
    item.meta?.n_ctx_train ??
    null
  );
}

/** llama.cpp's router and LM Studio report which models are in memory; Anthropic and Gemini have display names. */
function noteOf(id: string, item: Entry): string | null {
  if (id === DEMO_MODEL_ID) return DEMO_MODEL_NOTE;
  return item.status?.value ?? item.state ?? item.display_name ?? item.displayName ?? null;
}

function canChat({ type, supportedGenerationMethods: methods }: Entry): boolean {
  const isEmbedder = type === "embedding" || type === "embeddings";
  return !isEmbedder && (methods?.includes("generateContent") ?? true);
}
