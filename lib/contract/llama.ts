/** `POST /api/llama/…`: the few calls of llama-server that the page may make. */
import * as z from "zod/mini";

import { llamaPropsSchema } from "@/lib/providers/llama-props";

import { serverFields } from "./servers";

/** A model's request, as it would go to `/v1/chat/completions`. */
const body = z.record(z.string(), z.unknown());

/** The request and the reply of each call, by the last part of its path. */
export const LLAMA_CALLS = {
  /** What the server and its chat template can do. A router is asked about `model`, without loading it. */
  props: {
    request: z.strictObject({ ...serverFields, model: z.optional(z.string().check(z.maxLength(500))) }),
    reply: llamaPropsSchema,
  },
  /** The prompt that a request becomes. Runs no model. */
  "apply-template": {
    request: z.strictObject({ ...serverFields, body }),
    reply: z.object({ prompt: z.string() }),
  },
  /** Exact prompt tokens of a request, template and tools included. */
  "input-tokens": {
    request: z.strictObject({ ...serverFields, body }),
    reply: z.object({ tokens: z.number() }),
  },
  /** The ids of a text's tokens, special ones too. A router asks `model`. Runs no model. */
  tokenize: {
    request: z.strictObject({
      ...serverFields,
      model: z.optional(z.string().check(z.maxLength(500))),
      text: z.string().check(z.maxLength(4_000_000)),
    }),
    reply: z.object({ tokens: z.array(z.number()) }),
  },
  /** Ends the thinking of the running completion `id`; `success` is false once it has ended. */
  control: {
    request: z.strictObject({ ...serverFields, id: z.string().check(z.minLength(1), z.maxLength(200)) }),
    reply: z.object({ success: z.boolean(), message: z.nullable(z.string()) }),
  },
};
