/** What the page and the server's routes say to each other. The server sends these; the page reads them with zod. */
import type { RunError } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";

import type { DialectId } from "./provider";

/** Sent on every POST, and on every GET under /api but /api/health. */
export const CSRF_HEADER = "x-vitrine";
/** Carries a key that a person pasted, for one request. Never stored, never logged. */
export const KEY_HEADER = "x-vitrine-key";
/**
 * What the header's value begins with where a key alone does not do: base64url of JSON `{key, login, query}` follows.
 * No key has a space.
 */
export const PARTS_PREFIX = "parts ";

/**
 * Body of `POST /api/chat`. `endpoint` is the base URL of a person's own server. `body` goes to the upstream
 * as it is; `model` and `stream` stand beside it because not every dialect says them there. Each may be left
 * out: the provider's first dialect, and what `body` says.
 */
export type ChatRequest = {
  readonly provider: string;
  readonly endpoint?: string;
  readonly dialect?: DialectId;
  readonly model?: string;
  readonly stream?: boolean;
  readonly body: JsonObject;
};

/** Any of our routes refusing or failing before the stream: JSON `{error}` with its status. */
export type ErrorReply = { readonly error: RunError };

/** `data` of the `event: relay-head` frame. */
export type RelayHead = {
  readonly status: number;
  readonly contentType: string;
  readonly requestId?: string;
  /** ms; null for a kept-alive socket. */
  readonly connectMs: number | null;
  readonly headersMs: number;
};

/** `data` of the `event: relay-error` frame; it closes the stream. */
export type RelayError = { readonly error: RunError };

/** `GET /api/providers` */
export type ProvidersReply = {
  readonly version: string;
  /** Whether people may add endpoints of their own (the app is bound to loopback). */
  readonly endpointsAllowed: boolean;
  readonly providers: readonly ProviderReport[];
  readonly demo: DemoModel;
};

export type ProviderReport = {
  readonly id: string;
  readonly label: string;
  readonly local: boolean;
  /** The address in use: found by probing, set by the environment, or the preset's. */
  readonly baseUrl: string;
  readonly key: "present" | "missing" | "not-needed";
  readonly keyEnv: string | null;
  readonly hint: string;
  readonly reach:
    | {
        readonly state: "ready";
        readonly latencyMs: number;
        readonly models: readonly ModelInfo[];
        readonly server: string | null;
      }
    /** Local server that does not answer. */
    | { readonly state: "absent" }
    | { readonly state: "error"; readonly message: string }
    /** Hosted: not probed until a person looks at its models. */
    | { readonly state: "unprobed" }
    /** Known and not usable yet. */
    | { readonly state: "unsupported"; readonly message: string };
};

export type ModelInfo = {
  readonly id: string;
  /** Context length in tokens; null when the server does not say. */
  readonly contextLength: number | null;
  /** A short remark such as "loaded", "unloaded" or "tiny demo model: don't judge its answers". */
  readonly note: string | null;
};

/** `GET /api/models?provider=…&endpoint=…` */
export type ModelsReply = {
  readonly models: readonly ModelInfo[];
  /** The address itself answers 404, and these are the models of the same address with this path. */
  readonly below?: "/v1" | undefined;
};

/** The server and model that Vitrine brings itself. */
export type DemoModel =
  /** Switched off, or the platform has no wheel: `reason` says which and what to do. */
  | { readonly state: "off"; readonly reason: string }
  /** Could be installed at a click: another server or a key was found. */
  | { readonly state: "available"; readonly downloadBytes: number }
  | {
      readonly state: "installing";
      readonly receivedBytes: number | null;
      readonly totalBytes: number;
      readonly elapsedMs: number;
    }
  | { readonly state: "starting"; readonly elapsedMs: number }
  | { readonly state: "ready"; readonly baseUrl: string; readonly model: string }
  | { readonly state: "failed"; readonly what: string; readonly next: string };

/** What is said of the demo model wherever it is offered or chosen. */
export const DEMO_MODEL_NOTE = "tiny demo model: don't judge its answers";

/** `POST /api/llama/props` → the parts of llama-server's `/props` that the page uses; unknown = null. */
export type LlamaProps = {
  readonly contextLength: number | null;
  readonly slots: number | null;
  readonly build: string | null;
  readonly model: string | null;
  readonly router: boolean;
  readonly vision: boolean | null;
  /** `chat_template_caps`; a missing key is unknown. */
  readonly caps: { readonly [name: string]: boolean };
};

/** `apply-template` → the rendered prompt; `input-tokens` → its exact token count. */
export type LlamaTemplateReply = { readonly prompt: string };
export type LlamaTokensReply = { readonly tokens: number };
export type LlamaControlReply = { readonly success: boolean; readonly message: string | null };
/** `POST /api/llama/slots`; a server started with `--no-slots` answers with its own error. */
export type LlamaSlotsReply = { readonly slots: readonly { readonly id: number; readonly busy: boolean }[] };
