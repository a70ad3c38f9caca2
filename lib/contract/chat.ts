/**
 * `POST /api/chat`: one request to a model. The reply is the relay's stream. The schemas of its head and of its error are in
 * `lib/stream/wire/relay-frames.ts`, because the wire reads them and may not import the contract, which lies above it.
 */
import * as z from "zod/mini";

import { DIALECT_IDS } from "@/lib/providers/dialect-id";

import { serverFields } from "./servers";

const dialectSchema = z.enum(DIALECT_IDS, "is not a dialect that Vitrine knows");
const modelSchema = z.optional(z.string().check(z.minLength(1), z.maxLength(512)));
const streamSchema = z.optional(z.boolean());

/** The two fields of the provider's own request that may stand in for ours. */
const bodyFields = z.object({ body: z.looseObject({ model: modelSchema, stream: streamSchema }) });

/**
 * Strict in what is Vitrine's, open in what is the provider's: `body` goes to the upstream as it is. `model` and
 * `stream` stand beside it because not every dialect says them there; each may be left out, as may `dialect`.
 */
export const chatRequestSchema = z.pipe(
  z.strictObject({
    ...serverFields,
    dialect: z.optional(dialectSchema),
    model: modelSchema,
    stream: streamSchema,
    body: z.record(z.string(), z.unknown()),
  }),
  z.transform((chat, context) => {
    const { data, error } = bodyFields.safeParse({ body: chat.body });
    const model = chat.model ?? data?.body.model;
    if (data !== undefined && model !== undefined)
      return { ...chat, model, stream: chat.stream ?? data.body.stream ?? false };
    const issues = error?.issues ?? [{ path: ["body", "model"], message: "is missing" }];
    context.issues.push(
      ...issues.map(({ path, message }) => ({
        code: "custom" as const,
        path: [...path],
        message,
        input: chat,
      })),
    );
    return z.NEVER;
  }),
);

/** As the page sends it. */
export type ChatRequest = z.input<typeof chatRequestSchema>;

/** As the server reads it: whatever stood in `body` alone stands beside it. */
export type ParsedChatRequest = z.output<typeof chatRequestSchema>;
