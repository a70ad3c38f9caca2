/** A JSON value as it crossed the wire. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object as it crossed the wire. Read unknown keys with bracket access. */
export type JsonObject = { readonly [key: string]: Json };

/**
 * The JSON that a value of type T is on the wire: the same keys and values, which an interface alone does not promise to
 * be JSON. What T leaves unknown is any JSON.
 */
export type AsJson<T> = unknown extends T
  ? Json
  : T extends boolean | number | string | null | undefined
    ? T
    : { readonly [K in keyof T]: AsJson<T[K]> };
