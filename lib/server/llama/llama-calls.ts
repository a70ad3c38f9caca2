/** What the page may ask a llama-server. A fixed table: no path comes from outside. */
import { z } from "zod";

import { LLAMA_CALLS } from "@/lib/contract/llama";
import type { NamedServer } from "@/lib/contract/servers";
import { type RouteHandler, guarded } from "@/lib/server/guard/guard";
import { appError, errorReply } from "@/lib/server/guard/reply";
import { answerUpstream, askUpstream, unreadable } from "@/lib/server/upstream/ask-upstream";
import { localPath } from "@/lib/server/upstream/base-url";
import { LARGEST_AMOUNT } from "@/lib/stream/turn/bounds";

import { readLlamaProps } from "./read-props";

type Message<Request extends NamedServer, Reply> = {
  readonly request: z.core.$ZodType<Request>;
  readonly reply: z.core.$ZodType<Reply>;
};

type Question<Request, Reply> = {
  /** As llama.cpp documents it. */
  readonly path: (request: Request) => string;
  /** Sent with POST; a GET without it. */
  readonly body?: (request: Request) => object;
  /** null where the server's JSON is something else. */
  readonly read: (json: unknown) => Reply | null;
};

const CALLS: { readonly [Name in keyof typeof LLAMA_CALLS]: RouteHandler } = {
  props: call(LLAMA_CALLS.props, {
    path: ({ model }) =>
      model === undefined
        ? "/props"
        : `/props?${new URLSearchParams({ model, autoload: "false" }).toString()}`,
    read: readLlamaProps,
  }),
  "apply-template": call(LLAMA_CALLS["apply-template"], {
    path: () => "/apply-template",
    body: ({ body }) => body,
    read: reader(z.object({ prompt: z.string() })),
  }),
  "input-tokens": call(LLAMA_CALLS["input-tokens"], {
    path: () => "/v1/chat/completions/input_tokens",
    body: ({ body }) => body,
    read: reader(
      z
        .object({ input_tokens: z.number().int().nonnegative().max(LARGEST_AMOUNT) })
        .transform(({ input_tokens: tokens }) => ({ tokens })),
    ),
  }),
  tokenize: call(LLAMA_CALLS.tokenize, {
    path: () => "/tokenize",
    body: ({ text, model }) => ({
      content: text,
      add_special: true,
      parse_special: true,
      ...(model === undefined ? {} : { model }),
    }),
    read: reader(z.object({ tokens: z.array(z.number().int().nonnegative().max(LARGEST_AMOUNT)) })),
  }),
  control: call(LLAMA_CALLS.control, {
    path: () => "/v1/chat/completions/control",
    body: ({ id }) => ({ id, action: "reasoning_end" }),
    read: reader(
      z
        .object({ success: z.boolean(), message: z.string().nullish() })
        .transform(({ success, message }) => ({ success, message: message ?? null })),
    ),
  }),
};

const unknownCall = guarded({ body: z.unknown() }, ({ requestId }) =>
  errorReply(appError(404, "NOT_FOUND", "There is no such call.", requestId)),
);

/** The handler of `/api/llama/NAME`. */
export function llamaCall(name: string): RouteHandler {
  return new Map(Object.entries(CALLS)).get(name) ?? unknownCall;
}

function call<Request extends NamedServer, Reply extends object>(
  { request: schema }: Message<Request, Reply>,
  { path, body: bodyOf, read }: Question<Request, Reply>,
): RouteHandler {
  return guarded({ body: schema }, ({ body, request, requestId }) =>
    answerUpstream(request, body, requestId, async (destination) => {
      const question = {
        url: localPath(destination.baseUrl, path(body)),
        ...(bodyOf === undefined ? {} : { body: bodyOf(body) }),
        requestId,
        signal: request.signal,
      };
      const answer = await askUpstream(destination, question);
      if (!answer.ok) return answer;
      const reply = read(answer.json);
      return reply === null
        ? unreadable(question, destination, "no answer of llama.cpp's")
        : { ok: true, reply };
    }),
  );
}

function reader<Reply>(schema: z.ZodType<Reply>): (json: unknown) => Reply | null {
  return (json) => schema.safeParse(json).data ?? null;
}
