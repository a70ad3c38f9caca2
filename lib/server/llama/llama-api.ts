/** The few calls of llama-server that the page may make. A fixed list: no path comes from outside. */
import { z } from "zod";

import type {
  LlamaControlReply,
  LlamaProps,
  LlamaSlotsReply,
  LlamaTemplateReply,
  LlamaTokensReply,
} from "@/lib/providers/api";
import { askUpstream, type Asked, unreadable } from "@/lib/server/upstream/ask-upstream";
import type { PlannedPlace } from "@/lib/server/upstream/plan-place";
import { localPath } from "@/lib/server/upstream/server-root";

import { readLlamaProps } from "./llama-props";

export type LlamaContext = {
  readonly place: PlannedPlace;
  readonly requestId: string;
  readonly signal: AbortSignal;
};
export type LlamaAnswer<Reply> =
  | { readonly ok: true; readonly reply: Reply }
  | (Asked & { readonly ok: false });

/** What the server and its template can do. A router is asked about `model`, without loading it. */
export function llamaProps(context: LlamaContext, model?: string): Promise<LlamaAnswer<LlamaProps>> {
  const query = model === undefined ? "" : `?${new URLSearchParams({ model, autoload: "false" }).toString()}`;
  return put(context, `/props${query}`, undefined, readLlamaProps);
}

/** Ends the thinking of the running completion `id`; `success` is false once it has ended. */
export function llamaControl(context: LlamaContext, id: string): Promise<LlamaAnswer<LlamaControlReply>> {
  const schema = z
    .object({ success: z.boolean(), message: z.string().nullish() })
    .transform(({ success, message }) => ({ success, message: message ?? null }));
  return put(context, "/v1/chat/completions/control", { id, action: "reasoning_end" }, reader(schema));
}

/** The prompt that a request body becomes. Runs no model. */
export function llamaTemplate(context: LlamaContext, body: object): Promise<LlamaAnswer<LlamaTemplateReply>> {
  return put(context, "/apply-template", body, reader(z.object({ prompt: z.string() })));
}

/** Exact prompt tokens of a request body, template and tools included. */
export function llamaTokens(context: LlamaContext, body: object): Promise<LlamaAnswer<LlamaTokensReply>> {
  const schema = z.object({ input_tokens: z.number() }).transform(({ input_tokens: tokens }) => ({ tokens }));
  return put(context, "/v1/chat/completions/input_tokens", body, reader(schema));
}

/** Which slots are at work. Prompts, which old builds tell too, are left out. */
export function llamaSlots(context: LlamaContext): Promise<LlamaAnswer<LlamaSlotsReply>> {
  const slot = z
    .object({ id: z.number(), is_processing: z.boolean() })
    .transform(({ id, is_processing: busy }) => ({ id, busy }));
  return put(context, "/slots", undefined, reader(z.array(slot).transform((slots) => ({ slots }))));
}

async function put<Reply>(
  { place, requestId, signal }: LlamaContext,
  path: string,
  body: object | undefined,
  read: (json: unknown) => Reply | null,
): Promise<LlamaAnswer<Reply>> {
  const sent = body === undefined ? {} : { body };
  const question = { url: localPath(place.baseUrl, path), ...sent, requestId, signal };
  const asked = await askUpstream(place, question);
  if (!asked.ok) return asked;
  const reply = read(asked.json);
  return reply === null ? unreadable(question, place, "no answer of llama.cpp's") : { ok: true, reply };
}

function reader<Reply>(schema: z.ZodType<Reply>): (json: unknown) => Reply | null {
  return (json) => schema.safeParse(json).data ?? null;
}
