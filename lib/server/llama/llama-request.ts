import { z } from "zod";

const target = {
  provider: z.string().min(1).max(64),
  endpoint: z.string().min(1).max(2048).optional(),
};
const body = z.record(z.string(), z.unknown());

/** Bodies of `POST /api/llama/*`: strict, for all of it is Vitrine's but `body`, which is the model's request. */
export const llamaRequests = {
  props: z.strictObject({ ...target, model: z.string().max(500).optional() }),
  control: z.strictObject({ ...target, id: z.string().min(1).max(200) }),
  template: z.strictObject({ ...target, body }),
  tokens: z.strictObject({ ...target, body }),
  slots: z.strictObject(target),
};
