/** How every route refuses: JSON `{error}` with its status, and the codes that an error of the server's may have. */
import * as z from "zod/mini";

import type { RunError } from "@/lib/stream/turn/event";
import { runErrorSchema } from "@/lib/stream/turn/run-error-schema";

/** Body of any reply that is not 2xx. */
export const errorReplySchema = z.object({ error: runErrorSchema });

export type ErrorReply = { readonly error: RunError };

/** Codes of Vitrine's own refusals, before an upstream was called or in its place. */
export type RefusalCode =
  | "APP_STOPPED"
  | "BELOW"
  | "BODY"
  | "BODY_TOO_LARGE"
  | "CONTENT_TYPE"
  | "CSRF"
  | "DIALECT"
  | "ENVIRONMENT"
  | "EXPECT"
  | "HOST"
  | "KEY"
  | "LIMIT"
  | "METHOD"
  | "NOT_FOUND"
  | "NOT_SUPPORTED"
  | "NO_MODEL_LIST"
  | "ORIGIN"
  | "PATH"
  | "PROVIDER"
  | "PROXY"
  | "QUERY"
  | "RATE_LOCAL"
  | "TARGET_BLOCKED"
  | "TARGET_INVALID"
  | "TOKEN"
  | "TOKEN_WAIT";
