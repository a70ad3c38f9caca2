/** What the app's own routes answer, checked: the page may be older or newer than its server. */
import * as z from "zod/mini";

import type {
  DemoModel,
  LlamaControlReply,
  LlamaProps,
  LlamaTemplateReply,
  ModelInfo,
  ModelsReply,
  ProvidersReply,
} from "@/lib/providers/api";

const text = z.string();
const textOrNull = z.nullable(z.string());
const figure = z.number();
const figureOrNull = z.nullable(z.number());

const modelSchema: z.ZodMiniType<ModelInfo> = z.object({
  id: text,
  contextLength: figureOrNull,
  note: textOrNull,
});

const demoSchema: z.ZodMiniType<DemoModel> = z.discriminatedUnion("state", [
  z.object({ state: z.literal("off"), reason: text }),
  z.object({ state: z.literal("available"), downloadBytes: figure }),
  z.object({
    state: z.literal("installing"),
    receivedBytes: figureOrNull,
    totalBytes: figure,
    elapsedMs: figure,
  }),
  z.object({ state: z.literal("starting"), elapsedMs: figure }),
  z.object({ state: z.literal("ready"), baseUrl: text, model: text }),
  z.object({ state: z.literal("failed"), what: text, next: text }),
]);

const reachSchema = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("ready"),
    latencyMs: figure,
    models: z.array(modelSchema),
    server: textOrNull,
  }),
  z.object({ state: z.literal("absent") }),
  z.object({ state: z.literal("error"), message: text }),
  z.object({ state: z.literal("unprobed") }),
  z.object({ state: z.literal("unsupported"), message: text }),
]);

/** `GET /api/providers` */
export const providersReplySchema: z.ZodMiniType<ProvidersReply> = z.object({
  version: text,
  endpointsAllowed: z.boolean(),
  providers: z.array(
    z.object({
      id: text,
      label: text,
      local: z.boolean(),
      baseUrl: text,
      key: z.enum(["present", "missing", "not-needed"]),
      keyEnv: textOrNull,
      hint: text,
      reach: reachSchema,
    }),
  ),
  demo: demoSchema,
});

/** `GET /api/models` */
export const modelsReplySchema: z.ZodMiniType<ModelsReply> = z.object({
  models: z.array(modelSchema),
  below: z.optional(z.literal("/v1")),
});

/** `POST /api/demo` */
export const demoReplySchema = demoSchema;

/** `POST /api/llama/props` */
export const llamaPropsSchema: z.ZodMiniType<LlamaProps> = z.object({
  contextLength: figureOrNull,
  slots: figureOrNull,
  build: textOrNull,
  model: textOrNull,
  router: z.boolean(),
  vision: z.nullable(z.boolean()),
  caps: z.record(text, z.boolean()),
});

/** `POST /api/llama/apply-template` */
export const llamaTemplateSchema: z.ZodMiniType<LlamaTemplateReply> = z.object({ prompt: text });

/** `POST /api/llama/control` */
export const llamaControlSchema: z.ZodMiniType<LlamaControlReply> = z.object({
  success: z.boolean(),
  message: textOrNull,
});
