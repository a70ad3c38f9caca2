/** Longest line of text, in characters, that is searched for emphasis and links. */
export const LONGEST_INLINE = 32_000;

/** Longest block, in characters, that is read as Markdown. */
export const LONGEST_BLOCK = 1_000_000;

/** The same for lists and quotes, whose reading costs far more. */
export const LONGEST_CONTAINER = 130_000;

/** The same for deeply nested ones: each level reads everything inside it again. */
export const LONGEST_DEEP_CONTAINER = 32_000;

/** Most columns of a table. */
export const MOST_COLUMNS = 128;
