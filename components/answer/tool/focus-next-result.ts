/** Moves the focus on from a call whose result goes out: to the lane's next open result, else to the lane. `from` is in the call. */
export function focusNextResult(from: HTMLElement): void {
  const card = from.closest("fieldset");
  // Whoever is elsewhere by now, as while a tool runs, stays there.
  if (card?.contains(document.activeElement) !== true) return;
  const lane = from.closest<HTMLElement>("section");
  const open = [...(lane?.querySelectorAll<HTMLElement>("[data-result-field]") ?? [])];
  const own = open.findIndex((field) => card.contains(field));
  const others = open.filter((field) => !card.contains(field));
  const next = others[own] ?? others[0] ?? lane;
  next?.focus({ preventScroll: next === lane });
}
