/** A stretch of text that both texts have, or only the first ("removed") or the second ("added"). */
export type DiffPiece = { readonly kind: "same" | "removed" | "added"; readonly text: string };
