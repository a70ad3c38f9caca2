/** One answer as the upstream saw it; times are epoch ms, null = not yet. */
export type Answered = {
  readonly model: string;
  /** Tokens sent so far. */
  sent: number;
  firstAt: number | null;
  /** When the last token was written. */
  endedAt: number | null;
  closedAt: number | null;
};
