/** What the inspector shows of one frame of an answer. */

/** What a frame brought. "own": Vitrine wrote it, not the server. */
export type FrameKind = "thought" | "text" | "call" | "usage" | "timings" | "error" | "own" | "other";

/** How a frame stands in the bytes. */
export type FrameForm =
  /** A server-sent event. */
  | "event"
  /** A comment line of a stream: proof of life. */
  | "comment"
  /** Lines of a stream that make no event. */
  | "line"
  /** The beginning of an event whose end never came. */
  | "cut"
  /** One read of a body that is not a stream, and is understood only once it is complete. */
  | "piece";

/** Characters of a part's text, counted in UTF-16 units. */
export type WordRange = { readonly part: string; readonly from: number; readonly to: number };

export type Frame = {
  /** When its last byte arrived, in ms since the turn began. */
  readonly at: number;
  readonly form: FrameForm;
  /** As received, without the blank line that ends it. */
  readonly text: string;
  /** Bytes as received, with those of its line ends. */
  readonly bytes: number;
  /** Never empty; what it mainly brought comes first. */
  readonly kinds: readonly FrameKind[];
  /** The words of the answer that it made, in order. */
  readonly words: readonly WordRange[];
  /** What was odd about it. */
  readonly remarks: readonly string[];
};
