/**
 * Text that arrives in pieces and is then repeated as a whole. Each call returns what is new, so nothing is lost or
 * doubled.
 */
export type RepeatedText = {
  readonly add: (piece: string) => string;
  /** What `whole` says beyond the pieces; null where it does not begin with them. An empty `whole` says nothing. */
  readonly settle: (whole: string) => string | null;
  readonly text: () => string;
};

export function openRepeatedText(): RepeatedText {
  let received = "";
  return {
    add: (piece) => {
      received += piece;
      return piece;
    },
    settle: (whole) => {
      if (whole === "") return "";
      if (!whole.startsWith(received)) return null;
      const rest = whole.slice(received.length);
      received = whole;
      return rest;
    },
    text: () => received,
  };
}
