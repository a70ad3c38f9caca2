/** How a reply of the relay is read, whoever fetched it. */
import * as z from "zod/mini";

import { errorReplySchema } from "@/lib/contract/error-reply";
import type { ResponseHead, RunError } from "@/lib/stream/turn/event";
import { parseJson } from "@/lib/stream/turn/json-read";

import type { OpenedAnswer } from "./ports";

/** The answer in a reply, or why there is none. */
export async function openRelayReply(response: Response): Promise<OpenedAnswer> {
  if (!response.ok) return { ok: false, error: await readRefusal(response) };
  if (!response.body) return { ok: false, error: noBody() };
  return { ok: true, body: response.body, head: plainHead(response) };
}

/** The relay frames streams only: an answer that was asked for in one piece arrives as the upstream's own JSON. */
function plainHead({ status, headers }: Response): ResponseHead | null {
  const contentType = headers.get("content-type") ?? "";
  if (contentType.startsWith("text/event-stream")) return null;
  return { status, contentType, requestId: null, connectMs: null, headersMs: 0 };
}

function noBody(): RunError {
  return {
    source: "app",
    code: "NO_ANSWER",
    message: "Vitrine's server answered without a body. Retry.",
    retryable: true,
  };
}

/** The reason in a reply that is not 2xx; one of our own words when the reply has none. */
export async function readRefusal(response: Response): Promise<RunError> {
  // A refusal whose body breaks off is still a refusal: its status arrived.
  const text = await response.text().catch(() => "");
  const refusal = z.safeParse(errorReplySchema, parseJson(text));
  if (refusal.success) return { ...refusal.data.error, status: response.status };
  return {
    source: "app",
    code: `HTTP_${response.status}`,
    message: `Vitrine's address returned ${response.status} with no message. Something in between may have answered.`,
    retryable: response.status >= 500,
    status: response.status,
    ...(text === "" ? {} : { detail: text.slice(0, 2_000) }),
  };
}
