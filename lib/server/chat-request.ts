import { z } from "zod";

/** Body of `POST /api/chat`: strict in what is Vitrine's, open in what is the provider's. */
export const chatRequestSchema = z.strictObject({
  provider: z.string().min(1).max(64),
  endpoint: z.string().min(1).max(2048).optional(),
  body: z.looseObject({ model: z.string().min(1), stream: z.boolean().optional() }),
});

export type ParsedChatRequest = z.infer<typeof chatRequestSchema>;
