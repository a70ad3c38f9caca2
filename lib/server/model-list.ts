import { z } from "zod";

import { DEMO_MODEL_NOTE, type ModelInfo } from "@/lib/providers/api";

import { DEMO_MODEL_ID } from "./demo-model";

/** More than any catalogue holds today; the picker has no use for more. */
const MAX_MODELS = 5000;

const count = z.number().int().positive().nullish().catch(null);
const word = z.string().nullish().catch(null);

/** Only what we use of the many shapes; a field of another type counts as absent. */
const entry = z.object({
  id: word,
  name: word,
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
});
type Entry = z.infer<typeof entry>;

const entries = z.array(z.unknown()).max(MAX_MODELS);
const listSchema = z.union([
  entries,
  z.object({ data: entries.nullable() }).transform(({ data }) => data ?? []),
  z.object({ models: entries }).transform(({ models }) => models),
]);

export type ModelList = {
  readonly models: readonly ModelInfo[];
  /** Who the server says owns its first model: tells servers apart. */
  readonly owner: string | null;
};

/** Reads a model list of any known shape: `{data}`, `{models}` or a bare array. null when it is none. Pure. */
export function readModelList(body: unknown): ModelList | null {
  const list = listSchema.safeParse(body);
  if (!list.success) return null;
  const known = list.data.flatMap((item) => {
    const parsed = entry.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
  const models = known.filter(canChat).flatMap(toModelInfo);
  return { models, owner: known[0]?.owned_by ?? null };
}

function toModelInfo(item: Entry): readonly ModelInfo[] {
  // Gemini names its models by their path.
  const id = item.id ?? item.name?.replace(/^models\//, "");
  if (id === null || id === undefined || id === "") return [];
  return [{ id, contextLength: contextLength(item), note: noteOf(id, item) }];
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

/** llama.cpp's router and LM Studio tell which models are in memory; Anthropic and Gemini have names for people. */
function noteOf(id: string, item: Entry): string | null {
  if (id === DEMO_MODEL_ID) return DEMO_MODEL_NOTE;
  return item.status?.value ?? item.state ?? item.display_name ?? item.displayName ?? null;
}

function canChat({ type, supportedGenerationMethods: methods }: Entry): boolean {
  const isEmbedder = type === "embedding" || type === "embeddings";
  return !isEmbedder && (methods?.includes("generateContent") ?? true);
}
