import * as z from "zod/mini";

/** Fields of every request that names a server: a provider, and the base URL where it is a person's own. */
export const serverFields = {
  provider: z.string().check(z.minLength(1), z.maxLength(64)),
  endpoint: z.optional(z.string().check(z.minLength(1), z.maxLength(2048))),
};

/** A server as requests name it. */
export type NamedServer = { readonly provider: string; readonly endpoint?: string | undefined };
