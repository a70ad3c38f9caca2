import type { KeyboardEvent } from "react";

const MOVES: { readonly [key: string]: (at: number, last: number) => number } = {
  ArrowRight: (at, last) => Math.min(at + 1, last),
  ArrowLeft: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** Moves the focus among the buttons of a toolbar with the arrow keys, Home and End. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const move = Object.hasOwn(MOVES, event.key) ? MOVES[event.key] : undefined;
  if (move === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const next = buttons[move(at, buttons.length - 1)];
  if (at === -1 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
