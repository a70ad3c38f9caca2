/** A JSON value as it crossed the wire. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object as it crossed the wire. Read unknown keys with bracket access. */
export type JsonObject = { readonly [key: string]: Json };
