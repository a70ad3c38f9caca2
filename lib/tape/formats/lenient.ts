/** Fields of foreign files that may be odd: whatever is wrong with them counts as not told. */
// By another name: the linter takes every `catch` with two arguments for one of a promise. Imported by itself, since to
// take it out of `z` would bring all of zod to the page.
import { catch as insteadOf } from "zod/mini";
import * as z from "zod/mini";

/** The value, or null where it is absent or of another kind. */
export function told<T extends z.ZodMiniType>(schema: T) {
  return insteadOf(z.nullish(schema), null);
}

/** Text, or "" where there is none. */
export function toldText() {
  return insteadOf(z.string(), "");
}

/** A list, or an empty one where it is absent or one of its values is of another kind. */
export function toldList<T extends z.ZodMiniType>(schema: T) {
  return insteadOf(z.array(schema), []);
}
