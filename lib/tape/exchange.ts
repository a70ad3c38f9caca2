/** One HTTP exchange: what every format of recordings knows. */
export type Exchange = {
  readonly method: string;
  readonly url: string;
  /** Without anything that could hold a key: only headers of an allow-list are here. */
  readonly requestHeaders: readonly HeaderLine[];
  /** As sent. */
  readonly requestBody: string;
  /** epoch ms; null = the format does not say. */
  readonly startedAt: number | null;
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly HeaderLine[];
  /** µs from the request's send to the response's head; null = the format does not say. */
  readonly headUs: number | null;
  /** The body as it was read, in order. */
  readonly chunks: readonly ExchangeChunk[];
  /** "missing": the format has no times, and the chunks are replayed evenly. */
  readonly timing: "measured" | "missing";
  /** null = the format does not say, or the recording stops before the end. */
  readonly end: ExchangeEnd | null;
};

export type HeaderLine = readonly [name: string, value: string];

/** One read. `us`: µs since the request was sent; never falls. */
export type ExchangeChunk = { readonly us: number; readonly bytes: Uint8Array<ArrayBuffer> };

export type ExchangeEnd = {
  /** µs since the request was sent. */
  readonly us: number;
  readonly how: "closed" | "broken" | "stopped";
  /** Why it broke, for a person. */
  readonly message?: string;
};
