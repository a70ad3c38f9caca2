/** A server that checks like the real one of its dialect, and answers in its wire format. */
export type StrictDialect = {
  /** Whether a POST to this path is for it. */
  readonly serves: (path: string) => boolean;
  /** What the request asks, or why the real server would refuse it. */
  readonly read: (body: unknown, ledger: Ledger) => StrictRequest | Refusal;
  /** The frames of a streamed answer, as they stand on the wire. */
  readonly write: (answer: StrictAnswer, ledger: Ledger) => readonly string[];
  readonly contentType: string;
  /** The body of a 400. */
  readonly refuse: (message: string) => unknown;
};

export type StrictRequest = {
  readonly kind: "request";
  /** Names of the tools offered. */
  readonly tools: readonly string[];
  /** Results of calls since the last prompt, in order. */
  readonly results: readonly string[];
};

export type Refusal = { readonly kind: "refusal"; readonly message: string };

export type StrictAnswer = {
  readonly thought: string;
  readonly calls: readonly { readonly name: string; readonly args: object }[];
  readonly text: string;
  /** Without the event that nobody knows, at which some libraries break. */
  readonly isPlain?: boolean;
};

/** What one server has given out: only that may come back to it. */
export type Ledger = {
  readonly signatures: Set<string>;
  readonly calls: Set<string>;
  /** A number that is new each time. */
  readonly next: () => number;
};

export function openLedger(): Ledger {
  let count = 0;
  return { signatures: new Set(), calls: new Set(), next: () => (count += 1) };
}

/** A signature that has not been given out before. */
export function sign(ledger: Ledger): string {
  const signature = Buffer.from(`signature ${String(ledger.next())}`).toString("base64");
  ledger.signatures.add(signature);
  return signature;
}

export function refusal(message: string): Refusal {
  return { kind: "refusal", message };
}

/** One SSE frame; `event` names it where the dialect does. */
export function frame(data: object, event?: string): string {
  return `${event === undefined ? "" : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`;
}

/** A text in small pieces, as a model streams it. */
export function pieces(text: string): readonly string[] {
  return text.match(/.{1,6}/gsu) ?? [];
}
