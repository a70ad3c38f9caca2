import type { KeyboardEvent } from "react";

/** Whether a key belongs to an input method that is still composing: its Enter picks a word and sends nothing. */
export function isComposing({ nativeEvent }: KeyboardEvent): boolean {
  // Safari reports the Enter that ends a composition only by its key code.
  return nativeEvent.isComposing || nativeEvent.keyCode === 229;
}
