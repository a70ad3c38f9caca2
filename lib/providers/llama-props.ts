import * as z from "zod/mini";

/** What llama-server says of itself and its chat template, as far as rules and lanes use it; unknown = null. */
export const llamaPropsSchema = z.object({
  contextLength: z.nullable(z.number()),
  slots: z.nullable(z.number()),
  build: z.nullable(z.string()),
  model: z.nullable(z.string()),
  /** "Q4_K_M" */
  quantization: z.nullable(z.string()),
  /** SHA-256 of the chat template, hex, its first 12 characters. */
  templateHash: z.nullable(z.string()),
  /** It serves several models, and speaks for none of them. */
  router: z.boolean(),
  vision: z.nullable(z.boolean()),
  /** `chat_template_caps`; a missing key is unknown. */
  caps: z.record(z.string(), z.boolean()),
});

export type LlamaProps = Readonly<z.infer<typeof llamaPropsSchema>>;
