/**
 * Text that arrives in pieces and is then repeated as a whole. Each call returns what is new, so nothing is lost or
 * doubled.
 */
export type ToldText = {
  readonly add: (piece: string) => string;
  /** What `whole` says beyond the pieces; null where it does not begin with them. An empty `whole` says nothing. */
  readonly settle: (whole: string) => string | null;
  readonly text: () => string;
};

export function openToldText(): ToldText {
  let told = "";
  return {
    add: (piece) => {
      told += piece;
      return piece;
    },
    settle: (whole) => {
      if (whole === "") return "";
      if (!whole.startsWith(told)) return null;
      const rest = whole.slice(told.length);
      told = whole;
      return rest;
    },
    text: () => told,
  };
}
