import { createHash } from "node:crypto";

import { z } from "zod";

import type { LlamaProps } from "@/lib/providers/llama-props";
import { LARGEST_AMOUNT } from "@/lib/stream/turn/bounds";

/** Other numbers, such as -5, 0.5 or 1e15, say nothing: the amount is unknown. */
const amount = z.number().int().positive().max(LARGEST_AMOUNT).nullish().catch(null);

const propsSchema = z.object({
  default_generation_settings: z.object({ n_ctx: amount }).nullish().catch(null),
  total_slots: amount,
  build_info: z.string().nullish().catch(null),
  model_alias: z.string().nullish().catch(null),
  model_path: z.string().nullish().catch(null),
  model_ftype: z.string().nullish().catch(null),
  chat_template: z.string().nullish().catch(null),
  role: z.string().nullish().catch(null),
  modalities: z.object({ vision: z.boolean().nullish() }).nullish().catch(null),
  chat_template_caps: z.record(z.string(), z.unknown()).nullish().catch(null),
});

/** Reads llama-server's `/props`; a missing or odd field is null, a missing capability unknown. null when it is no object. Pure. */
export function readLlamaProps(body: unknown): LlamaProps | null {
  const parsed = propsSchema.safeParse(body);
  if (!parsed.success) return null;
  const props = parsed.data;
  return {
    contextLength: props.default_generation_settings?.n_ctx ?? null,
    slots: props.total_slots ?? null,
    build: knownBuild(props.build_info),
    model: props.model_alias || fileName(props.model_path) || null,
    quantization: props.model_ftype || null,
    templateHash: hashOf(props.chat_template),
    router: props.role === "router",
    vision: props.modalities?.vision ?? null,
    caps: booleans(props.chat_template_caps ?? {}),
  };
}

/** Builds outside llama.cpp's own repository call themselves "b0-unknown". */
function knownBuild(build: string | null | undefined): string | null {
  return build === undefined || build === null || build.endsWith("unknown") ? null : build;
}

function hashOf(template: string | null | undefined): string | null {
  if (template === undefined || template === null || template === "") return null;
  return createHash("sha256").update(template).digest("hex").slice(0, 12);
}

/** Only the file's name is reported, because a person's folders are private. */
function fileName(path: string | null | undefined): string | null {
  return path?.split(/[\\/]/).at(-1) ?? null;
}

function booleans(caps: Readonly<Record<string, unknown>>): Readonly<Record<string, boolean>> {
  return Object.fromEntries(
    Object.entries(caps).flatMap(([name, value]) => (typeof value === "boolean" ? [[name, value]] : [])),
  );
}
