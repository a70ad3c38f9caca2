/** Characters of a result that the model gets without a person's word. */
export const LONGEST_UNASKED = 20_000;
