import { z } from "zod";

import { DIALECT_LABELS } from "@/lib/providers/dialect-labels";
import type { DialectId } from "@/lib/providers/provider";

const isDialect = (id: string): id is DialectId => Object.hasOwn(DIALECT_LABELS, id);

/** Body of `POST /api/chat`: strict in what is Vitrine's, open in what is the provider's. */
export const chatRequestSchema = z
  .strictObject({
    provider: z.string().min(1).max(64),
    endpoint: z.string().min(1).max(2048).optional(),
    dialect: z.string().refine(isDialect, { error: "is no dialect that Vitrine knows" }).optional(),
    model: z.string().min(1).max(512).optional(),
    stream: z.boolean().optional(),
    body: z.looseObject({ model: z.string().min(1).optional(), stream: z.boolean().optional() }),
  })
  .transform((chat, context) => {
    const model = chat.model ?? chat.body.model;
    if (model !== undefined) return { ...chat, model, stream: chat.stream ?? chat.body.stream ?? false };
    context.addIssue({ code: "custom", path: ["body", "model"], message: "is missing" });
    return z.NEVER;
  });

export type ParsedChatRequest = z.infer<typeof chatRequestSchema>;
