/** A number with its provenance: who reported it, and how it was determined. */
export type Figure = {
  /** null = unknown, which is never 0. */
  readonly value: number | null;
  readonly source: FigureSource;
  /** One sentence for a person: where the number comes from, or why there is none. */
  readonly explain: string;
};

export type FigureSource = "server" | "measured" | "estimated" | "unknown";

/** What each source is called on the page. */
export const SOURCE_LABELS: Record<FigureSource, string> = {
  server: "reported by the server",
  measured: "measured here",
  estimated: "estimated",
  unknown: "unknown",
};

/** The same of a recording: its clock was the one of whoever recorded it. */
const RECORDED_LABELS: typeof SOURCE_LABELS = {
  ...SOURCE_LABELS,
  measured: "measured where it was recorded",
};

/** What a source is called, of an answer that ran in this page or of one in a recording. */
export function sourceLabel(source: FigureSource, isRecorded: boolean): string {
  return (isRecorded ? RECORDED_LABELS : SOURCE_LABELS)[source];
}

/** A figure from the server when it gave one, else unknown with the reason. */
export function reported(value: number | null | undefined, explain: string, why: string): Figure {
  return value === null || value === undefined ? unknown(why) : { value, source: "server", explain };
}

/** Why a recording without times has no number that a clock would give. */
export const NO_TIMES = "the recording has no times, and those that it is replayed with were made up";

/** No number, and why. */
export function unknown(explain: string): Figure {
  return { value: null, source: "unknown", explain };
}
