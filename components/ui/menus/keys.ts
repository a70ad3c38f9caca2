"use client";

import { useSyncExternalStore } from "react";

const WORDS: Readonly<Record<string, string>> = { $mod: "Ctrl", Period: ".", Enter: "Enter" };
const APPLE: Readonly<Record<string, string>> = { $mod: "⌘", Alt: "⌥", Shift: "⇧", Period: "." };

/** A chord as tinykeys writes it ("$mod+k", "Alt+Digit1"), as a person reads it: "Ctrl K", "⌥ 1". Pure. */
export function keysInWords(chord: string, isApple: boolean): string {
  const keys = chord.split("+");
  // A character that is typed with Shift is that character.
  const typed =
    keys.length === 2 && keys[0] === "Shift" && /^[^\w\s]$/u.test(keys[1] ?? "") ? keys.slice(1) : keys;
  const words = isApple ? APPLE : WORDS;
  return typed
    .map(
      (key) =>
        words[key] ??
        key.replace(/^(?:Digit|Key)/u, "").replace(/^[a-z]$/u, (letter) => letter.toUpperCase()),
    )
    .join(" ");
}

/** Whether the keyboard is an Apple one, with ⌘ and ⌥. false in the first HTML. */
export function useIsApple(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => /Mac|iP(?:hone|ad|od)/u.test(navigator.platform),
    () => false,
  );
}
