/**
 * What one step may grow to. The reader keeps these bounds and the saved shape is checked with the same
 * numbers: whatever a stream can make can be saved, exported and read again.
 */

/** Levels of one JSON value that a server sends and Vitrine keeps, such as replay data. */
export const DEEPEST_JSON = 128;
/** Levels of a saved or exported file: a JSON value, and the levels of the file around it. */
export const DEEPEST_FILE = DEEPEST_JSON + 32;
/** A count, a rate or a time that a server reports: what is larger, such as 1e300, was never counted or measured. */
export const LARGEST_AMOUNT = 1e9;
/** Parts of one step: a model that loses itself has made 4,120 calls in one generation. */
export const MOST_PARTS = 5_000;
/** Steps of one turn. */
export const MOST_STEPS = 1_000;
/** Calls of one turn that are answered without a person. */
export const MOST_CALLS = 10_000;
