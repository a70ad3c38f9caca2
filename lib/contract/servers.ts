/** `GET /api/providers`, `GET /api/models` and `POST /api/demo`: which servers and models there are. */
import * as z from "zod/mini";

/** Fields of every request that names a server: a provider, and the base URL where it is a person's own. */
export const serverFields = {
  provider: z.string().check(z.minLength(1), z.maxLength(64)),
  endpoint: z.optional(z.string().check(z.minLength(1), z.maxLength(2048))),
};

/** A server as requests name it. */
export type NamedServer = { readonly provider: string; readonly endpoint?: string | undefined };

/** What a schema reads, as everybody else sees it: nobody writes into a message. */
type Immutable<T> = T extends readonly (infer Item)[]
  ? readonly Immutable<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: Immutable<T[K]> }
    : T;

const textOrNull = z.nullable(z.string());

const modelInfoSchema = z.object({
  id: z.string(),
  /** Tokens; null when the server does not say. */
  contextLength: z.nullable(z.number()),
  /** A short remark such as "loaded", "unloaded" or `DEMO_MODEL_NOTE`. */
  note: textOrNull,
  /** Levels of effort that the model takes, from low to high, none where it takes no effort; absent when the list does not say. */
  efforts: z.optional(z.array(z.string())),
});

/** The server and model that Vitrine brings itself; the reply of `POST /api/demo`. */
export const demoModelSchema = z.discriminatedUnion("state", [
  /** Switched off, or there is no wheel for the platform: `reason` says which, and what to do. */
  z.object({ state: z.literal("off"), reason: z.string() }),
  /** Can be installed at a click. */
  z.object({ state: z.literal("available"), downloadBytes: z.number() }),
  z.object({
    state: z.literal("installing"),
    receivedBytes: z.nullable(z.number()),
    totalBytes: z.number(),
    elapsedMs: z.number(),
  }),
  z.object({ state: z.literal("starting"), elapsedMs: z.number() }),
  z.object({ state: z.literal("ready"), baseUrl: z.string(), model: z.string() }),
  z.object({ state: z.literal("failed"), what: z.string(), next: z.string() }),
]);

const reachSchema = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("ready"),
    latencyMs: z.number(),
    models: z.array(modelInfoSchema),
    server: textOrNull,
  }),
  /** A local server that does not answer. */
  z.object({ state: z.literal("absent") }),
  z.object({ state: z.literal("error"), message: z.string() }),
  /** Hosted: not asked until a person looks at its models. */
  z.object({ state: z.literal("unprobed") }),
  /** Known, and not usable yet. */
  z.object({ state: z.literal("unsupported"), message: z.string() }),
]);

const providerReportSchema = z.object({
  id: z.string(),
  label: z.string(),
  local: z.boolean(),
  /** The address in use: found by probing, set by the environment, or the preset's. */
  baseUrl: z.string(),
  key: z.enum(["present", "missing", "not-needed"]),
  keyEnv: textOrNull,
  hint: z.string(),
  reach: reachSchema,
});

/** Reply of `GET /api/providers`. */
export const providersReplySchema = z.object({
  version: z.string(),
  /** Whether people may add servers of their own. */
  endpointsAllowed: z.boolean(),
  providers: z.array(providerReportSchema),
  demo: demoModelSchema,
});

/** Query of `GET /api/models`. */
export const modelsQuerySchema = z.strictObject(serverFields);

/** Reply of `GET /api/models`. */
export const modelsReplySchema = z.object({
  models: z.array(modelInfoSchema),
  /** How long the server took, measured by Vitrine's server. */
  latencyMs: z.optional(z.number()),
  /** The address itself answers 404; these are the models of the same address with this path added. */
  below: z.optional(z.literal("/v1")),
});

/** Body of `POST /api/demo`. */
export const demoRequestSchema = z.strictObject({ action: z.literal("install") });

export type ModelInfo = Immutable<z.infer<typeof modelInfoSchema>>;
export type DemoModel = Immutable<z.infer<typeof demoModelSchema>>;
export type ProviderReport = Immutable<z.infer<typeof providerReportSchema>>;
export type ProvidersReply = Immutable<z.infer<typeof providersReplySchema>>;
export type ModelsReply = Immutable<z.infer<typeof modelsReplySchema>>;

/** Whether the demo model will be there in a while by itself. */
export function isDemoComing({ demo }: ProvidersReply): boolean {
  return demo.state === "installing" || demo.state === "starting";
}

/** What is said of the demo model wherever it is offered or chosen. */
export const DEMO_MODEL_NOTE = "tiny demo model: don't judge its answers";
